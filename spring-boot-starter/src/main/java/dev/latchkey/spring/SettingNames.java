package dev.latchkey.spring;

import dev.latchkey.ApiKeysConfig;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names settings in messages as Spring has them. */
final class SettingNames {
  private static final Pattern SETTING =
      Pattern.compile(
          ApiKeysConfig.Builder.names().stream()
              // A name of one word is also a word: it is a name where the message begins.
              .map(name -> name.matches("[a-z]+") ? "^" + name : "\\b" + name)
              .collect(Collectors.joining("|", "(?:", ")\\b")));

  private SettingNames() {}

  static String inSpring(String message) {
    return SETTING
        .matcher(message)
        .replaceAll(match -> SpringSettings.PREFIX + "." + SpringSettings.property(match.group()));
  }
}
