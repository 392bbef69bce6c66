package dev.latchkey.internal.servlet;

import dev.latchkey.ApiKeys;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.settings.Environment;
import dev.latchkey.internal.settings.Given;
import dev.latchkey.internal.settings.GivenSettings;
import jakarta.servlet.ServletContext;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One holder's share in the {@link ApiKeys} of its application. The first holder, filter or
 * servlet, opens it by the settings of the process's environment and, below them, of the deployment
 * descriptor, and publishes it as the context's attribute {@link ApiKeys#ATTRIBUTE}; the last one
 * to close its share closes it. One that the application itself has published is used instead, and
 * never closed.
 *
 * <p>Thread-safe.
 */
public final class SharedApiKeys implements AutoCloseable {
  private final ApiKeys apiKeys;
  private final @Nullable Application application; // null if ours is not to close
  private final AtomicBoolean closed = new AtomicBoolean();

  private SharedApiKeys(ApiKeys apiKeys, @Nullable Application application) {
    this.apiKeys = apiKeys;
    this.application = application;
  }

  /**
   * Takes a share.
   *
   * @throws IllegalArgumentException naming the setting that is wrong
   * @throws StoreException if the store cannot be reached and {@code startWithoutStore} is not set
   */
  public static SharedApiKeys of(ServletContext context) {
    return of(context, Map.of(), Environment::ofProcess);
  }

  /**
   * Takes a share for a filter.
   *
   * @param own the settings of the application that the filter's init-params hold
   * @param environment what goes before those of the descriptor
   * @throws IllegalArgumentException naming the setting that is wrong
   * @throws StoreException if the store cannot be reached and {@code startWithoutStore} is not set
   */
  public static SharedApiKeys of(
      ServletContext context, Map<String, Given> own, Supplier<Environment> environment) {
    Application application = Application.enter(context);
    boolean shared = false;
    try {
      SharedApiKeys share = application.share(own, environment);
      shared = share.application != null;
      return share;
    } finally {
      if (!shared) {
        application.leave();
      }
    }
  }

  /** Returns what is shared. */
  public ApiKeys apiKeys() {
    return apiKeys;
  }

  /** Gives the share back. Closing twice does no harm. */
  @Override
  public void close() {
    if (application != null && closed.compareAndSet(false, true)) {
      application.leave();
    }
  }

  /** What the holders of one application share; there as long as there is a holder. */
  private static final class Application {
    private static final String ATTRIBUTE = SharedApiKeys.class.getName();

    private final ServletContext context;
    private int holders; // guarded by the class
    private @Nullable ApiKeys opened; // guarded by this
    private Map<String, Given> openedBy = Map.of(); // guarded by this

    private Application(ServletContext context) {
      this.context = context;
    }

    /**
     * Counts a holder in. The lock is common to all applications that load this class from one
     * place, since a context may have several facades; so nothing that takes time happens under it.
     */
    static Application enter(ServletContext context) {
      synchronized (Application.class) {
        Application application;
        if (context.getAttribute(ATTRIBUTE) instanceof Application present) {
          application = present;
        } else {
          application = new Application(context);
          context.setAttribute(ATTRIBUTE, application);
        }
        application.holders++;
        return application;
      }
    }

    /** Finds or opens what is to be shared; others who come meanwhile wait. */
    synchronized SharedApiKeys share(Map<String, Given> own, Supplier<Environment> environment) {
      Object published = context.getAttribute(ApiKeys.ATTRIBUTE);
      if (published instanceof ApiKeys itsOwn && itsOwn != opened) {
        InitParams.refuse(own);
        return new SharedApiKeys(itsOwn, null);
      }
      if (opened == null) {
        openedBy = InitParams.applicationSettings(context, own);
        opened = ApiKeys.open(config(openedBy, environment.get()));
        context.setAttribute(ApiKeys.ATTRIBUTE, opened);
      } else {
        own.forEach(this::checkOpenedBy);
      }
      return new SharedApiKeys(opened, this);
    }

    private ApiKeysConfig config(Map<String, Given> descriptor, Environment environment) {
      ApiKeysConfig.Builder builder = ApiKeysConfig.builder();
      environment
          .settings(InitParams.environmentPrefix(context))
          .over(GivenSettings.of(descriptor))
          .forEach((setting, given) -> builder.set(setting.name(), given.text(), given.origin()));
      return builder.build();
    }

    private void checkOpenedBy(String name, Given given) {
      Given known = openedBy.get(name);
      if (known == null || !known.text().equals(given.text())) {
        // If it is wrong in itself, that is what is told.
        ApiKeysConfig.builder().set(name, given.text(), given.origin());
        throw new IllegalArgumentException(
            name
                + " was not known when another filter or servlet opened the ApiKeys: set it as"
                + " context-param latchkey."
                + name);
      }
    }

    /** Counts a holder out. One that comes while the last one closes waits, and opens again. */
    synchronized void leave() {
      try {
        if (isLast()) {
          close();
        }
      } finally {
        synchronized (Application.class) {
          holders--;
          if (holders == 0) {
            context.removeAttribute(ATTRIBUTE);
          }
        }
      }
    }

    private boolean isLast() {
      synchronized (Application.class) {
        return holders == 1;
      }
    }

    private void close() {
      ApiKeys closing = opened;
      opened = null;
      if (closing != null) {
        if (context.getAttribute(ApiKeys.ATTRIBUTE) == closing) {
          context.removeAttribute(ApiKeys.ATTRIBUTE);
        }
        closing.close();
      }
    }
  }
}
