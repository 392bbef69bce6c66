/**
 * Authentication of key hashes: cache, batching loader, circuit breaker, change feed, last use.
 *
 * <p>{@link dev.latchkey.internal.auth.CachingAuthenticator} decides. {@code Liveness} alone says
 * what makes a key alive, {@code KeyCache} alone holds the order of an invalidation. Knows nothing
 * of HTTP and SQL.
 *
 * <p>All classes are thread-safe, except where they say so: the change feed is polled by one
 * thread. A failure of the store becomes the outcome "unavailable" for requests, and a warning,
 * once per outage; it is never cached, and never "no such key".
 */
@NullMarked
package dev.latchkey.internal.auth;

import org.jspecify.annotations.NullMarked;
