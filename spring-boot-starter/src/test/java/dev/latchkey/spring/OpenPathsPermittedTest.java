package dev.latchkey.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.latchkey.admin.ApiKeyAdminServlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;

/** The rule that comes before those of a chain. */
class OpenPathsPermittedTest {
  private final AuthorizationManager<HttpServletRequest> denyAll =
      (authentication, request) -> new AuthorizationDecision(false);

  /** A request to a servlet of ours, or to another's. */
  private static HttpServletRequest request(String method, String servlet, String path) {
    ServletRegistration ours = mock(ServletRegistration.class);
    when(ours.getName()).thenReturn("keys");
    when(ours.getClassName()).thenReturn(ApiKeyAdminServlet.class.getName());
    ServletContext context = mock(ServletContext.class);
    when(context.getServletRegistrations()).thenAnswer(call -> Map.of("keys", ours));
    HttpServletMapping mapping = mock(HttpServletMapping.class);
    when(mapping.getServletName()).thenReturn(servlet);
    HttpServletRequest request = mock(HttpServletRequest.class);
    when(request.getMethod()).thenReturn(method);
    when(request.getPathInfo()).thenReturn(path);
    when(request.getHttpServletMapping()).thenReturn(mapping);
    when(request.getServletContext()).thenReturn(context);
    return request;
  }

  /** Spring Security 6 has one method for it, and 7 another. */
  @SuppressWarnings("deprecation")
  @ParameterizedTest
  @CsvSource({
    "GET, keys, /api-key-menu.js, true",
    "GET, keys, /api-key-list.js, true",
    "GET, keys, /api-key-administration.js, true",
    "HEAD, keys, /assets/page.css, true",
    "GET, keys, /assets/words/en.js, true",
    "GET, keys, /openapi.yaml, true",
    "POST, keys, /revoke, true",
    "POST, keys, /api-key-menu.js, false",
    "POST, keys, /assets/page.css, false",
    "GET, keys, /assets, false",
    "GET, keys, /admin/assets/page.css, false",
    "GET, other, /assets/page.css, false",
    "GET, keys, /revoke, false",
    "GET, keys, /tag, false",
    "GET, keys, , false",
    "GET, other, /api-key-menu.js, false",
    "POST, other, /revoke, false"
  })
  void whatTheServletHasForEverybodyPasses(
      String method, String servlet, String path, boolean passes) {
    AuthorizationManager<HttpServletRequest> manager =
        new OpenPathsPermitted(new SecurityRules()).postProcess(denyAll);
    HttpServletRequest request = request(method, servlet, path);
    assertThat(manager.check(() -> null, request).isGranted()).isEqualTo(passes);
    assertThat(manager.authorize(() -> null, request).isGranted()).isEqualTo(passes);
  }
}
