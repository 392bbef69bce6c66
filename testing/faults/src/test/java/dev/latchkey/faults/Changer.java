package dev.latchkey.faults;

import dev.latchkey.test.Answer;
import dev.latchkey.test.caller.Client;
import java.util.concurrent.atomic.AtomicInteger;

/** A user who adds, edits, reissues and deletes keys as fast as it goes, until the node is gone. */
final class Changer implements Runnable {
  private final Client user;
  private final AtomicInteger answered;
  private final Thread thread = new Thread(this, "changer");
  private volatile boolean cutOff;
  private volatile AssertionError refused;

  private Changer(Client user, AtomicInteger answered) {
    this.user = user;
    this.answered = answered;
  }

  static Changer start(Client user, AtomicInteger answered) {
    Changer changer = new Changer(user, answered);
    changer.thread.start();
    return changer;
  }

  @Override
  public void run() {
    try {
      while (true) {
        String tag = change("POST", "api-keys", "{\"description\":\"new\"}").get("tag");
        change("PATCH", "api-keys/" + tag, "{\"description\":\"edited\"}");
        String next = change("POST", "api-keys/" + tag + "/reissue", "{}").get("tag");
        change("POST", "api-keys/" + next + "/reissue", "{\"graceSeconds\":3600}");
        change("DELETE", "api-keys/" + next, null);
        change("POST", "api-keys", "{\"description\":\"stays\"}");
      }
    } catch (AssertionError e) {
      refused = e;
    } catch (RuntimeException e) {
      cutOff = true;
    }
  }

  private Answer change(String method, String path, String body) {
    Answer answer = body == null ? user.send(method, path, null) : user.json(method, path, body);
    if (answer.status() >= 300) {
      throw new AssertionError(method + " " + path + " answered " + answer.text());
    }
    answered.incrementAndGet();
    return answer;
  }

  /** Waits for the end; tells if a change was without an answer then. */
  boolean end() throws InterruptedException {
    thread.join();
    if (refused != null) {
      throw refused;
    }
    return cutOff;
  }
}
