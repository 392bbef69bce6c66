package dev.latchkey.test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A reverse proxy of the system's package, which ends with this JVM. */
public final class Nginx implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/nginx");

  private final Path folder;
  private final Process process;
  private final int port = FreePorts.choose();

  /**
   * Starts one; skips the tests where there is no nginx.
   *
   * @param folder where it puts its files
   * @param server what stands in its server block, beside where it listens
   */
  public Nginx(Path folder, String server) throws IOException, InterruptedException {
    Packages.demand(PROGRAM, "nginx");
    this.folder = folder;
    boolean isRoot = System.getProperty("user.name").equals("root");
    Path configuration =
        Files.writeString(
            folder.resolve("nginx.conf"),
            """
            %1$s
            daemon off;
            pid %2$s/pid;
            error_log %2$s/error.log;
            events {}
            http {
              access_log off;
              client_body_temp_path %2$s/body;
              proxy_temp_path %2$s/proxy;
              fastcgi_temp_path %2$s/fastcgi;
              uwsgi_temp_path %2$s/uwsgi;
              scgi_temp_path %2$s/scgi;
              server {
                listen 127.0.0.1:%3$d;
                %4$s
              }
            }
            """
                .formatted(isRoot ? "user root;" : "", folder, port, server));
    process =
        ChildProcesses.builder(
                List.of(
                    PROGRAM.toString(),
                    "-e",
                    folder + "/error.log",
                    "-c",
                    configuration.toString()))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out").toFile())
            .start();
    awaitPort();
  }

  private void awaitPort() throws IOException, InterruptedException {
    while (true) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return;
      } catch (IOException e) {
        if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
          throw new IllegalStateException(
              "nginx does not start: " + Files.readString(folder.resolve("out")), e);
        }
      }
    }
  }

  /** Where it listens, on 127.0.0.1. */
  public int port() {
    return port;
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
