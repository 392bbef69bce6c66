package dev.latchkey.faults;

import dev.latchkey.test.LongForm;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.AnnotationConsumer;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** Repeats a test on each {@link Server}: in the short form on the given one alone. */
@ParameterizedTest
@ArgumentsSource(EachServer.Servers.class)
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface EachServer {
  /** Returns the one that stands for all where time is short. */
  Server inShort();

  /** Which they are. */
  final class Servers implements ArgumentsProvider, AnnotationConsumer<EachServer> {
    private Server inShort;

    @Override
    public void accept(EachServer annotation) {
      inShort = annotation.inShort();
    }

    @Override
    public Stream<Arguments> provideArguments(
        ParameterDeclarations parameters, ExtensionContext context) {
      return Arrays.stream(Server.values())
          .filter(server -> LongForm.isChosen() || server == inShort)
          .map(Arguments::of);
    }
  }
}
