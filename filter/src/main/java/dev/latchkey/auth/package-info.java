/**
 * Values of authentication: the owner of a key, the result of a check, the state of the change
 * feed, and the failure of the store.
 *
 * <p>In a request behind the filter, the principal tells the owner and the key:
 *
 * <pre>{@code
 * if (request.getUserPrincipal() instanceof ApiKeyPrincipal principal) {
 *   audit(principal.getName(), principal.keyTag()); // the tag is public, the key is not
 * }
 * }</pre>
 *
 * <p>All values are immutable and thread-safe, and contain no secret. Implementations of {@link
 * dev.latchkey.auth.OwnerRoles} and {@link dev.latchkey.auth.OwnerDirectory} must be thread-safe. A
 * key that is not valid is a result; only a store that does not answer is an exception, {@link
 * dev.latchkey.auth.StoreException}.
 */
@NullMarked
package dev.latchkey.auth;

import org.jspecify.annotations.NullMarked;
