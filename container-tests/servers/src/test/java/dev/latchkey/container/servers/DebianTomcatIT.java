package dev.latchkey.container.servers;

import java.nio.file.Files;
import java.nio.file.Path;
import org.opentest4j.TestAbortedException;

/** Tomcat as Debian packs it, where it is installed. */
class DebianTomcatIT extends TomcatIT {
  @Override
  Path home() {
    return Path.of("/usr/share/tomcat10");
  }

  @Override
  Path conf() {
    Path conf = Path.of("/etc/tomcat10");
    if (!Files.isDirectory(conf)) {
      throw new TestAbortedException("Skipped: there is no " + conf);
    }
    return conf;
  }
}
