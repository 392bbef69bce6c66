package dev.latchkey.internal.auth;

import static dev.latchkey.internal.store.Keys.BY;
import static dev.latchkey.internal.store.Keys.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.auth.OwnerDirectory;
import dev.latchkey.auth.OwnerRoles;
import dev.latchkey.internal.auth.AuthOutcome.Granted;
import dev.latchkey.internal.auth.AuthOutcome.Unavailable;
import dev.latchkey.internal.auth.AuthOutcome.Unknown;
import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.store.KeyEdit;
import dev.latchkey.internal.store.Keys;
import dev.latchkey.internal.store.StoredKey;
import dev.latchkey.test.MutableClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the application says of owners, as requests see it. */
class OwnerCacheTest {
  private static final Duration TTL = Duration.ofMinutes(1);
  private static final Duration MAX_STALE = Duration.ofMinutes(5);
  private static final Duration MILLISECOND = Duration.ofMillis(1);
  private static final Supplier<String> FROM = () -> "192.0.2.1";

  private final PausingStore store = new PausingStore();
  private final FakeDirectory directory = new FakeDirectory();
  private final MutableClock clock = new MutableClock(NOW);
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L); // it overflows
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Semaphore questionsEnded = new Semaphore(0);
  private final StoredKey key = Keys.of("alice", NOW, NOW.plus(Duration.ofDays(1)));
  private OwnerCache owners = owners(directory, Duration.ofSeconds(20));
  private CachingAuthenticator authenticator = authenticator(100);

  OwnerCacheTest() {
    store.add(key, 1_000, false, BY);
    directory.users.put("alice", Set.of("user"));
  }

  private static OwnerSettings settings(
      @Nullable OwnerRoles roles, @Nullable OwnerDirectory directory) {
    return new OwnerSettings(null, roles, null, directory, TTL);
  }

  private OwnerCache owners(@Nullable OwnerDirectory from, Duration lookupTimeout) {
    return owners(settings(null, from), lookupTimeout);
  }

  private OwnerCache owners(OwnerSettings settings, Duration lookupTimeout) {
    return new OwnerCache(
        new OwnerSource(settings, store),
        cacheSettings(100, lookupTimeout),
        work ->
            threads.execute(
                () -> {
                  work.run();
                  questionsEnded.release();
                }),
        nanos::get);
  }

  private static CacheSettings cacheSettings(int size, Duration lookupTimeout) {
    return new CacheSettings(
        size, Duration.ofHours(1), MAX_STALE, 100, Duration.ofSeconds(30), lookupTimeout);
  }

  private CachingAuthenticator authenticator(int size) {
    return authenticator(size, Duration.ofSeconds(20));
  }

  private CachingAuthenticator authenticator(int size, Duration lookupTimeout) {
    return new CachingAuthenticator(
        store,
        cacheSettings(size, lookupTimeout),
        Duration.ofHours(1), // so that keys are confirmed all the time
        clock,
        nanos::get,
        threads,
        new LastUsed(store, 100, System::nanoTime),
        owners);
  }

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
    clock.advance(time);
  }

  private AuthOutcome authenticate() {
    return authenticator.authenticate(key.hash(), FROM);
  }

  private Future<AuthOutcome> authenticating() {
    return threads.submit(this::authenticate);
  }

  private static AuthOutcome get(Future<AuthOutcome> outcome) throws Exception {
    return outcome.get(20, TimeUnit.SECONDS);
  }

  private Set<String> roles() {
    AuthOutcome outcome = authenticate();
    assertThat(outcome).isInstanceOf(Granted.class);
    return ((Granted) outcome).principal().roles();
  }

  private void awaitQuestions(int count) throws InterruptedException {
    assertThat(questionsEnded.tryAcquire(count, 20, TimeUnit.SECONDS)).isTrue();
  }

  private void answerNothing() {
    directory.spoilt.set(
        () -> {
          throw new IllegalStateException("the directory is down");
        });
  }

  @Test
  void rolesComeWithTheKeyAndHitsAskNobody() {
    for (int second = 0; second < 29; second++) {
      assertThat(roles()).containsExactly("user");
      assertThat(roles()).containsExactly("user");
      owners.renew();
      pass(Duration.ofSeconds(1));
    }
    assertThat(directory.questions).containsExactly(List.of("alice"));
    assertThat(store.lookups()).isEqualTo(1);
  }

  @Test
  void hitsOfOneAnswerAreOneObject() {
    roles();
    AuthOutcome first = authenticate();
    Object principal = ((Granted) first).principal();
    pass(TTL.plus(MILLISECOND));
    assertThat(((Granted) authenticate()).principal()).isSameAs(principal);
  }

  @Test
  void answerIsRenewedInTheBackgroundWhileAKeyIsInUse() throws Exception {
    roles();
    awaitQuestions(1);
    directory.users.put("alice", Set.of("admin"));
    pass(TTL.dividedBy(2));
    assertThat(roles()).containsExactly("user");
    owners.renew();
    awaitQuestions(1);
    pass(Duration.ofSeconds(1));
    assertThat(roles()).containsExactly("admin");
    pass(TTL.dividedBy(2));
    owners.renew();
    assertThat(directory.questions).as("the key is not in use").hasSize(2);
  }

  /** An earlier request of the same second must not keep an answer alive. */
  @Test
  void answerIsNeverOlderThanTheTtl() {
    roles();
    directory.users.put("alice", Set.of("admin"));
    pass(TTL.minusMillis(10));
    assertThat(roles()).containsExactly("user");
    assertThat(roles()).containsExactly("user");
    pass(Duration.ofMillis(10));
    assertThat(roles()).as("not older yet").containsExactly("user");
    pass(MILLISECOND);
    assertThat(roles()).containsExactly("admin");
  }

  /** A request may join a question that was asked too long before it came. */
  @Test
  void requestDoesNotTakeAnAnswerThatIsTooOldForIt() throws Exception {
    FakeDirectory.Pause pause = directory.pause();
    Future<AuthOutcome> first = authenticating();
    pause.awaitRead();
    directory.users.put("alice", Set.of("admin"));
    pass(TTL.plus(MILLISECOND));
    FutureTask<AuthOutcome> second = new FutureTask<>(this::authenticate);
    Thread thread = new Thread(second);
    thread.start();
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait(); // until it has joined the question
    }
    pause.end();
    get(first);
    assertThat(((Granted) get(second)).principal().roles()).containsExactly("admin");
    assertThat(roles()).containsExactly("admin");
  }

  @Test
  void ownerLeftOutIsRefusedAndComesBack() {
    roles();
    directory.users.remove("alice");
    pass(TTL.plus(MILLISECOND));
    assertThat(authenticate()).isInstanceOf(Unknown.class);
    directory.users.put("alice", Set.of("user"));
    pass(TTL.plus(MILLISECOND));
    assertThat(roles()).containsExactly("user");
  }

  @Test
  void rolesInCodeLeaveNobodyOut() {
    owners = owners(settings(names -> Map.of(), null), Duration.ofSeconds(20));
    authenticator = authenticator(100);
    assertThat(roles()).isEmpty();
  }

  /** Case-insensitive maps are usual, such as those of a SQL framework. */
  @Test
  void ownersCompareExactly() {
    Map<String, Set<String>> insensitive = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    insensitive.put("ALICE", Set.of("admin"));
    owners = owners(settings(names -> insensitive, null), Duration.ofSeconds(20));
    authenticator = authenticator(100);
    assertThat(roles()).isEmpty();
    owners = owners(names -> insensitive, Duration.ofSeconds(20));
    authenticator = authenticator(100);
    assertThat(authenticate()).isInstanceOf(Unknown.class);
  }

  @Test
  void whatTheApplicationReturnsIsCopied() {
    Set<String> mutable = new java.util.HashSet<>(Set.of("user"));
    mutable.add(null);
    owners = owners(settings(names -> Map.of("alice", mutable), null), Duration.ofSeconds(20));
    authenticator = authenticator(100);
    roles();
    mutable.add("admin");
    assertThat(roles()).containsExactly("user");
  }

  static Stream<Supplier<@Nullable Map<String, Set<String>>>> noAnswers() {
    Map<String, Set<String>> nullSet = new HashMap<>();
    nullSet.put("alice", null);
    return Stream.of(
        () -> null,
        () -> nullSet,
        () -> {
          throw new IllegalStateException("down");
        },
        () -> {
          throw new StackOverflowError();
        });
  }

  @ParameterizedTest
  @MethodSource("noAnswers")
  void noAnswerIsNeverNo(Supplier<@Nullable Map<String, Set<String>>> noAnswer) {
    directory.spoilt.set(noAnswer);
    assertThat(authenticate()).as("nothing is known").isInstanceOf(Unavailable.class);
    directory.spoilt.set(null);
    pass(Duration.ofSeconds(1));
    authenticator.onStoreAnswer();
    awaitGranted();
    directory.spoilt.set(noAnswer);
    pass(MAX_STALE.minus(MILLISECOND));
    assertThat(roles()).as("until maxStale").containsExactly("user");
    pass(MILLISECOND.multipliedBy(2));
    assertThat(authenticate()).as("after maxStale").isInstanceOf(Unavailable.class);
    directory.spoilt.set(null);
    pass(Duration.ofSeconds(1));
    authenticator.onStoreAnswer();
    awaitGranted();
  }

  /** The probe is in the background. */
  private void awaitGranted() {
    AuthOutcome outcome = authenticate();
    while (!(outcome instanceof Granted)) {
      assertThat(outcome).isInstanceOf(Unavailable.class);
      outcome = authenticate();
    }
  }

  @Test
  void nullForOneOwnerIsNoAnswerAboutThisOneAlone() {
    StoredKey bobs = Keys.of("bob", NOW, NOW.plus(Duration.ofDays(1)));
    store.add(bobs, 1, false, BY);
    Map<String, Set<String>> answer = new HashMap<>();
    answer.put("alice", null);
    answer.put("bob", Set.of("user"));
    directory.spoilt.set(() -> answer);
    assertThat(authenticate()).isInstanceOf(Unavailable.class);
    assertThat(authenticator.authenticate(bobs.hash(), FROM)).isInstanceOf(Granted.class);
  }

  @Test
  void throughAnOutageNobodyWaitsAndFewAsk() {
    roles();
    answerNothing();
    pass(TTL.plus(MILLISECOND));
    assertThat(roles()).as("the one that found it out").containsExactly("user");
    int asked = directory.questions.size();
    for (int i = 0; i < 1_000; i++) {
      assertThat(roles()).containsExactly("user");
    }
    assertThat(directory.questions).as("time stands").hasSize(asked);
    pass(Duration.ofSeconds(1));
    FakeDirectory.Pause probe = directory.pause();
    for (int i = 0; i < 1_000; i++) {
      assertThat(roles()).containsExactly("user");
    }
    probe.end();
    assertThat(directory.questions.size()).isLessThanOrEqualTo(asked + 1);
  }

  @Test
  void staleNoIsHonouredThroughAnOutageToo() {
    directory.users.remove("alice");
    assertThat(authenticate()).isInstanceOf(Unknown.class);
    answerNothing();
    pass(TTL.plus(MILLISECOND));
    assertThat(authenticate()).isInstanceOf(Unknown.class);
    pass(MAX_STALE);
    assertThat(authenticate()).isInstanceOf(Unavailable.class);
  }

  @Test
  void codeThatHangsHoldsNoRequestForLong() throws Exception {
    owners = owners(directory, Duration.ofMillis(50));
    authenticator = authenticator(100, Duration.ofMillis(50));
    FakeDirectory.Pause hanging = directory.pause();
    assertThat(authenticate()).isInstanceOf(Unavailable.class);
    assertThat(authenticate()).as("at once").isInstanceOf(Unavailable.class);
    hanging.end();
    awaitQuestions(1);
    pass(Duration.ofSeconds(1));
    awaitGranted();
    hanging = directory.pause();
    pass(TTL.plus(MILLISECOND));
    assertThat(roles()).as("the last answer").containsExactly("user");
    hanging.end();
  }

  /** A call that never returns must not hold its owners for ever. */
  @Test
  void questionThatHangsIsAskedAgain() {
    owners = owners(directory, MILLISECOND.multipliedBy(20));
    authenticator = authenticator(100, MILLISECOND.multipliedBy(20));
    FakeDirectory.Pause hanging = directory.pause();
    assertThat(authenticate()).isInstanceOf(Unavailable.class);
    AuthOutcome outcome = authenticate();
    while (!(outcome instanceof Granted)) { // while it hangs
      pass(Duration.ofMillis(300));
      outcome = authenticate();
    }
    hanging.end();
  }

  /** As of a user whose groups cannot be read. */
  @Test
  void ownerWhoCannotBeAnsweredForCostsNobodyElse() {
    StoredKey bobs = add("bob");
    StoredKey carols = add("carol");
    cannotAnswerAboutBob();
    for (int i = 0; i < 3; i++) {
      assertThat(authenticator.authenticate(bobs.hash(), FROM)).isInstanceOf(Unavailable.class);
      assertThat(authenticator.authenticate(carols.hash(), FROM)).isInstanceOf(Granted.class);
      authenticator.invalidate(carols.hash());
      owners.invalidate("carol");
    }
  }

  @Test
  void ownerWhoCannotBeAnsweredForCostsNobodyInTheSameQuestion() throws Exception {
    StoredKey bobs = add("bob");
    StoredKey carols = add("carol");
    cannotAnswerAboutBob();
    awaitQuestions(1);
    authenticator.preload(List.of(bobs.hash(), carols.hash()));
    awaitQuestions(1);
    int asked = directory.questions.size();
    assertThat(authenticator.authenticate(carols.hash(), FROM)).isInstanceOf(Granted.class);
    assertThat(directory.questions).as("carol was answered for").hasSize(asked);
  }

  private void cannotAnswerAboutBob() {
    owners =
        owners(
            names -> {
              if (names.contains("bob")) {
                throw new IllegalStateException("bob's groups cannot be read");
              }
              return directory.find(names);
            },
            Duration.ofSeconds(20));
    authenticator = authenticator(100);
    roles();
  }

  private StoredKey add(String owner) {
    directory.users.put(owner, Set.of("user"));
    return addKey(owner);
  }

  private StoredKey addKey(String owner) {
    StoredKey added = Keys.of(owner, NOW, NOW.plus(Duration.ofDays(1)));
    store.add(added, 2, false, BY);
    return added;
  }

  /** Nobody waits for a renewal, so it may take as long as it likes. */
  @Test
  void requestsWaitBehindNoRenewal() throws Exception {
    StoredKey bobs = add("bob");
    roles();
    awaitQuestions(1);
    pass(TTL.dividedBy(2));
    roles();
    FakeDirectory.Pause renewal = directory.pause();
    owners.renew();
    renewal.awaitRead();
    assertThat(authenticator.authenticate(bobs.hash(), FROM)).isInstanceOf(Granted.class);
    directory.users.put("alice", Set.of("admin"));
    pass(TTL.minusSeconds(5));
    assertThat(roles()).as("who is being renewed, too").containsExactly("admin");
    renewal.end();
    awaitQuestions(3);
    pass(Duration.ofSeconds(1)); // off the fast path
    assertThat(roles()).as("the renewal was asked for earlier").containsExactly("admin");
    AuthOutcome another = authenticator.authenticate(addKey("alice").hash(), FROM);
    assertThat(((Granted) another).principal().roles())
        .as("nor does another key get the earlier answer")
        .isEqualTo(directory.users.get("alice"));
  }

  @Test
  void disabledOwnerIsRefusedThoughRolesWereBeingLoaded() throws Exception {
    for (boolean isMiss : new boolean[] {true, false}) {
      FakeDirectory.Pause pause = directory.pause();
      Future<AuthOutcome> request = authenticating();
      pause.awaitRead();
      store.setOwnerDisabled("alice", true, BY).hashes().forEach(authenticator::invalidate);
      pause.end();
      assertThat(get(request)).as("miss: " + isMiss).isInstanceOf(Unknown.class);
      assertThat(authenticate()).isInstanceOf(Unknown.class);
      store.setOwnerDisabled("alice", false, BY).hashes().forEach(authenticator::invalidate);
      owners.invalidate("alice");
      roles();
      pass(TTL.plus(MILLISECOND)); // the key stays
    }
  }

  @Test
  void revokedKeyIsRefusedThoughRolesWereBeingLoaded() throws Exception {
    FakeDirectory.Pause pause = directory.pause();
    Future<AuthOutcome> request = authenticating();
    pause.awaitRead();
    store.delete("alice", key.tag(), BY).hashes().forEach(authenticator::invalidate);
    pause.end();
    assertThat(get(request)).isInstanceOf(Unknown.class);
  }

  @Test
  void answerToAnEarlierQuestionIsNotUsed() throws Exception {
    directory.users.remove("alice");
    FakeDirectory.Pause pause = directory.pause();
    Future<AuthOutcome> request = authenticating();
    pause.awaitRead();
    directory.users.put("alice", Set.of("user"));
    owners.invalidate("alice");
    pause.end();
    assertThat(get(request)).isInstanceOf(Granted.class);
    assertThat(roles()).containsExactly("user");
  }

  /** As when the application enabled the owner on another node, whose event comes by the feed. */
  @Test
  void changeByAnotherNodeHasTheOwnerAskedAnew() {
    directory.users.remove("alice");
    assertThat(authenticate()).isInstanceOf(Unknown.class);
    directory.users.put("alice", Set.of("user"));
    store.setOwnerDisabled("alice", false, BY);
    authenticator.invalidateUnlessVersion(key.hash(), NOW.plusSeconds(1));
    assertThat(roles()).containsExactly("user");
    directory.users.put("alice", Set.of("admin"));
    authenticator.invalidateUnlessVersion(key.hash(), NOW.plusSeconds(2));
    assertThat(roles()).containsExactly("admin");
  }

  @Test
  void changeByAnotherNodeCostsNoOtherKeyInAnOutage() {
    StoredKey other = Keys.of("alice", NOW, NOW.plus(Duration.ofDays(1)));
    store.add(other, 2, false, BY);
    authenticator.authenticate(other.hash(), FROM);
    roles();
    store.edit("alice", other.tag(), new KeyEdit("other", null), NOW, BY);
    authenticator.invalidateUnlessVersion(other.hash(), NOW.plusSeconds(1));
    answerNothing();
    pass(Duration.ofSeconds(1));
    assertThat(roles()).containsExactly("user");
  }

  /** The key of an owner whom nobody remembers, but as one who may not. */
  @Test
  void missAsksAnewAboutAnOwnerWhoWasRefused() {
    directory.users.remove("alice");
    assertThat(authenticate()).isInstanceOf(Unknown.class);
    authenticator.invalidate(key.hash());
    directory.users.put("alice", Set.of("user"));
    assertThat(roles()).containsExactly("user");
  }

  @Test
  void serviceNeedsNoDirectoryButHasItsRoles() {
    directory.users.remove("alice");
    assertThat(authenticate()).isInstanceOf(Unknown.class);
    store.addServiceOwner("alice").forEach(authenticator::invalidate);
    owners.invalidate("alice");
    assertThat(roles()).isEmpty();
    directory.users.put("alice", Set.of("user"));
    pass(TTL.plus(MILLISECOND));
    assertThat(roles()).containsExactly("user");
    store.setOwnerDisabled("alice", true, BY).hashes().forEach(authenticator::invalidate);
    assertThat(authenticate()).as("disabled through us").isInstanceOf(Unknown.class);
  }

  @Test
  void withoutACacheEachRequestIsAnsweredAllTheSame() {
    authenticator = authenticator(0);
    assertThat(roles()).containsExactly("user");
    assertThat(roles()).containsExactly("user");
    assertThat(directory.questions).hasSize(1);
  }

  @Test
  void preloadedKeysHaveTheirOwnersLoadedTogether() throws Exception {
    List<KeyHash> hashes =
        IntStream.range(0, 200)
            .mapToObj(
                i -> {
                  directory.users.put("user" + i / 2, Set.of("user"));
                  StoredKey one = Keys.of("user" + i / 2, NOW, NOW.plus(Duration.ofDays(1)));
                  store.add(one, 2, false, BY);
                  return one.hash();
                })
            .toList();
    authenticator = authenticator(1_000);
    authenticator.preload(hashes);
    awaitQuestions(1);
    assertThat(directory.questions).hasSize(1).allSatisfy(asked -> assertThat(asked).hasSize(100));
    for (KeyHash hash : hashes) {
      assertThat(authenticator.authenticate(hash, FROM)).isInstanceOf(Granted.class);
    }
    assertThat(directory.questions).hasSize(1);
  }
}
