package dev.latchkey.container;

import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Set;
import java.util.function.Consumer;

/** Undertow as it comes: it starts a filter with the first request that comes to it. */
class UndertowTest extends ContainerContract {
  @Override
  protected Container container() {
    return new UndertowContainer(false);
  }

  static final class UndertowContainer implements Container {
    private final boolean eager;
    private Undertow undertow;
    private DeploymentManager deployment;

    UndertowContainer(boolean eager) {
      this.eager = eager;
    }

    @Override
    public URI start(String errorPage, Consumer<ServletContext> application) throws Exception {
      ServletContainerInitializer initializer =
          (classes, servletContext) -> application.accept(servletContext);
      DeploymentInfo info =
          Servlets.deployment()
              .setClassLoader(UndertowTest.class.getClassLoader())
              .setContextPath("/")
              .setDeploymentName("test")
              .setEagerFilterInit(eager)
              .addErrorPage(Servlets.errorPage(errorPage, 418))
              .addServletContainerInitializer(
                  new ServletContainerInitializerInfo(
                      ServletContainerInitializer.class,
                      new ImmediateInstanceFactory<>(initializer),
                      Set.of()));
      deployment = Servlets.newContainer().addDeployment(info);
      deployment.deploy();
      undertow =
          Undertow.builder().addHttpListener(0, "127.0.0.1").setHandler(deployment.start()).build();
      undertow.start();
      InetSocketAddress address =
          (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
      return URI.create("http://127.0.0.1:" + address.getPort() + "/");
    }

    @Override
    public void close() {
      if (undertow != null) {
        undertow.stop();
      }
      if (deployment != null && deployment.getState() == DeploymentManager.State.STARTED) {
        try {
          deployment.stop();
        } catch (ServletException e) {
          throw new IllegalStateException(e);
        }
        deployment.undeploy();
      }
    }
  }
}

/** Undertow as it can be told to be: it starts all filters before it serves. */
class EagerUndertowTest extends ContainerContract {
  @Override
  protected Container container() {
    return new UndertowTest.UndertowContainer(true);
  }
}
