package dev.latchkey.example.saml;

import dev.latchkey.ApiKeys;
import dev.latchkey.example.DemoUsers;
import dev.latchkey.example.Logins;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.function.Supplier;

/** Logins with SAML besides those of the form. */
final class SamlLogins implements Logins {
  private final SamlOptions options;

  SamlLogins(SamlOptions options) {
    this.options = options;
  }

  /**
   * Returns the end of a login with SAML: keys of that user end with it. This is all that Latchkey
   * knows of SAML.
   */
  @Override
  public Optional<Instant> endsAt(HttpServletRequest request) {
    return request.getUserPrincipal() instanceof SamlLogin login
        ? Optional.of(login.endsAt())
        : Optional.empty();
  }

  @Override
  public String link() {
    return "<a class=\"button\" href=\"%s/login?return={return}\">Log in with SAML</a>"
        .formatted(SamlServlet.PATH);
  }

  @Override
  public ServletContainerInitializer servlets(ApiKeys apiKeys, URI base) {
    Supplier<Instant> now = apiKeys.service()::now;
    SamlServlet servlet = new SamlServlet(options, base, now);
    SamlFilter filter = new SamlFilter(now, DemoUsers::isInRole);
    return (classes, servlets) -> {
      FilterRegistration.Dynamic everywhere = servlets.addFilter("saml", filter);
      everywhere.setAsyncSupported(true);
      everywhere.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
      servlets.addServlet("saml", servlet).addMapping(SamlServlet.PATH + "/*");
    };
  }
}
