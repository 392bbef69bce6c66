package dev.latchkey.container;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.AccessLogValve;

class AccessLogTest extends AccessLogContract {
  @Override
  String name() {
    return "Tomcat";
  }

  @Override
  LoggingContainer start(String pattern) throws Exception {
    Tomcat tomcat = new Tomcat();
    Path folder = Files.createTempDirectory("tomcat");
    tomcat.setBaseDir(folder.toString());
    tomcat.setHostname("127.0.0.1");
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("", null);
    context.addServletContainerInitializer(
        (classes, servletContext) -> application(servletContext), Set.of());
    AccessLogValve log = new AccessLogValve();
    log.setPattern(pattern);
    log.setDirectory(folder.toString());
    log.setPrefix("access");
    log.setSuffix("");
    log.setRotatable(false);
    log.setBuffered(false);
    context.getPipeline().addValve(log);
    tomcat.start();
    return new LoggingTomcat(tomcat, folder.resolve("access"));
  }

  private record LoggingTomcat(Tomcat tomcat, Path log) implements LoggingContainer {
    @Override
    public URI uri() {
      return URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/");
    }

    @Override
    public List<String> lines() throws IOException {
      return Files.readAllLines(log);
    }

    @Override
    public void close() {
      try {
        tomcat.stop();
        tomcat.destroy();
      } catch (LifecycleException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
