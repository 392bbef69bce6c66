package dev.latchkey.container;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.glassfish.jersey.server.ResourceConfig;

/** Resources whose paths a JAX-RS implementation matches, from the request's URI. */
final class JaxRsApplication extends ResourceConfig {
  JaxRsApplication() {
    register(new Orders());
    register(new Open());
  }

  /** What a key for the other must not reach. */
  @Path("orders")
  public static final class Orders {
    /** Tells its name. */
    @GET
    public String all() {
      return "orders";
    }

    /** Tells its name. */
    @GET
    @Path("{rest: .+}")
    public String one(@PathParam("rest") String rest) {
      return "orders";
    }
  }

  /** What a limited key may reach. */
  @Path("open")
  public static final class Open {
    /** Tells its name. */
    @GET
    public String all() {
      return "open";
    }

    /** Tells its name. */
    @GET
    @Path("{id}")
    public String one(@PathParam("id") String id) {
      return "open";
    }
  }
}
