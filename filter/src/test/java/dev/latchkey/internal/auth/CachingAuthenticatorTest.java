package dev.latchkey.internal.auth;

import static dev.latchkey.internal.store.Keys.BY;
import static dev.latchkey.internal.store.Keys.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.auth.ApiKeyPrincipal;
import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.auth.AuthOutcome.Expired;
import dev.latchkey.internal.auth.AuthOutcome.Granted;
import dev.latchkey.internal.auth.AuthOutcome.Unavailable;
import dev.latchkey.internal.auth.AuthOutcome.Unknown;
import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.store.KeyEdit;
import dev.latchkey.internal.store.Keys;
import dev.latchkey.internal.store.StoredKey;
import dev.latchkey.test.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CachingAuthenticatorTest {
  private static final Duration TTL = Duration.ofMinutes(5);
  private static final Duration MAX_STALE = Duration.ofMinutes(20);
  private static final Duration FEED_INTERVAL = Duration.ofSeconds(1);
  private static final Duration LOOKUP_TIMEOUT = Duration.ofSeconds(20);
  private static final Supplier<String> FROM = () -> "192.0.2.1";
  private static final Duration UNKNOWN_TTL = Duration.ofSeconds(30);

  private final PausingStore store = new PausingStore();
  private final MutableClock clock = new MutableClock(NOW);
  private final AtomicLong nanos =
      new AtomicLong(Long.MAX_VALUE - 1_000_000_000L); // it may overflow
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger lookupsBegun = new AtomicInteger();
  private final Semaphore lookupsEnded = new Semaphore(0);
  private int lookupsAwaited;
  private final LastUsed lastUsed = new LastUsed(store, 100_000, System::nanoTime);
  private final CachingAuthenticator authenticator =
      new CachingAuthenticator(
          store,
          settings(100, MAX_STALE),
          FEED_INTERVAL,
          clock,
          nanos::get,
          lookup -> {
            lookupsBegun.incrementAndGet();
            threads.execute(
                () -> {
                  lookup.run();
                  lookupsEnded.release();
                });
          },
          lastUsed,
          OwnerCache.asksNobody(store));

  private static CacheSettings settings(long unknownCacheMaximumSize, Duration maxStale) {
    return new CacheSettings(
        100, TTL, maxStale, unknownCacheMaximumSize, UNKNOWN_TTL, LOOKUP_TIMEOUT);
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
    awaitLookups(1);
  }

  private void awaitLookups(int count) throws InterruptedException {
    assertThat(lookupsEnded.tryAcquire(count, 20, TimeUnit.SECONDS))
        .as("look-ups that end")
        .isTrue();
    lookupsAwaited += count;
  }

  private StoredKey added() {
    return added(Duration.ofDays(1));
  }

  private StoredKey added(Duration validity) {
    StoredKey key = Keys.of("alice", clock.instant(), clock.instant().plus(validity));
    store.add(key, 1_000, false, BY);
    return key;
  }

  private Granted granted(KeyHash hash) {
    return (Granted) authenticator.authenticate(hash, FROM);
  }

  private Future<AuthOutcome> authenticating(KeyHash hash) {
    return threads.submit(() -> authenticator.authenticate(hash, FROM));
  }

  @Test
  void liveKeyIsGrantedToItsOwner() {
    StoredKey key = added();
    assertThat(granted(key.hash()))
        .returns(new ApiKeyPrincipal("alice", key.tag()), Granted::principal)
        .returns(key.expiresAt().toEpochMilli(), Granted::effectiveExpiryMillis);
  }

  @Test
  void freshKeyIsLookedUpOnce() {
    StoredKey key = added();
    KeyHash unknown = Keys.of("x").hash();
    for (int i = 0; i < 100; i++) {
      assertThat(authenticator.authenticate(key.hash(), FROM)).isInstanceOf(Granted.class);
      assertThat(authenticator.authenticate(unknown, FROM)).isInstanceOf(Unknown.class);
    }
    assertThat(store.lookups()).isEqualTo(2);
  }

  @Test
  void expiryIsCheckedOnHitsToTheMillisecond() {
    StoredKey key = added(Duration.ofMillis(10_500));
    authenticator.authenticate(key.hash(), FROM);
    clock.advance(Duration.ofMillis(10_499));
    assertThat(authenticator.authenticate(key.hash(), FROM)).isInstanceOf(Granted.class);
    clock.advance(Duration.ofMillis(1));
    assertThat(authenticator.authenticate(key.hash(), FROM))
        .isEqualTo(new Expired(key.expiresAt()));
    assertThat(store.lookups()).isEqualTo(1);
  }

  @Test
  void graceEndIsCheckedOnHits() {
    StoredKey key = added();
    store.reissue(key.tag(), Keys.of("alice"), clock.instant().plusMillis(10_500), BY);
    assertThat(granted(key.hash()).effectiveExpiryMillis())
        .isEqualTo(clock.instant().plusMillis(10_500).toEpochMilli());
    clock.advance(Duration.ofMillis(10_499));
    assertThat(authenticator.authenticate(key.hash(), FROM)).isInstanceOf(Granted.class);
    clock.advance(Duration.ofMillis(1));
    assertThat(authenticator.authenticate(key.hash(), FROM)).isInstanceOf(Unknown.class);
    assertThat(store.lookups()).isEqualTo(1);
  }

  /** A clock that is set back closes the fast path at once. */
  @Test
  void expiryIsCheckedOnHitsWhenTheClockJumps() {
    StoredKey key = added(Duration.ofSeconds(10));
    authenticator.authenticate(key.hash(), FROM);
    authenticator.authenticate(key.hash(), FROM);
    for (int seconds : new int[] {10, -10, 9, 1, -1, -5, 6}) {
      clock.advance(Duration.ofSeconds(seconds));
      assertThat(authenticator.authenticate(key.hash(), FROM))
          .isInstanceOf(clock.instant().isBefore(key.expiresAt()) ? Granted.class : Expired.class);
    }
  }

  @Test
  void ageIsCheckedOnHitsWhenTheClockIsSetBack() {
    StoredKey key = added();
    authenticator.authenticate(key.hash(), FROM);
    authenticator.authenticate(key.hash(), FROM);
    store.setDown(true);
    pass(MAX_STALE.plusNanos(1));
    clock.advance(MAX_STALE.negated().minusMillis(1));
    assertThat(authenticator.authenticate(key.hash(), FROM)).isInstanceOf(Unavailable.class);
  }

  /** An earlier request in the same second must not keep the key alive. */
  @Test
  void ageIsCheckedOnHitsToTheMillisecond() {
    StoredKey key = added();
    authenticator.authenticate(key.hash(), FROM);
    pass(TTL.minusMillis(10));
    assertThat(authenticator.authenticate(key.hash(), FROM)).isInstanceOf(Granted.class);
    Duration maxStale = Duration.ofMinutes(1);
    CachingAuthenticator closed = withMaxStale(maxStale);
    closed.authenticate(key.hash(), FROM);
    store.setDown(true);
    pass(maxStale.minusMillis(10));
    assertThat(closed.authenticate(key.hash(), FROM)).isInstanceOf(Granted.class);
    pass(Duration.ofMillis(11));
    assertThat(closed.authenticate(key.hash(), FROM)).isInstanceOf(Unavailable.class);
  }

  @Test
  void useIsRecordedOnceASecond() {
    StoredKey key = added();
    AtomicInteger asked = new AtomicInteger();
    Supplier<String> counted = () -> "192.0.2." + asked.incrementAndGet();
    authenticator.authenticate(key.hash(), counted); // from the store
    authenticator.authenticate(key.hash(), counted);
    for (int i = 0; i < 10; i++) {
      authenticator.authenticate(key.hash(), counted);
      clock.advance(Duration.ofMillis(99));
    }
    assertThat(asked).hasValue(2);
    clock.advance(Duration.ofMillis(10)); // the next second
    authenticator.authenticate(key.hash(), counted);
    assertThat(asked).hasValue(3);
    lastUsed.flush();
    assertThat(store.find("alice", key.tag()).orElseThrow())
        .returns(NOW.plusSeconds(1), StoredKey::lastUsedAt)
        .returns("192.0.2.3", StoredKey::lastUsedFrom);
  }

  @Test
  void rejectedKeyRecordsNoUse() {
    StoredKey key = added(Duration.ofSeconds(10));
    clock.advance(Duration.ofSeconds(10));
    for (int i = 0; i < 3; i++) {
      assertThat(authenticator.authenticate(key.hash(), FROM)).isInstanceOf(Expired.class);
    }
    lastUsed.flush();
    assertThat(store.find("alice", key.tag()).orElseThrow().lastUsedAt()).isNull();
  }

  /** The eviction policy sees only some uses, and keeps the used keys all the same. */
  @Test
  void usedKeysStayInTheCache() {
    StoredKey used = added();
    authenticator.authenticate(used.hash(), FROM);
    for (int i = 0; i < 2_000; i++) {
      pass(Duration.ofMillis(100));
      authenticator.authenticate(used.hash(), FROM);
      authenticator.authenticate(added().hash(), FROM); // the cache holds a hundred
    }
    assertThat(store.lookups()).as("one for each key").isEqualTo(2_001);
  }

  @Test
  void confirmedKeyIsFreshAgain() throws Exception {
    StoredKey key = added();
    authenticator.authenticate(key.hash(), FROM);
    awaitLookup();
    for (int time = 2; time < 5; time++) {
      pass(TTL.plusNanos(1));
      authenticator.authenticate(key.hash(), FROM);
      awaitLookup();
      authenticator.authenticate(key.hash(), FROM);
      pass(TTL.minusSeconds(1));
      authenticator.authenticate(key.hash(), FROM);
      assertThat(store.lookups()).isEqualTo(time);
    }
  }

  @Test
  void confirmationBringsChanges() throws Exception {
    StoredKey key = added();
    authenticator.authenticate(key.hash(), FROM);
    awaitLookup();
    Instant later = key.expiresAt().plusSeconds(60);
    store.edit("alice", key.tag(), new KeyEdit(null, later), clock.instant(), BY);
    pass(TTL.plusNanos(1));
    authenticator.authenticate(key.hash(), FROM);
    awaitLookup();
    assertThat(granted(key.hash()).effectiveExpiryMillis()).isEqualTo(later.toEpochMilli());
    store.delete("alice", key.tag(), BY);
    authenticator.invalidate(key.hash());
    assertThat(authenticator.authenticate(key.hash(), FROM)).isInstanceOf(Unknown.class);
  }

  @Test
  void invalidatedKeyIsRejectedFromThenOn() {
    StoredKey key = added();
    authenticator.authenticate(key.hash(), FROM);
    store.delete("alice", key.tag(), BY);
    authenticator.invalidate(key.hash());
    assertThat(authenticator.authenticate(key.hash(), FROM)).isInstanceOf(Unknown.class);
  }

  @Test
  void keyRevokedDuringItsLookupIsNotCached() throws Exception {
    StoredKey key = added();
    PausingStore.Pause before = store.pause();
    PausingStore.Pause after = store.pause();
    Future<AuthOutcome> waiting = authenticating(key.hash());
    before.awaitRead(); // the row was there
    store.delete("alice", key.tag(), BY).hashes();
    authenticator.invalidate(key.hash());
    after.awaitRead(); // the waiter has started a new look-up, since the first was invalidated
    before.end();
    awaitLookup(); // the invalidated look-up has ended
    after.end();
    assertThat(waiting.get()).isInstanceOf(Unknown.class);
    assertThat(authenticator.authenticate(key.hash(), FROM)).isInstanceOf(Unknown.class);
  }

  @Test
  void keyRevokedDuringItsRefreshIsNotCached() throws Exception {
    StoredKey key = added();
    authenticator.authenticate(key.hash(), FROM);
    awaitLookup();
    pass(TTL.plusNanos(1));
    PausingStore.Pause confirmation = store.pause();
    assertThat(authenticator.authenticate(key.hash(), FROM)).isInstanceOf(Granted.class);
    confirmation.awaitRead();
    store.delete("alice", key.tag(), BY);
    authenticator.invalidate(key.hash());
    confirmation.end();
    awaitLookup();
    assertThat(authenticator.authenticate(key.hash(), FROM)).isInstanceOf(Unknown.class);
  }

  @Test
  void keyAddedDuringItsLookupIsNotCachedAsUnknown() throws Exception {
    StoredKey key = Keys.of("alice");
    PausingStore.Pause before = store.pause();
    PausingStore.Pause after = store.pause();
    Future<AuthOutcome> waiting = authenticating(key.hash());
    before.awaitRead(); // the row was not there
    store.add(key, 1, false, BY);
    authenticator.invalidate(key.hash());
    after.awaitRead();
    before.end();
    awaitLookup();
    after.end();
    assertThat(waiting.get()).isInstanceOf(Granted.class);
    assertThat(authenticator.authenticate(key.hash(), FROM)).isInstanceOf(Granted.class);
  }

  @Test
  void waitersOfOneHashShareOneLookup() throws Exception {
    StoredKey key = added();
    PausingStore.Pause pause = store.pause();
    List<Future<AuthOutcome>> waiting = new ArrayList<>();
    CountDownLatch started = new CountDownLatch(50);
    for (int i = 0; i < 50; i++) {
      waiting.add(
          threads.submit(
              () -> {
                started.countDown();
                return authenticator.authenticate(key.hash(), FROM);
              }));
    }
    pause.awaitRead();
    started.await();
    pause.end();
    for (Future<AuthOutcome> result : waiting) {
      assertThat(result.get()).isInstanceOf(Granted.class);
    }
    assertThat(store.lookups()).isEqualTo(1);
  }

  /** They may hang on lost connections. */
  @Test
  void hangingLookupsDelayNoOtherKey() throws Exception {
    List<PausingStore.Pause> pauses = new ArrayList<>();
    List<Future<AuthOutcome>> hanging = new ArrayList<>();
    for (int i = 0; i < BatchingLoader.USUAL_LOADERS; i++) {
      pauses.add(store.pause());
      hanging.add(authenticating(added().hash()));
      pauses.get(i).awaitRead();
    }
    assertThat(authenticator.authenticate(added().hash(), FROM)).isInstanceOf(Granted.class);
    assertThat(hanging).noneMatch(Future::isDone);
    pauses.forEach(PausingStore.Pause::end);
    for (Future<AuthOutcome> result : hanging) {
      assertThat(result.get()).isInstanceOf(Granted.class);
    }
  }

  @Test
  void keyIsRefreshedInTheBackgroundAfterItsTtl() throws Exception {
    StoredKey key = added();
    authenticator.authenticate(key.hash(), FROM);
    store.edit("alice", key.tag(), new KeyEdit(null, NOW.plusSeconds(301)), NOW, BY);
    pass(TTL.plusSeconds(1));
    awaitLookup();
    PausingStore.Pause confirmation = store.pause();
    assertThat(authenticator.authenticate(key.hash(), FROM))
        .isInstanceOf(Granted.class); // without waiting
    confirmation.awaitRead();
    confirmation.end();
    awaitLookup();
    assertThat(authenticator.authenticate(key.hash(), FROM)).isInstanceOf(Expired.class);
    assertThat(store.lookups()).isEqualTo(2);
  }

  @Test
  void keyIsHonouredInAnOutageUntilMaxStale() throws Exception {
    StoredKey key = added();
    authenticator.authenticate(key.hash(), FROM);
    store.setDown(true);
    pass(MAX_STALE);
    assertThat(authenticator.authenticate(key.hash(), FROM)).isInstanceOf(Granted.class);
    pass(Duration.ofNanos(1));
    assertThat(authenticator.authenticate(key.hash(), FROM)).isInstanceOf(Unavailable.class);
    store.setDown(false);
    theFeedIsAnswered();
    assertThat(authenticator.authenticate(key.hash(), FROM)).isInstanceOf(Granted.class);
  }

  /** Long before {@code cacheTtl}, which says when to refresh, not how long to honour. */
  @Test
  void outageFailsClosedWithoutMaxStale() {
    CachingAuthenticator closed = withMaxStale(Duration.ZERO);
    StoredKey key = added();
    closed.authenticate(key.hash(), FROM);
    store.setDown(true);
    pass(FEED_INTERVAL.multipliedBy(3));
    assertThat(closed.authenticate(key.hash(), FROM)).isInstanceOf(Granted.class);
    pass(Duration.ofNanos(1));
    assertThat(closed.authenticate(key.hash(), FROM)).isInstanceOf(Unavailable.class);
  }

  @Test
  void maxStaleDoesNotDependOnCacheTtl() {
    Duration maxStale = TTL.dividedBy(10);
    CachingAuthenticator strict = withMaxStale(maxStale);
    StoredKey key = added();
    strict.authenticate(key.hash(), FROM);
    store.setDown(true);
    pass(Duration.ofSeconds(20));
    strict.markFresh(nanos.get()); // the feed succeeds once more
    pass(maxStale);
    assertThat(strict.authenticate(key.hash(), FROM)).isInstanceOf(Granted.class);
    pass(Duration.ofNanos(1));
    assertThat(strict.authenticate(key.hash(), FROM)).isInstanceOf(Unavailable.class);
  }

  /** A key that is too stale is looked up, and honoured if the store confirms it. */
  @Test
  void staleKeyOfAStoreThatAnswersIsLookedUp() {
    CachingAuthenticator closed = withMaxStale(Duration.ZERO);
    StoredKey key = added();
    closed.authenticate(key.hash(), FROM);
    pass(FEED_INTERVAL.multipliedBy(4)); // the feed alone is stuck
    assertThat(closed.authenticate(key.hash(), FROM)).isInstanceOf(Granted.class);
    assertThat(store.lookups()).isEqualTo(2);
  }

  @Test
  void healthyFeedCostsNoRequestALookup() {
    CachingAuthenticator closed = withMaxStale(Duration.ZERO);
    StoredKey key = added();
    closed.authenticate(key.hash(), FROM);
    Duration interval = FEED_INTERVAL.plusMillis(300); // polls take time too
    for (Duration passed = interval; passed.compareTo(TTL) < 0; passed = passed.plus(interval)) {
      closed.markFresh(nanos.get());
      pass(interval);
      assertThat(closed.authenticate(key.hash(), FROM)).isInstanceOf(Granted.class);
    }
    assertThat(store.lookups()).isEqualTo(1);
  }

  private CachingAuthenticator withMaxStale(Duration maxStale) {
    return new CachingAuthenticator(
        store,
        settings(100, maxStale),
        FEED_INTERVAL,
        clock,
        nanos::get,
        threads,
        lastUsed,
        OwnerCache.asksNobody(store));
  }

  @Test
  void expiredKeyStaysExpiredInAnOutage() {
    StoredKey key = added(TTL.plusSeconds(1));
    authenticator.authenticate(key.hash(), FROM);
    store.setDown(true);
    pass(TTL.plusSeconds(1));
    assertThat(authenticator.authenticate(key.hash(), FROM)).isInstanceOf(Expired.class);
  }

  @Test
  void outageIsNotCached() throws Exception {
    StoredKey key = added();
    store.setDown(true);
    assertThat(authenticator.authenticate(key.hash(), FROM)).isInstanceOf(Unavailable.class);
    store.setDown(false);
    theFeedIsAnswered();
    assertThat(authenticator.authenticate(key.hash(), FROM)).isInstanceOf(Granted.class);
  }

  @Test
  void requestThatWaitsTooLongGetsUnavailable() {
    CachingAuthenticator hurried =
        new CachingAuthenticator(
            store,
            new CacheSettings(100, TTL, MAX_STALE, 100, UNKNOWN_TTL, Duration.ofMillis(1)),
            FEED_INTERVAL,
            clock,
            nanos::get,
            threads,
            lastUsed,
            OwnerCache.asksNobody(store));
    StoredKey key = added();
    PausingStore.Pause pause = store.pause();
    assertThat(hurried.authenticate(key.hash(), FROM)).isInstanceOf(Unavailable.class);
    pause.end();
  }

  @Test
  void lookupAfterShutdownGetsUnavailable() {
    CachingAuthenticator ended =
        new CachingAuthenticator(
            store,
            settings(100, MAX_STALE),
            FEED_INTERVAL,
            clock,
            nanos::get,
            work -> {
              throw new RejectedExecutionException();
            },
            lastUsed,
            OwnerCache.asksNobody(store));
    assertThat(ended.authenticate(added().hash(), FROM)).isInstanceOf(Unavailable.class);
  }

  @Test
  void keyOfADisabledOwnerIsUnknown() {
    StoredKey key = added(Duration.ofSeconds(10));
    store.setOwnerDisabled("alice", true, BY);
    assertThat(authenticator.authenticate(key.hash(), FROM)).isInstanceOf(Unknown.class);
    clock.advance(Duration.ofSeconds(10)); // not even an expired one
    assertThat(authenticator.authenticate(key.hash(), FROM)).isInstanceOf(Unknown.class);
    assertThat(store.lookups()).isEqualTo(1);
  }

  @Test
  void openCircuitSendsOneProbeAtATime() throws Exception {
    StoredKey key = added();
    store.setDown(true);
    assertThat(authenticator.authenticate(key.hash(), FROM)).isInstanceOf(Unavailable.class);
    awaitLookup();
    for (int i = 0; i < 100; i++) {
      assertThat(authenticator.authenticate(key.hash(), FROM)).isInstanceOf(Unavailable.class);
    }
    assertThat(store.lookups()).isEqualTo(1);

    pass(Duration.ofMillis(250));
    PausingStore.Pause probe = store.pause();
    store.setDown(false);
    assertThat(authenticator.authenticate(key.hash(), FROM))
        .as("waits for no probe")
        .isInstanceOf(Unavailable.class);
    probe.awaitRead();
    for (int i = 0; i < 100; i++) {
      assertThat(authenticator.authenticate(key.hash(), FROM)).isInstanceOf(Unavailable.class);
    }
    assertThat(store.lookups()).isEqualTo(2);
    probe.end();
    while (authenticator.authenticate(key.hash(), FROM) instanceof Unavailable) {
      Thread.onSpinWait(); // until the probe has closed the circuit
    }
    assertThat(authenticator.authenticate(key.hash(), FROM)).isInstanceOf(Granted.class);
    assertThat(store.lookups()).isEqualTo(3);
  }

  /** It starts a probe instead. */
  private void theFeedIsAnswered() throws InterruptedException {
    awaitLookups(lookupsBegun.get() - lookupsAwaited);
    authenticator.onStoreAnswer();
    authenticator.markFresh(nanos.get());
  }

  @Test
  void openCircuitRefreshesNothing() throws Exception {
    StoredKey key = added();
    authenticator.authenticate(key.hash(), FROM);
    pass(TTL.plusSeconds(1));
    store.setDown(true);
    assertThat(authenticator.authenticate(Keys.of("x").hash(), FROM))
        .isInstanceOf(Unavailable.class);
    awaitLookups(lookupsBegun.get() - lookupsAwaited);
    for (int i = 0; i < 100; i++) {
      assertThat(authenticator.authenticate(key.hash(), FROM)).isInstanceOf(Granted.class);
    }
    assertThat(lookupsEnded.availablePermits()).isZero();
    assertThat(store.lookups()).isEqualTo(2);
  }

  @Test
  void feedSuccessWithoutLookupsLeavesTheCircuitOpen() throws Exception {
    StoredKey key = added();
    store.setDown(true);
    assertThat(authenticator.authenticate(key.hash(), FROM)).isInstanceOf(Unavailable.class);
    awaitLookup();
    for (int probes = 1; probes <= 3; probes++) {
      theFeedIsAnswered();
      assertThat(store.lookups()).isEqualTo(1 + probes);
    }
    store.setDown(false);
    assertThat(authenticator.authenticate(key.hash(), FROM)).isInstanceOf(Unavailable.class);
  }

  @Test
  void feedSuccessWithLookupsClosesTheCircuit() throws Exception {
    StoredKey key = added();
    store.setDown(true);
    assertThat(authenticator.authenticate(key.hash(), FROM)).isInstanceOf(Unavailable.class);
    store.setDown(false);
    assertThat(authenticator.authenticate(key.hash(), FROM)).isInstanceOf(Unavailable.class);
    theFeedIsAnswered();
    assertThat(authenticator.authenticate(key.hash(), FROM)).isInstanceOf(Granted.class);
  }

  /** A connection was lost; the store is up. */
  @Test
  void lookupThatFailsWhileOthersAreAnsweredLeavesTheCircuitClosed() throws Exception {
    PausingStore.Pause lost = store.pause();
    Future<AuthOutcome> waiting = authenticating(added().hash());
    lost.awaitRead();
    pass(Duration.ofMillis(1));
    assertThat(authenticator.authenticate(added().hash(), FROM)).isInstanceOf(Granted.class);
    lost.fail();
    assertThat(waiting.get()).isInstanceOf(Unavailable.class);
    for (int i = 0; i < 50; i++) {
      assertThat(authenticator.authenticate(added().hash(), FROM)).isInstanceOf(Granted.class);
    }
  }

  @Test
  void lookupThatFailsWhileTheFeedIsAnsweredLeavesTheCircuitClosed() throws Exception {
    PausingStore.Pause lost = store.pause();
    Future<AuthOutcome> waiting = authenticating(added().hash());
    lost.awaitRead();
    pass(Duration.ofMillis(1));
    authenticator.onStoreAnswer();
    lost.fail();
    assertThat(waiting.get()).isInstanceOf(Unavailable.class);
    assertThat(authenticator.authenticate(added().hash(), FROM)).isInstanceOf(Granted.class);
  }

  @Test
  void lookupThatFailsAfterSilenceOpensTheCircuit() throws Exception {
    assertThat(authenticator.authenticate(added().hash(), FROM)).isInstanceOf(Granted.class);
    pass(Duration.ofMillis(1));
    PausingStore.Pause lost = store.pause();
    Future<AuthOutcome> waiting = authenticating(added().hash());
    lost.awaitRead();
    lost.fail();
    assertThat(waiting.get()).isInstanceOf(Unavailable.class);
    assertThat(authenticator.authenticate(added().hash(), FROM)).isInstanceOf(Unavailable.class);
  }

  @Test
  void rowThatCannotBeReadFailsAlone() throws Exception {
    StoredKey spoilt = added();
    StoredKey other = added();
    authenticator.authenticate(spoilt.hash(), FROM);
    awaitLookup();
    store.spoil(spoilt.hash());
    pass(TTL.plusNanos(1));
    authenticator.authenticate(spoilt.hash(), FROM); // refreshes in the background
    awaitLookup();
    authenticator.markFresh(nanos.get());
    for (int i = 0; i < 10; i++) {
      assertThat(authenticator.authenticate(spoilt.hash(), FROM)).isInstanceOf(Unavailable.class);
      assertThat(authenticator.authenticate(other.hash(), FROM)).isInstanceOf(Granted.class);
    }
  }

  /** One look-up a hash, of which requests make one each. */
  @Test
  void whoNamesManyKeysLeavesRoomForRequests() {
    StoredKey key = added();
    List<KeyHash> many = Stream.generate(() -> Keys.of("nobody").hash()).limit(1_001).toList();
    assertThatThrownBy(() -> authenticator.findStored(many)).isInstanceOf(StoreException.class);
    assertThat(store.lookups()).as("refused before anybody is asked").isZero();
    assertThat(authenticator.findStored(List.of(key.hash(), many.get(0))))
        .containsExactly(key.hash());
  }

  @Test
  void aRowThatCannotBeReadKeepsNoOtherFromBeingRevoked() {
    StoredKey spoilt = added();
    StoredKey other = added();
    store.spoil(spoilt.hash());
    assertThat(authenticator.findStored(List.of(spoilt.hash(), other.hash())))
        .containsExactlyInAnyOrder(spoilt.hash(), other.hash());
    store.setDown(true);
    assertThatThrownBy(() -> authenticator.findStored(List.of(spoilt.hash())))
        .isInstanceOf(StoreException.class);
  }

  @Test
  void honouredKeyStaysSoWhileItIsConfirmed() throws Exception {
    StoredKey key = added();
    authenticator.authenticate(key.hash(), FROM);
    awaitLookup();
    pass(Duration.ofMinutes(1)); // in silence
    authenticator.requireConfirmation();
    authenticator.markFresh(nanos.get());
    PausingStore.Pause confirmation = store.pause();
    for (int i = 0; i < 10; i++) {
      assertThat(authenticator.authenticate(key.hash(), FROM)).isInstanceOf(Granted.class);
      pass(LOOKUP_TIMEOUT.dividedBy(10));
    }
    confirmation.awaitRead();
    confirmation.end();
    awaitLookup();
    pass(LOOKUP_TIMEOUT);
    assertThat(authenticator.authenticate(key.hash(), FROM)).isInstanceOf(Granted.class);
    assertThat(store.lookups()).as("one to begin with, one to confirm").isEqualTo(2);
  }

  @Test
  void keyRevokedInAnOutageDiesWithItsConfirmation() throws Exception {
    StoredKey key = added();
    authenticator.authenticate(key.hash(), FROM);
    awaitLookup();
    store.delete("alice", key.tag(), BY);
    pass(Duration.ofMinutes(1));
    authenticator.requireConfirmation();
    authenticator.markFresh(nanos.get());
    assertThat(authenticator.authenticate(key.hash(), FROM)).isInstanceOf(Granted.class);
    awaitLookup();
    assertThat(authenticator.authenticate(key.hash(), FROM)).isInstanceOf(Unknown.class);
  }

  @Test
  void keyThatIsNotConfirmedInTimeIsHonouredNoLonger() throws Exception {
    StoredKey key = added();
    authenticator.authenticate(key.hash(), FROM);
    awaitLookup();
    pass(Duration.ofMinutes(1));
    authenticator.requireConfirmation();
    authenticator.markFresh(nanos.get());
    store.setDown(true); // again
    pass(LOOKUP_TIMEOUT);
    assertThat(authenticator.authenticate(key.hash(), FROM)).isInstanceOf(Granted.class);
    awaitLookup();
    pass(Duration.ofNanos(1));
    authenticator.markFresh(nanos.get()); // does not confirm it
    assertThat(authenticator.authenticate(key.hash(), FROM)).isInstanceOf(Unavailable.class);
  }

  /** Repeated outages do not add up. */
  @Test
  void secondOutageDoesNotProlongTheFirst() throws Exception {
    StoredKey key = added();
    authenticator.authenticate(key.hash(), FROM);
    awaitLookup();
    store.setDown(true);
    pass(Duration.ofMinutes(1));
    authenticator.requireConfirmation();
    authenticator.markFresh(nanos.get());
    pass(Duration.ofMinutes(1));
    authenticator.requireConfirmation();
    authenticator.markFresh(nanos.get());
    assertThat(authenticator.authenticate(key.hash(), FROM)).isInstanceOf(Unavailable.class);
  }

  @Test
  void keyThatWasTooStaleAtTheEndOfAnOutageIsNotHonouredAgain() throws Exception {
    StoredKey key = added();
    authenticator.authenticate(key.hash(), FROM);
    awaitLookup();
    store.setDown(true);
    pass(MAX_STALE.plusNanos(1));
    authenticator.requireConfirmation();
    authenticator.markFresh(nanos.get());
    assertThat(authenticator.authenticate(key.hash(), FROM)).isInstanceOf(Unavailable.class);
  }

  /** The fast path must not hide that the feed has lost track. */
  @Test
  void fastPathClosesWhenTheFeedLosesTrack() {
    StoredKey key = added();
    authenticator.authenticate(key.hash(), FROM);
    authenticator.authenticate(key.hash(), FROM); // now on the fast path
    store.setDown(true);
    nanos.incrementAndGet();
    authenticator.requireConfirmation();
    nanos.addAndGet(LOOKUP_TIMEOUT.toNanos() + 1); // in the same second of the clock
    assertThat(authenticator.authenticate(key.hash(), FROM)).isInstanceOf(Unavailable.class);
  }

  @Test
  void lookupBegunBeforeTheFeedLostTrackConfirmsNothing() throws Exception {
    StoredKey key = added();
    PausingStore.Pause before = store.pause();
    PausingStore.Pause after = store.pause();
    Future<AuthOutcome> waiting = authenticating(key.hash());
    before.awaitRead();
    store.delete("alice", key.tag(), BY);
    authenticator.requireConfirmation();
    after.awaitRead(); // the waiter has started a new look-up
    before.end();
    after.end();
    assertThat(waiting.get()).isInstanceOf(Unknown.class);
  }

  @Test
  void unknownHashIsLookedUpAgainAfterItsTtl() {
    StoredKey key = Keys.of("alice");
    assertThat(authenticator.authenticate(key.hash(), FROM)).isInstanceOf(Unknown.class);
    store.add(key, 1, false, BY);
    pass(UNKNOWN_TTL.minusSeconds(1));
    assertThat(authenticator.authenticate(key.hash(), FROM)).isInstanceOf(Unknown.class);
    pass(Duration.ofSeconds(1));
    assertThat(authenticator.authenticate(key.hash(), FROM)).isInstanceOf(Granted.class);
  }

  @Test
  void unknownHashesEvictNoLiveKeys() {
    List<StoredKey> keys = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      keys.add(added());
    }
    keys.forEach(key -> authenticator.authenticate(key.hash(), FROM));
    for (int i = 0; i < 10_000; i++) {
      authenticator.authenticate(Keys.of("x").hash(), FROM);
      pass(Duration.ofMillis(20)); // so that the rate limiter does not delay the flood
    }
    int before = store.lookups();
    keys.forEach(
        key ->
            assertThat(authenticator.authenticate(key.hash(), FROM)).isInstanceOf(Granted.class));
    assertThat(store.lookups()).isEqualTo(before);
  }
}
