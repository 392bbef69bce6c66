package dev.latchkey.example;

import org.jspecify.annotations.Nullable;

/** Starts the example and runs until it is told to end. */
public final class ExampleApp {
  private static final int WRONG_USE = 2;
  private static final int CANNOT_START = 1;

  private ExampleApp() {}

  /** Runs the example; {@code --help} tells how. */
  public static void main(String[] args) throws InterruptedException {
    run(args, Addition.NONE);
  }

  /** Runs the example with an addition. */
  public static void run(String[] args, Addition addition) throws InterruptedException {
    ExampleOptions options;
    ExampleServer server;
    try {
      options = ExampleOptions.of(args, System.getenv(), addition);
      if (options.help() || options.version()) {
        System.out.println(
            options.help() ? ExampleOptions.usage(addition) : "latchkey-example " + Version.read());
        return;
      }
      server = ExampleServer.start(options, addition.logins().get());
    } catch (IllegalArgumentException e) {
      complain(e.getMessage());
      System.exit(WRONG_USE);
      return;
    } catch (ExampleServer.StartException e) {
      complain(e.getMessage());
      System.exit(CANNOT_START);
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "latchkey-example-stop"));
    System.out.println(
        "Latchkey example %2$s on %3$s: %1$s (demo users alice/alice, bob/bob, admin/admin); with a key: curl -H 'Authorization: Bearer <key>' %1$sapi/whoami"
            .formatted(
                server.uri(),
                Version.read(),
                server.database().orElse("a database that cannot be reached yet")));
    server.join();
  }

  private static void complain(@Nullable String message) {
    System.err.println("latchkey-example: " + message);
  }
}
