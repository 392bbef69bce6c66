package dev.latchkey.example;

import dev.latchkey.ApiKeys;
import dev.latchkey.admin.LoginSession;
import jakarta.servlet.ServletContainerInitializer;
import java.net.URI;
import java.util.Optional;

/**
 * How long logins last and, where there is another way to log in than the form, what it needs. The
 * module {@code example-saml} has one.
 */
@FunctionalInterface
public interface Logins extends LoginSession {
  /** The form alone; its logins have no end of their own. */
  Logins FORM_ONLY = request -> Optional.empty();

  /** Returns the link to the other way, as HTML for the login page. */
  default String link() {
    return "";
  }

  /**
   * Returns what registers filters and servlets of the other way, before those of the example.
   *
   * @param base where the example is reached
   * @throws IllegalArgumentException naming the option that is wrong
   */
  default ServletContainerInitializer servlets(ApiKeys apiKeys, URI base) {
    return (classes, servlets) -> {};
  }
}
