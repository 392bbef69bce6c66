package dev.latchkey.auth;

import static dev.latchkey.store.Keys.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.auth.AuthResult.Expired;
import dev.latchkey.auth.AuthResult.Granted;
import dev.latchkey.auth.AuthResult.Unavailable;
import dev.latchkey.auth.AuthResult.Unknown;
import dev.latchkey.key.KeyHash;
import dev.latchkey.store.KeyEdit;
import dev.latchkey.store.Keys;
import dev.latchkey.store.StoredKey;
import dev.latchkey.test.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CachingAuthenticatorTest {
  private static final Duration TTL = Duration.ofMinutes(5);
  private static final Duration MAX_STALE = Duration.ofMinutes(20);
  private static final Duration UNKNOWN_TTL = Duration.ofSeconds(30);

  private final PausingStore store = new PausingStore();
  private final MutableClock clock = new MutableClock(NOW);
  private final AtomicLong nanos =
      new AtomicLong(Long.MAX_VALUE - 1_000_000_000L); // it may overflow
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Semaphore lookupsEnded = new Semaphore(0);
  private final CachingAuthenticator authenticator =
      new CachingAuthenticator(
          store,
          settings(100, MAX_STALE),
          clock,
          nanos::get,
          lookup ->
              threads.execute(
                  () -> {
                    lookup.run();
                    lookupsEnded.release();
                  }));

  private static CacheSettings settings(long unknownCacheMaximumSize, Duration maxStale) {
    return new CacheSettings(
        100, TTL, maxStale, unknownCacheMaximumSize, UNKNOWN_TTL, Duration.ofSeconds(20));
  }

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
    clock.advance(time);
  }

  private void awaitLookup() throws InterruptedException {
    assertThat(lookupsEnded.tryAcquire(20, TimeUnit.SECONDS)).as("no look-up ends").isTrue();
  }

  private StoredKey added() {
    return added(Duration.ofDays(1));
  }

  private StoredKey added(Duration validity) {
    StoredKey key = Keys.of("alice", clock.instant(), clock.instant().plus(validity));
    store.add(key, 1_000);
    return key;
  }

  private Future<AuthResult> authenticating(KeyHash hash) {
    return threads.submit(() -> authenticator.authenticate(hash));
  }

  @Test
  void grantsALiveKeyInItsOwnersName() {
    StoredKey key = added();
    assertThat(authenticator.authenticate(key.hash()))
        .isEqualTo(new Granted(new ApiKeyPrincipal("alice", key.tag(), key.expiresAt())));
  }

  @Test
  void asksTheStoreOnceAsLongAsTheAnswerIsFresh() {
    StoredKey key = added();
    KeyHash unknown = Keys.of("x").hash();
    for (int i = 0; i < 100; i++) {
      assertThat(authenticator.authenticate(key.hash())).isInstanceOf(Granted.class);
      assertThat(authenticator.authenticate(unknown)).isInstanceOf(Unknown.class);
    }
    assertThat(store.lookups()).isEqualTo(2);
  }

  @Test
  void expiryIsJudgedOnHitsToTheMillisecond() {
    StoredKey key = added(Duration.ofSeconds(10));
    authenticator.authenticate(key.hash());
    clock.advance(Duration.ofSeconds(10).minusMillis(1));
    assertThat(authenticator.authenticate(key.hash())).isInstanceOf(Granted.class);
    clock.advance(Duration.ofMillis(1));
    assertThat(authenticator.authenticate(key.hash())).isEqualTo(new Expired(key.expiresAt()));
    assertThat(store.lookups()).isEqualTo(1);
  }

  @Test
  void theEndOfAGraceIsJudgedOnHits() {
    StoredKey key = added();
    store.replace(key.tag(), Keys.of("alice"), clock.instant().plusSeconds(10));
    assertThat(authenticator.authenticate(key.hash()))
        .isEqualTo(
            new Granted(new ApiKeyPrincipal("alice", key.tag(), clock.instant().plusSeconds(10))));
    clock.advance(Duration.ofSeconds(10));
    assertThat(authenticator.authenticate(key.hash())).isInstanceOf(Unknown.class);
    assertThat(store.lookups()).isEqualTo(1);
  }

  @Test
  void anEvictedKeyIsRefusedFromThenOn() {
    StoredKey key = added();
    authenticator.authenticate(key.hash());
    store.delete("alice", key.tag());
    authenticator.evict(key.hash());
    assertThat(authenticator.authenticate(key.hash())).isInstanceOf(Unknown.class);
  }

  @Test
  void aKeyDeletedWhileItsLookupIsUnderWayIsNotKept() throws Exception {
    StoredKey key = added();
    PausingStore.Pause before = store.pause();
    PausingStore.Pause after = store.pause();
    Future<AuthResult> waiting = authenticating(key.hash());
    before.awaitRead(); // the row was there
    store.delete("alice", key.tag());
    authenticator.evict(key.hash());
    after.awaitRead(); // who waits has asked anew, since the first answer will not do
    before.end();
    awaitLookup(); // the overtaken look-up has done whatever it does
    after.end();
    assertThat(waiting.get()).isInstanceOf(Unknown.class);
    assertThat(authenticator.authenticate(key.hash())).isInstanceOf(Unknown.class);
  }

  @Test
  void aKeyDeletedWhileItIsConfirmedAgainIsNotKept() throws Exception {
    StoredKey key = added();
    authenticator.authenticate(key.hash());
    awaitLookup();
    pass(TTL.plusNanos(1));
    PausingStore.Pause confirmation = store.pause();
    assertThat(authenticator.authenticate(key.hash())).isInstanceOf(Granted.class);
    confirmation.awaitRead();
    store.delete("alice", key.tag());
    authenticator.evict(key.hash());
    confirmation.end();
    awaitLookup();
    assertThat(authenticator.authenticate(key.hash())).isInstanceOf(Unknown.class);
  }

  @Test
  void aKeyAddedWhileItsLookupIsUnderWayIsNotRememberedAsUnknown() throws Exception {
    StoredKey key = Keys.of("alice");
    PausingStore.Pause before = store.pause();
    PausingStore.Pause after = store.pause();
    Future<AuthResult> waiting = authenticating(key.hash());
    before.awaitRead(); // nothing was there
    store.add(key, 1);
    authenticator.evict(key.hash());
    after.awaitRead();
    before.end();
    awaitLookup();
    after.end();
    assertThat(waiting.get()).isInstanceOf(Granted.class);
    assertThat(authenticator.authenticate(key.hash())).isInstanceOf(Granted.class);
  }

  @Test
  void howeverManyWaitThereIsOneLookupAHash() throws Exception {
    StoredKey key = added();
    PausingStore.Pause pause = store.pause();
    List<Future<AuthResult>> waiting = new ArrayList<>();
    CountDownLatch started = new CountDownLatch(50);
    for (int i = 0; i < 50; i++) {
      waiting.add(
          threads.submit(
              () -> {
                started.countDown();
                return authenticator.authenticate(key.hash());
              }));
    }
    pause.awaitRead();
    started.await();
    pause.end();
    for (Future<AuthResult> result : waiting) {
      assertThat(result.get()).isInstanceOf(Granted.class);
    }
    assertThat(store.lookups()).isEqualTo(1);
  }

  @Test
  void afterItsTtlAKeyIsConfirmedInTheBackground() throws Exception {
    StoredKey key = added();
    authenticator.authenticate(key.hash());
    store.edit("alice", key.tag(), new KeyEdit(null, NOW.plusSeconds(301)), NOW);
    pass(TTL.plusSeconds(1));
    awaitLookup();
    PausingStore.Pause confirmation = store.pause();
    assertThat(authenticator.authenticate(key.hash())).isInstanceOf(Granted.class); // no waiting
    confirmation.awaitRead();
    confirmation.end();
    awaitLookup();
    assertThat(authenticator.authenticate(key.hash())).isInstanceOf(Expired.class);
    assertThat(store.lookups()).isEqualTo(2);
  }

  @Test
  void inAnOutageAKeyIsHonouredUntilMaxStaleAfterItsLastConfirmation() throws Exception {
    StoredKey key = added();
    authenticator.authenticate(key.hash());
    store.setDown(true);
    pass(MAX_STALE);
    assertThat(authenticator.authenticate(key.hash())).isInstanceOf(Granted.class);
    pass(Duration.ofNanos(1));
    assertThat(authenticator.authenticate(key.hash())).isInstanceOf(Unavailable.class);
    store.setDown(false);
    theFeedIsAnswered();
    assertThat(authenticator.authenticate(key.hash())).isInstanceOf(Granted.class);
  }

  @Test
  void withoutMaxStaleAnOutageFailsClosed() {
    CachingAuthenticator closed =
        new CachingAuthenticator(store, settings(100, Duration.ZERO), clock, nanos::get, threads);
    StoredKey key = added();
    closed.authenticate(key.hash());
    store.setDown(true);
    pass(TTL);
    assertThat(closed.authenticate(key.hash())).isInstanceOf(Granted.class);
    pass(Duration.ofNanos(1));
    assertThat(closed.authenticate(key.hash())).isInstanceOf(Unavailable.class);
  }

  @Test
  void anExpiredKeyStaysExpiredInAnOutage() {
    StoredKey key = added(TTL.plusSeconds(1));
    authenticator.authenticate(key.hash());
    store.setDown(true);
    pass(TTL.plusSeconds(1));
    assertThat(authenticator.authenticate(key.hash())).isInstanceOf(Expired.class);
  }

  @Test
  void anOutageIsNotRemembered() throws Exception {
    StoredKey key = added();
    store.setDown(true);
    assertThat(authenticator.authenticate(key.hash())).isInstanceOf(Unavailable.class);
    store.setDown(false);
    theFeedIsAnswered();
    assertThat(authenticator.authenticate(key.hash())).isInstanceOf(Granted.class);
  }

  @Test
  void whoeverWaitsTooLongIsToldSo() {
    CachingAuthenticator hurried =
        new CachingAuthenticator(
            store,
            new CacheSettings(100, TTL, MAX_STALE, 100, UNKNOWN_TTL, Duration.ofMillis(1)),
            clock,
            nanos::get,
            threads);
    StoredKey key = added();
    PausingStore.Pause pause = store.pause();
    assertThat(hurried.authenticate(key.hash())).isInstanceOf(Unavailable.class);
    pause.end();
  }

  @Test
  void whenLookupsHaveEndedItSaysSo() {
    CachingAuthenticator ended =
        new CachingAuthenticator(
            store,
            settings(100, MAX_STALE),
            clock,
            nanos::get,
            work -> {
              throw new RejectedExecutionException();
            });
    assertThat(ended.authenticate(added().hash())).isInstanceOf(Unavailable.class);
  }

  @Test
  void aDisabledOwnersKeyIsAsIfThereWereNone() {
    StoredKey key = added(Duration.ofSeconds(10));
    store.setOwnerDisabled("alice", true);
    assertThat(authenticator.authenticate(key.hash())).isInstanceOf(Unknown.class);
    clock.advance(Duration.ofSeconds(10)); // not even an expired one
    assertThat(authenticator.authenticate(key.hash())).isInstanceOf(Unknown.class);
    assertThat(store.lookups()).isEqualTo(1);
  }

  @Test
  void whenTheStoreIsKnownToBeDownNobodyAsksButOneProbeAtATime() throws Exception {
    StoredKey key = added();
    store.setDown(true);
    assertThat(authenticator.authenticate(key.hash())).isInstanceOf(Unavailable.class);
    awaitLookup();
    for (int i = 0; i < 100; i++) {
      assertThat(authenticator.authenticate(key.hash())).isInstanceOf(Unavailable.class);
    }
    assertThat(store.lookups()).isEqualTo(1);

    pass(Duration.ofMillis(250));
    PausingStore.Pause probe = store.pause();
    store.setDown(false);
    assertThat(authenticator.authenticate(key.hash()))
        .as("waits for no probe")
        .isInstanceOf(Unavailable.class);
    probe.awaitRead();
    for (int i = 0; i < 100; i++) {
      assertThat(authenticator.authenticate(key.hash())).isInstanceOf(Unavailable.class);
    }
    assertThat(store.lookups()).isEqualTo(2);
    probe.end();
    while (authenticator.authenticate(key.hash()) instanceof Unavailable) {
      Thread.onSpinWait(); // until the probe has told
    }
    assertThat(authenticator.authenticate(key.hash())).isInstanceOf(Granted.class);
    assertThat(store.lookups()).isEqualTo(3);
  }

  /** And calls for a probe. */
  private void theFeedIsAnswered() throws InterruptedException {
    lookupsEnded.drainPermits();
    pass(Duration.ofMillis(250));
    authenticator.confirmAll(nanos.get());
    awaitLookup();
  }

  @Test
  void whatIsDueIsNotAskedForWhileTheStoreIsKnownToBeDown() throws Exception {
    StoredKey key = added();
    authenticator.authenticate(key.hash());
    pass(TTL.plusSeconds(1));
    store.setDown(true);
    assertThat(authenticator.authenticate(Keys.of("x").hash())).isInstanceOf(Unavailable.class);
    awaitLookup();
    awaitLookup();
    for (int i = 0; i < 100; i++) {
      assertThat(authenticator.authenticate(key.hash())).isInstanceOf(Granted.class);
    }
    assertThat(lookupsEnded.availablePermits()).isZero();
    assertThat(store.lookups()).isEqualTo(2);
  }

  @Test
  void aFeedThatIsAnsweredWithoutLookupsLeavesTheCircuitOpen() throws Exception {
    StoredKey key = added();
    store.setDown(true);
    assertThat(authenticator.authenticate(key.hash())).isInstanceOf(Unavailable.class);
    awaitLookup();
    for (int probes = 1; probes <= 3; probes++) {
      theFeedIsAnswered();
      assertThat(store.lookups()).isEqualTo(1 + probes);
    }
    store.setDown(false);
    assertThat(authenticator.authenticate(key.hash())).isInstanceOf(Unavailable.class);
  }

  @Test
  void aFeedThatIsAnsweredClosesTheCircuit() throws Exception {
    StoredKey key = added();
    store.setDown(true);
    assertThat(authenticator.authenticate(key.hash())).isInstanceOf(Unavailable.class);
    store.setDown(false);
    assertThat(authenticator.authenticate(key.hash())).isInstanceOf(Unavailable.class);
    theFeedIsAnswered();
    assertThat(authenticator.authenticate(key.hash())).isInstanceOf(Granted.class);
  }

  @Test
  void anUnknownHashIsAskedForAgainAfterAWhile() {
    StoredKey key = Keys.of("alice");
    assertThat(authenticator.authenticate(key.hash())).isInstanceOf(Unknown.class);
    store.add(key, 1);
    pass(UNKNOWN_TTL.minusSeconds(1));
    assertThat(authenticator.authenticate(key.hash())).isInstanceOf(Unknown.class);
    pass(Duration.ofSeconds(1));
    assertThat(authenticator.authenticate(key.hash())).isInstanceOf(Granted.class);
  }

  @Test
  void unknownHashesDoNotPushOutLiveKeys() {
    List<StoredKey> keys = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      keys.add(added());
    }
    keys.forEach(key -> authenticator.authenticate(key.hash()));
    for (int i = 0; i < 10_000; i++) {
      authenticator.authenticate(Keys.of("x").hash());
      pass(Duration.ofMillis(20)); // or the flood would be slowed down
    }
    int before = store.lookups();
    keys.forEach(
        key -> assertThat(authenticator.authenticate(key.hash())).isInstanceOf(Granted.class));
    assertThat(store.lookups()).isEqualTo(before);
  }
}
