package dev.latchkey.container;

import java.net.URL;
import org.jspecify.annotations.Nullable;

/**
 * What applications share in a server that was installed: the JDK, the Servlet API and the
 * container. The class path of the tests holds the application's libraries too.
 */
final class SharedClasses extends ClassLoader {
  SharedClasses() {
    super(ClassLoader.getPlatformClassLoader());
  }

  private static boolean isShared(String name) {
    return name.matches("(jakarta|org.apache|org.eclipse.jetty)[./].*");
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (!isShared(name)) {
      throw new ClassNotFoundException(name);
    }
    return getSystemClassLoader().loadClass(name);
  }

  @Override
  protected @Nullable URL findResource(String name) {
    return isShared(name) ? getSystemClassLoader().getResource(name) : null;
  }
}
