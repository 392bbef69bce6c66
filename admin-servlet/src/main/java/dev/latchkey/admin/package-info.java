/**
 * The companion servlet: logged-in users manage their own keys, over REST and on a page.
 *
 * <pre>{@code
 * servletContext
 *     .addServlet("own-api-key", new ApiKeyAdminServlet(apiKeys))
 *     .addMapping("/api-keys/*");
 * }</pre>
 *
 * <p>The servlet acts for the user whom the container has authenticated, never for a name in the
 * request, and rejects requests that carry an API key or come from another site. It is thread-safe;
 * implementations of {@link dev.latchkey.admin.LoginSession} must be. A wrong setting stops the
 * start with its name; every rejected request gets a problem (RFC 9457), an outage 503.
 */
@NullMarked
package dev.latchkey.admin;

import org.jspecify.annotations.NullMarked;
