package dev.latchkey.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.Set;

/**
 * Knows the mapping of a filter, for where the container does not go by it: Tomcat chooses the
 * filters for what an error page forwards to by the path of the page, and calls that dispatch
 * ERROR.
 */
final class Mapping {
  private static final String TOMCAT = "org.apache.catalina.core.ApplicationContextFacade";
  private static final Mapping EVERYTHING = new Mapping(Set.of("/*"), Set.of());

  private final Set<String> urlPatterns;
  private final Set<String> servletNames;

  private Mapping(Set<String> urlPatterns, Set<String> servletNames) {
    this.urlPatterns = urlPatterns;
    this.servletNames = servletNames;
  }

  /**
   * Finds a filter's mapping. In Tomcat, all error pages come to the filter from now on, so that it
   * sees what they forward to.
   */
  static Mapping of(FilterConfig config) {
    ServletContext context = config.getServletContext();
    if (!context.getClass().getName().equals(TOMCAT)) {
      return EVERYTHING;
    }
    FilterRegistration registration = context.getFilterRegistration(config.getFilterName());
    if (registration == null) {
      return EVERYTHING;
    }
    Mapping mapping =
        new Mapping(
            Set.copyOf(registration.getUrlPatternMappings()),
            Set.copyOf(registration.getServletNameMappings()));
    registration.addMappingForServletNames(EnumSet.of(DispatcherType.ERROR), true, "*");
    return mapping;
  }

  /**
   * Returns whether the target of a dispatch inside an error page lies in it. A dispatch by name
   * keeps the path of the page, and does not tell the name; then any servlet may be meant.
   */
  boolean covers(HttpServletRequest request, String page) {
    String path = DispatchPath.of(request);
    if (urlPatterns.stream().anyMatch(pattern -> matches(pattern, path))) {
      return true;
    }
    return !servletNames.isEmpty() && (path.equals(page) || isForOneOf(servletNames, request));
  }

  private static boolean isForOneOf(Set<String> servletNames, HttpServletRequest request) {
    HttpServletMapping mapping = request.getHttpServletMapping();
    return mapping == null
        || mapping.getServletName() == null
        || servletNames.contains(mapping.getServletName());
  }

  /** Servlet specification section 12.2. */
  private static boolean matches(String pattern, String path) {
    if (pattern.endsWith("/*")) {
      return (path + "/").startsWith(pattern.substring(0, pattern.length() - 1));
    }
    return pattern.startsWith("*.") ? path.endsWith(pattern.substring(1)) : path.equals(pattern);
  }
}
