package dev.latchkey.test.caller;

import com.microsoft.playwright.options.ColorScheme;
import dev.latchkey.test.LongForm;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * Repeats a test for a {@link ColorScheme} and a window's width: in the short form for each of both
 * once, with the two pictures that the documentation shows, and else for each with each.
 */
@ParameterizedTest
@ArgumentsSource(EachLook.Combinations.class)
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface EachLook {
  /** What is combined. */
  final class Combinations implements ArgumentsProvider {
    @Override
    public Stream<Arguments> provideArguments(
        ParameterDeclarations parameters, ExtensionContext context) {
      return Stream.of(
              Arguments.of(ColorScheme.LIGHT, 1280),
              Arguments.of(ColorScheme.DARK, 360),
              Arguments.of(ColorScheme.DARK, 1280),
              Arguments.of(ColorScheme.LIGHT, 360))
          .limit(LongForm.choose(4, 2));
    }
  }
}
