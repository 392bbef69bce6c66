package dev.latchkey.benchmark;

import java.nio.file.Path;
import java.security.CodeSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Versions of libraries as they run, which is not always as they are asked for. */
public final class Versions {
  private static final Pattern IN_NAME = Pattern.compile("-(\\d[^/]*?)(?:-jakarta)?\\.jar$");

  private Versions() {}

  /** The version of what the class comes from. */
  public static String of(Class<?> type) {
    String stated = type.getPackage().getImplementationVersion();
    return stated == null ? inName(type) : stated;
  }

  /** Repositories name jars by their version. */
  private static String inName(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null) {
      return "unknown";
    }
    Matcher version = IN_NAME.matcher(Path.of(source.getLocation().getPath()).toString());
    return version.find() ? version.group(1) : "unknown";
  }
}
