package dev.latchkey.test;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.security.Principal;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The login of an application under test: the header field {@value #HEADER} says who it is, and
 * {@value #ROLES}, separated by blanks, in which roles.
 */
public final class HeaderLogin implements Filter {
  /** The name of the header field. */
  public static final String HEADER = "X-User";

  /** The name of the header field with the roles. */
  public static final String ROLES = "X-Roles";

  /** Stands for a principal without a name, such as some logins make. */
  public static final String NULL = "(null)";

  private final Function<HttpServletRequest, @Nullable String> user;

  /** Goes by the header field. */
  public HeaderLogin() {
    this(request -> request.getHeader(HEADER));
  }

  /**
   * Goes by what a test says.
   *
   * @param user returns null for nobody in particular
   */
  public HeaderLogin(Function<HttpServletRequest, @Nullable String> user) {
    this.user = user;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String name = user.apply((HttpServletRequest) request);
    chain.doFilter(name == null ? request : as(name, (HttpServletRequest) request), response);
  }

  private static HttpServletRequest as(String user, HttpServletRequest request) {
    return new HttpServletRequestWrapper(request) {
      @Override
      public Principal getUserPrincipal() {
        return () -> user.equals(NULL) ? null : user;
      }

      @Override
      public boolean isUserInRole(String role) {
        String roles = request.getHeader(ROLES);
        return roles != null && List.of(roles.split(" ")).contains(role);
      }
    };
  }
}
