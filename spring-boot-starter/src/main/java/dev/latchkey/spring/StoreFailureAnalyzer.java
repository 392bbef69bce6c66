package dev.latchkey.spring;

import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.log.Causes;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells in one line that the database cannot be used. */
final class StoreFailureAnalyzer extends AbstractFailureAnalyzer<StoreException> {
  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, StoreException cause) {
    return new FailureAnalysis(
        Causes.explain("Latchkey cannot start", cause),
        "Make the database reachable, or set latchkey.start-without-store=true to answer 503 until"
            + " it is.",
        cause);
  }
}
