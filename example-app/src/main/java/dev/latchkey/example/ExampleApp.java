package dev.latchkey.example;

/** Starts the example and runs until it is told to end. */
public final class ExampleApp {
  private static final int WRONG_USE = 2;
  private static final int CANNOT_START = 1;

  private ExampleApp() {}

  /** Runs the example; see {@link ExampleOptions#USAGE}. */
  public static void main(String[] args) throws InterruptedException {
    ExampleServer server;
    try {
      ExampleOptions options = ExampleOptions.of(args, System.getenv());
      if (options.help()) {
        System.out.println(ExampleOptions.USAGE);
        return;
      }
      server = ExampleServer.start(options);
    } catch (IllegalArgumentException e) {
      System.err.println("latchkey-example: " + e.getMessage());
      System.exit(WRONG_USE);
      return;
    } catch (ExampleServer.StartException e) {
      System.err.println("latchkey-example: " + e.getMessage());
      System.exit(CANNOT_START);
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "latchkey-example-stop"));
    System.out.println(
        "Latchkey example: %1$s (demo users alice/alice, bob/bob, admin/admin); with a key: curl -H 'Authorization: Bearer <key>' %1$sapi/whoami"
            .formatted(server.uri()));
    server.join();
  }
}
