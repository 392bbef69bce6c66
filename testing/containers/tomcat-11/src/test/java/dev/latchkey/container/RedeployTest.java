package dev.latchkey.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.loader.WebappClassLoaderBase;
import org.apache.catalina.startup.Constants;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;

class RedeployTest extends RedeployContract {
  @Override
  protected Redeployer container() {
    return new TomcatRedeployer();
  }

  private static final class TomcatRedeployer implements Redeployer {
    private final Tomcat tomcat = new Tomcat();
    private final LeakWarnings warnings = new LeakWarnings();
    private ClassLoader shared;
    private StandardContext context;

    @Override
    public URI start(ClassLoader shared) throws Exception {
      this.shared = shared;
      tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
      tomcat.setHostname("127.0.0.1");
      tomcat.setPort(0);
      tomcat.getConnector().setProperty("address", "127.0.0.1");
      tomcat.getEngine().setBackgroundProcessorDelay(-1); // its visits look like a leaked thread
      tomcat.start();
      return URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/");
    }

    @Override
    public ClassLoader deploy(Path folder) {
      context = new StandardContext();
      context.setPath("");
      context.setDocBase(folder.toString());
      context.setParentClassLoader(shared);
      context.setClearReferencesHttpClientKeepAliveThread(false); // without a word
      ContextConfig config = new ContextConfig();
      config.setDefaultWebXml(Constants.NoDefaultWebXml);
      context.addLifecycleListener(config);
      tomcat.getHost().addChild(context);
      assertThat(context.getState()).isEqualTo(LifecycleState.STARTED);
      return context.getLoader().getClassLoader();
    }

    @Override
    public void undeploy() {
      tomcat.getHost().removeChild(context);
      assertThat(context.getState()).isEqualTo(LifecycleState.DESTROYED);
      context = null;
      assertThat(warnings.messages).isEmpty();
    }

    @Override
    public void stop() throws Exception {
      warnings.end();
      tomcat.stop();
      tomcat.destroy();
    }
  }

  /** What Tomcat says of leaks, some of which it then mends. */
  private static final class LeakWarnings extends Handler {
    private final Logger logger = Logger.getLogger(WebappClassLoaderBase.class.getName());
    private final List<String> messages = new CopyOnWriteArrayList<>();

    LeakWarnings() {
      logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord message) {
      if (message.getLevel().intValue() >= Level.WARNING.intValue()) {
        messages.add(message.getMessage());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    void end() {
      logger.removeHandler(this);
    }
  }
}
