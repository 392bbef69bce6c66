package dev.latchkey.container;

import java.net.URI;
import java.nio.file.Path;

/** A servlet container in this process that one application comes to and goes from. */
public interface Redeployer {
  /**
   * Starts it, without an application.
   *
   * @param shared what applications can load of this process
   * @return where the application will serve, with a slash at the end
   */
  URI start(ClassLoader shared) throws Exception;

  /**
   * Deploys an application.
   *
   * @param folder what a war holds
   * @return its class loader
   */
  ClassLoader deploy(Path folder) throws Exception;

  /** Takes the application out again. */
  void undeploy() throws Exception;

  /** Stops it. */
  void stop() throws Exception;
}
