package dev.latchkey.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.test.InLongForm;
import java.net.URI;
import java.nio.file.Path;
import org.eclipse.jetty.ee.webapp.WebAppClassLoader;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;

/** In the short form Tomcat stands for both. */
@InLongForm
class RedeployTest extends RedeployContract {
  @Override
  protected Redeployer container() {
    return new JettyRedeployer();
  }

  private static final class JettyRedeployer implements Redeployer {
    private final Server server = new Server();
    private final ContextHandlerCollection contexts = new ContextHandlerCollection();
    private ClassLoader shared;
    private WebAppContext context;

    @Override
    public URI start(ClassLoader shared) throws Exception {
      this.shared = shared;
      HttpConfiguration http = new HttpConfiguration();
      // An open connection remembers the application that it was last used for.
      http.setPersistentConnectionsEnabled(false);
      ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
      connector.setHost("127.0.0.1");
      server.addConnector(connector);
      server.setHandler(contexts);
      server.start();
      return URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/");
    }

    @Override
    public ClassLoader deploy(Path folder) throws Exception {
      context = new WebAppContext(folder.toString(), "/");
      context.setThrowUnavailableOnStartupException(true);
      context.setClassLoader(new WebAppClassLoader(shared, context));
      contexts.addHandler(context);
      context.start();
      assertThat(context.isAvailable()).isTrue();
      return context.getClassLoader();
    }

    @Override
    public void undeploy() throws Exception {
      context.stop();
      contexts.removeHandler(context);
      context.destroy();
      context = null;
    }

    @Override
    public void stop() throws Exception {
      server.stop();
    }
  }
}
