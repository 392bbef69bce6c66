package dev.latchkey.spring;

import dev.latchkey.internal.path.PathPattern;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.util.StringUtils;

/**
 * Refuses paths that get round the filter of keys. The container maps filters by the path that it
 * has normalized, but Spring MVC matches controllers by the path as it was written: with {@code
 * /api/orders/../../x} the one sees {@code /x}, the other something below {@code /api/orders}. No
 * client sends such paths but to get round something; Spring Security's firewall, where it is in
 * force, refuses them, too.
 */
final class OddPathFilter implements Filter {
  private static final Pattern PARAMETERS = Pattern.compile(";[^/]*");
  private static final Pattern SLASHES = Pattern.compile("//+");

  private final List<PathPattern> guarded;

  /** Guards what filters of keys are mapped to. */
  OddPathFilter(List<PathPattern> guarded) {
    this.guarded = guarded;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request instanceof HttpServletRequest http && getsRound(http)) {
      HttpServletResponse refusal = (HttpServletResponse) response;
      refusal.setHeader("Cache-Control", "no-store");
      refusal.setStatus(HttpServletResponse.SC_BAD_REQUEST);
      refusal.setContentLength(0);
    } else {
      chain.doFilter(request, response);
    }
  }

  private boolean getsRound(HttpServletRequest request) {
    String uri = request.getRequestURI().substring(request.getContextPath().length());
    String info = request.getPathInfo();
    String mapped = info == null ? request.getServletPath() : request.getServletPath() + info;
    return !uri.equals(mapped)
        && PathPattern.anyCovers(guarded, asWritten(uri))
        && !PathPattern.anyCovers(guarded, mapped);
  }

  /** Returns a path as Spring MVC reads it: its dot segments are segments like others. */
  private static String asWritten(String uri) {
    String plain = PARAMETERS.matcher(uri).replaceAll("");
    return SLASHES.matcher(decoded(plain)).replaceAll("/");
  }

  private static String decoded(String path) {
    try {
      return StringUtils.uriDecode(path, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) { // which no controller is found by
      return path;
    }
  }
}
