package dev.latchkey.servlet;

import dev.latchkey.FilterSettings;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Registration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The companion servlet as a filter sees it that is mapped over it: it decides by itself, and must
 * only be told who comes by a key. Nothing but {@code Bearer} and the key header is a key there,
 * since its users may log in by other schemes.
 */
final class Companion {
  private static final String CLASS_NAME = "dev.latchkey.admin.ApiKeyAdminServlet";

  private final ServletContext context;
  private final CredentialReader reader;
  private @Nullable Set<String> servletNames; // found once, by any thread: always the same

  Companion(ServletContext context, FilterSettings settings) {
    this.context = context;
    this.reader =
        new CredentialReader(settings.toBuilder().acceptBareKey(false).acceptBasic(false).build());
  }

  /** Returns whether a request is for it. Where there is none, that costs nothing. */
  boolean serves(HttpServletRequest request) {
    Set<String> names = servletNames;
    if (names == null) {
      names = findServlets();
      servletNames = names;
    }
    if (names.isEmpty() || request.getDispatcherType() != DispatcherType.REQUEST) {
      return false;
    }
    HttpServletMapping mapping = request.getHttpServletMapping();
    return mapping != null
        && mapping.getServletName() != null
        && names.contains(mapping.getServletName());
  }

  /** Looks for it with the first request: then all servlets are registered. */
  private Set<String> findServlets() {
    try {
      return context.getServletRegistrations().values().stream()
          .filter(servlet -> CLASS_NAME.equals(servlet.getClassName()))
          .map(Registration::getName)
          .collect(Collectors.toUnmodifiableSet());
    } catch (UnsupportedOperationException e) { // the context of a listener added in code
      return Set.of();
    }
  }

  CredentialReader reader() {
    return reader;
  }
}
