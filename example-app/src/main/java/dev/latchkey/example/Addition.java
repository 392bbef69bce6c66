package dev.latchkey.example;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Another way to log in, as an application that builds on the example adds it.
 *
 * @param jar the name of its runnable jar
 * @param usage its options, as lines of the usage
 * @param options takes the value of each of its options, by the option's name
 * @param logins makes the logins when the options are read, or throws an {@link
 *     IllegalArgumentException} that names the option that is wrong
 */
public record Addition(
    String jar, String usage, Map<String, Consumer<String>> options, Supplier<Logins> logins) {
  /** Nothing: the example by itself. */
  static final Addition NONE =
      new Addition("latchkey-example-app.jar", "", Map.of(), () -> Logins.FORM_ONLY);
}
