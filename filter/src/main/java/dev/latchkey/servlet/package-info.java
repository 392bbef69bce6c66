/**
 * The servlet filter: it reads the key from the request, authenticates it, and either passes the
 * request on with the owner as its user or answers 400, 401 or 503.
 *
 * <pre>{@code
 * new ApiKeyFilter(apiKeys).register(servletContext, "api-keys", "/api/*");
 * }</pre>
 *
 * <p>Each request is authenticated once; forwards, includes and async dispatches reuse the
 * decision. The filter is thread-safe. A wrong setting stops the start with its name. At run time
 * the filter throws nothing of its own: a bad key is 401, an outage 503, and neither reaches the
 * application.
 */
@NullMarked
package dev.latchkey.servlet;

import org.jspecify.annotations.NullMarked;
