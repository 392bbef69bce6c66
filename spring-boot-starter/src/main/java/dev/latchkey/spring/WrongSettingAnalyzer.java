package dev.latchkey.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells a wrong setting in one line, in place of a stack trace. */
final class WrongSettingAnalyzer extends AbstractFailureAnalyzer<WrongSettingException> {
  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, WrongSettingException cause) {
    return new FailureAnalysis(
        "Latchkey cannot start: " + cause.getMessage(),
        cause.origin().isEmpty() ? null : "Correct it in " + cause.origin() + ".",
        cause);
  }
}
