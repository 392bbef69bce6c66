package dev.latchkey.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.internal.settings.Setting.Scope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SettingsTest {
  @ParameterizedTest
  @EnumSource
  void readmeShowsEachGroupAsItIs(Setting.Group group) throws Exception {
    String rows =
        Settings.all().stream()
            .filter(setting -> setting.group() == group)
            .map(setting -> setting.markdown() + "\n")
            .collect(Collectors.joining());
    assertThat(Files.readString(Path.of("..", "README.md")))
        .contains("| setting | default | must be | meaning |\n| --- | --- | --- | --- |\n" + rows);
  }

  @Test
  void defaultsAreInRange() {
    for (Setting<?> setting : Settings.all()) {
      check(setting);
    }
  }

  private static <T> void check(Setting<T> setting) {
    if (setting.byDefault() != null) {
      setting.type().check(setting.name(), setting.byDefault());
    }
  }

  @Test
  void filterMaySetSomeAndTheApplicationAll() {
    assertThat(Settings.names(Scope.APPLICATION)).hasSize(38).containsAll(filters());
    assertThat(filters())
        .containsExactlyInAnyOrder(
            "acceptBareKey",
            "acceptBasic",
            "credentials",
            "excludedPaths",
            "keyHeader",
            "realm",
            "roles");
  }

  private static Iterable<String> filters() {
    return Settings.names(Scope.FILTER);
  }
}
