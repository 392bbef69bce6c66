/**
 * The companion servlet: logged-in users manage their own keys, over REST and on a page, and
 * administrators anybody's, over REST.
 *
 * <pre>{@code
 * servletContext
 *     .addServlet("own-api-key", new ApiKeyAdminServlet(apiKeys))
 *     .addMapping("/api-keys/*");
 * }</pre>
 *
 * <p>The servlet acts for the user whom the container has authenticated, and for a name in the
 * request only if that user is in the role of administrators. It rejects requests that carry an API
 * key, and changes that come from another site; anybody who holds a key may revoke it. It is
 * thread-safe; implementations of {@link dev.latchkey.admin.LoginSession} must be. A wrong setting
 * stops the start with its name; every rejected request gets a problem (RFC 9457), an outage 503.
 */
@NullMarked
package dev.latchkey.admin;

import org.jspecify.annotations.NullMarked;
