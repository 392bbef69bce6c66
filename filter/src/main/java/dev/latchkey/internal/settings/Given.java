package dev.latchkey.internal.settings;

/**
 * A setting's text, and where it was given. Shows the text to nobody: some are secret.
 *
 * @param text what was given
 * @param origin what gave it, as its author would name it: {@code LATCHKEY_CACHE_TTL}
 */
public record Given(String text, String origin) {
  /** Names a setting of this origin, by the origin and by its own name. */
  public static String name(String setting, String origin) {
    return origin.contains(setting) ? origin : origin + " (" + setting + ")";
  }

  @Override
  public String toString() {
    return origin;
  }
}
