package dev.latchkey.container.servers;

import dev.latchkey.test.InLongForm;
import dev.latchkey.test.Packages;
import java.nio.file.Path;

/** Tomcat as Debian packs it, where it is installed. */
@InLongForm
class DebianTomcatIT extends TomcatIT {
  @Override
  Path home() {
    return Path.of("/usr/share/tomcat10");
  }

  @Override
  Path conf() {
    Path conf = Path.of("/etc/tomcat10");
    Packages.demand(conf, "tomcat10");
    return conf;
  }

  @Override
  Path manager() {
    Path manager = Path.of("/usr/share/tomcat10-admin/manager");
    Packages.demand(manager, "tomcat10-admin");
    return manager;
  }
}
