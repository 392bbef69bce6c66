/**
 * SAML 2.0 logins in front of the filter and the servlet, on top of the example application.
 *
 * <p>Keys expire with the SAML session, by a {@code LoginSession}. Servlets are thread-safe. A
 * response that is not valid in every respect is rejected with a page and a log line; wrong
 * metadata stop the start.
 */
@NullMarked
package dev.latchkey.example.saml;

import org.jspecify.annotations.NullMarked;
