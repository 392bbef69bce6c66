package dev.latchkey.benchmark.hot;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.MappingMatch;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that costs next to nothing: one header, and attributes if anybody sets some. What a
 * subject asks for that is not here is an error, so that none is measured with an answer that no
 * container gives.
 */
final class StubRequest extends HttpServletRequestWrapper {
  private static final HttpServletRequest NOTHING_ELSE = Stubs.refusing(HttpServletRequest.class);
  private static final String AUTHORIZATION = "Authorization";
  private static final List<String> HEADERS = List.of(AUTHORIZATION);
  private static final String PATH = "/things/42";
  private static final HttpServletMapping DEFAULT_SERVLET =
      new Mapping("", "/", "default", MappingMatch.DEFAULT);

  /** Its accessors are the methods of the interface. */
  private record Mapping(
      String getMatchValue, String getPattern, String getServletName, MappingMatch getMappingMatch)
      implements HttpServletMapping {}

  private final String authorization;
  private @Nullable Map<String, Object> attributes;

  StubRequest(String authorization) {
    super(NOTHING_ELSE);
    this.authorization = authorization;
  }

  @Override
  public @Nullable String getHeader(String name) {
    return AUTHORIZATION.equalsIgnoreCase(name) ? authorization : null;
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    String value = getHeader(name);
    return value == null
        ? Collections.emptyEnumeration()
        : Collections.enumeration(Collections.singletonList(value));
  }

  @Override
  public @Nullable Object getAttribute(String name) {
    return attributes == null ? null : attributes.get(name);
  }

  @Override
  public void setAttribute(String name, @Nullable Object value) {
    if (attributes == null) {
      attributes = new HashMap<>();
    }
    attributes.put(name, value);
  }

  @Override
  public void removeAttribute(String name) {
    if (attributes != null) {
      attributes.remove(name);
    }
  }

  @Override
  public DispatcherType getDispatcherType() {
    return DispatcherType.REQUEST;
  }

  @Override
  public String getMethod() {
    return "GET";
  }

  @Override
  public String getProtocol() {
    return "HTTP/1.1";
  }

  @Override
  public long getContentLengthLong() {
    return -1;
  }

  @Override
  public String getRemoteAddr() {
    return "127.0.0.1";
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    return Collections.enumeration(HEADERS);
  }

  @Override
  public String getScheme() {
    return "http";
  }

  @Override
  public boolean isSecure() {
    return false;
  }

  @Override
  public String getServerName() {
    return "localhost";
  }

  @Override
  public int getServerPort() {
    return 8080;
  }

  @Override
  public String getRemoteHost() {
    return getRemoteAddr();
  }

  @Override
  public StringBuffer getRequestURL() {
    return new StringBuffer("http://localhost:8080").append(PATH);
  }

  @Override
  public String getRequestURI() {
    return PATH;
  }

  @Override
  public String getContextPath() {
    return "";
  }

  @Override
  public String getServletPath() {
    return PATH;
  }

  @Override
  public @Nullable String getPathInfo() {
    return null;
  }

  @Override
  public @Nullable String getQueryString() {
    return null;
  }

  @Override
  public HttpServletMapping getHttpServletMapping() {
    return DEFAULT_SERVLET;
  }

  @Override
  public @Nullable String getParameter(String name) {
    return null;
  }

  @Override
  public @Nullable String getRequestedSessionId() {
    return null;
  }

  /** There is none; to create one is an error. */
  @Override
  public @Nullable HttpSession getSession(boolean create) {
    return create ? super.getSession(true) : null;
  }
}
