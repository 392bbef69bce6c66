package dev.latchkey.test;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Skips, where time is short, what another test shows nearly as well: see {@link LongForm}. */
@EnabledIfEnvironmentVariable(
    named = "CI",
    matches = "true",
    disabledReason = "only with CI=true, as another test shows nearly the same")
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface InLongForm {}
