package dev.latchkey.container;

import jakarta.servlet.ServletContext;
import java.net.URI;
import java.nio.file.Files;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;

class TomcatTest extends ContainerContract {
  @Override
  protected Container container() {
    return new TomcatContainer();
  }

  private static final class TomcatContainer implements Container {
    private final Tomcat tomcat = new Tomcat();

    @Override
    public URI start(String errorPage, Consumer<ServletContext> application) throws Exception {
      tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
      tomcat.setHostname("127.0.0.1");
      tomcat.setPort(0);
      tomcat.getConnector().setProperty("address", "127.0.0.1");
      Context context = tomcat.addContext("", null);
      ErrorPage page = new ErrorPage();
      page.setLocation(errorPage);
      page.setErrorCode(418);
      context.addErrorPage(page);
      context.addServletContainerInitializer(
          (classes, servletContext) -> application.accept(servletContext), Set.of());
      tomcat.start();
      if (context.getState() != LifecycleState.STARTED) {
        throw new IllegalStateException("the application did not start");
      }
      return URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/");
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
