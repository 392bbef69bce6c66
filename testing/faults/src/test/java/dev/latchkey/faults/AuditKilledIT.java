package dev.latchkey.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.test.DatabaseServer;
import dev.latchkey.test.LongForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The application is killed in the middle of changes, again and again: of each, the change and its
 * events are there or neither.
 */
class AuditKilledIT {
  private static final int KILLS = LongForm.choose(20, 5);
  private static final List<String> USERS = List.of("alice", "alice", "bob", "bob", "admin");
  private static final int CHANGES_BEFORE_A_KILL = 40;

  @EachServer(inShort = Server.MARIADB)
  void changeAndEventAreBothThereOrNeither(Server kind) throws Exception {
    Random random = new Random();
    int unanswered = 0;
    try (DatabaseServer server = kind.start()) {
      String database = server.newDatabase();
      try (Node node = Node.start(server.url(database), "maxKeysPerUser=1000")) {
        for (int kill = 0; kill < KILLS; kill++) {
          if (kill > 0) {
            node.restart();
          }
          AtomicInteger answered = new AtomicInteger();
          List<Changer> changers = new ArrayList<>();
          for (String user : USERS) {
            changers.add(Changer.start(node.loggedIn(user), answered));
          }
          int enough = CHANGES_BEFORE_A_KILL + random.nextInt(CHANGES_BEFORE_A_KILL);
          Waiting.until(() -> answered.get() >= enough, () -> "only " + answered + " changes");
          node.kill();
          for (Changer changer : changers) {
            unanswered += changer.end() ? 1 : 0;
          }
          Replay replay = Replay.of(server, database);
          assertThat(replay.ofEvents()).isEqualTo(replay.ofKeys());
          assertThat(replay.ofKeys()).hasSizeGreaterThan(kill);
        }
        Figures.print(
            kind + ": changes that " + KILLS + " kills left without an answer", unanswered);
        Replay all = Replay.of(server, database);
        Figures.print(kind + ": keys and events compared", all);
      }
    }
    assertThat(unanswered).isPositive();
  }
}
