package dev.latchkey.internal.auth;

import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.log.Causes;
import dev.latchkey.internal.log.OncePerMinute;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the application about owners, behind a circuit breaker: while it does not answer, look-ups
 * fail at once, and probes in the background find out when it does again.
 *
 * <p>One owner about whom it cannot answer costs nobody else: a question that failed is followed by
 * one about an owner who was answered before, and only if that fails too does the breaker open.
 *
 * <p>Thread-safe.
 */
final class OwnerLookup {
  private static final Logger log = System.getLogger(OwnerLookup.class.getName());

  private final OwnerSource source;
  private final Executor executor;
  private final LongSupplier nanoTime;
  private final StoreCircuitBreaker breaker;
  private final OncePerMinute warnings;

  // The last two owners who were answered; of two threads that set them, either may win.
  private volatile @Nullable String lastAnswered;
  private volatile @Nullable String answeredBefore;

  private volatile String probed = ""; // the owner whom a probe asks about

  /**
   * Creates a look-up.
   *
   * @param executor runs the probes
   */
  OwnerLookup(OwnerSource source, Executor executor, LongSupplier nanoTime) {
    this.source = source;
    this.executor = executor;
    this.nanoTime = nanoTime;
    this.warnings = new OncePerMinute(nanoTime);
    this.breaker =
        new StoreCircuitBreaker(
            "source of owners' rights", "keys of owners who are not cached get 503", nanoTime);
  }

  /** Returns whether the application is known not to answer. */
  boolean isDown() {
    return breaker.isOpen();
  }

  /**
   * Asks about owners, at least one.
   *
   * @return the rights of owners; one who is left out got no answer
   * @throws RuntimeException if the circuit breaker is open, or there is no answer at all
   */
  Map<String, OwnerRights> find(List<String> names) {
    if (breaker.isOpen()) {
      throw new StoreException("the source of owners' rights is down", null);
    }
    return ask(names);
  }

  private Map<String, OwnerRights> ask(List<String> names) {
    long asked = nanoTime.getAsLong();
    try {
      return askOnce(names);
    } catch (RuntimeException | Error e) {
      if (!answersAboutAnother(names)) {
        probed = names.get(0);
        breaker.onFailure(asked, e);
        throw e;
      }
      if (names.size() == 1) {
        warnOfMissingAnswer(e);
        throw e;
      }
    }
    return askOneByOne(names);
  }

  private Map<String, OwnerRights> askOnce(List<String> names) {
    Map<String, OwnerRights> found = source.find(names);
    breaker.onSuccess();
    String first = names.get(0);
    if (found.size() < names.size()) {
      warnOfMissingAnswer(
          new StoreException("the application returned null in place of roles", null));
    } else if (!first.equals(lastAnswered)) {
      answeredBefore = lastAnswered;
      lastAnswered = first;
    }
    return found;
  }

  private boolean answersAboutAnother(List<String> names) {
    String another = lastAnswered;
    if (another != null && names.contains(another)) {
      another = answeredBefore;
    }
    if (another == null || names.contains(another)) {
      return false;
    }
    try {
      askOnce(List.of(another));
      return true;
    } catch (RuntimeException | Error e) {
      log.log(Level.DEBUG, "Latchkey: no answer about another owner either", e);
      return false;
    }
  }

  private Map<String, OwnerRights> askOneByOne(List<String> names) {
    Map<String, OwnerRights> found = new HashMap<>();
    for (String name : names) {
      if (breaker.isOpen()) {
        break;
      }
      try {
        found.putAll(ask(List.of(name)));
      } catch (RuntimeException | Error e) {
        log.log(Level.DEBUG, "Latchkey: no answer about one owner of several", e);
      }
    }
    return found;
  }

  private void warnOfMissingAnswer(Throwable reason) {
    if (warnings.isDue()) {
      log.log(
          Level.WARNING,
          Causes.explain(
              "Latchkey: no answer about an owner, whose keys get 503 if that lasts", reason));
      log.log(Level.DEBUG, "Latchkey: no answer about an owner", reason);
    }
  }

  /** Records that a question was not answered in time, as of code that hangs. */
  void onTimeout(String name, long begunAtNanos) {
    probed = name;
    breaker.onFailure(begunAtNanos, new StoreException("no answer within lookupTimeout", null));
  }

  /** Records that the store has answered the change feed: a time to probe, if that is needed. */
  void onStoreAnswer() {
    if (breaker.isOpen()) {
      startProbe(probed);
    }
  }

  /** Probes in the background, unless the last probe was a moment ago. */
  void startProbe(String name) {
    if (!breaker.tryHalfOpen()) {
      return;
    }
    try {
      executor.execute(
          () -> {
            try {
              ask(List.of(name));
            } catch (RuntimeException | Error e) {
              log.log(Level.DEBUG, "Latchkey: source of owners' rights still unavailable", e);
            } finally {
              breaker.endHalfOpen();
            }
          });
    } catch (RuntimeException | Error e) { // shut down, or out of threads
      breaker.endHalfOpen();
      log.log(Level.DEBUG, "Latchkey: source of owners' rights cannot be probed", e);
    }
  }
}
