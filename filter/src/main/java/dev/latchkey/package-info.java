/**
 * The entry point: {@link dev.latchkey.ApiKeys} and its configuration.
 *
 * <p>An application has one {@code ApiKeys}. The filter authenticates with it, the servlet manages
 * keys with it, and the code that opened it closes it. In a {@code web.xml} application the first
 * filter or servlet opens it, and the last one closes it.
 *
 * <pre>{@code
 * try (ApiKeys apiKeys = ApiKeys.open(ApiKeysConfig.builder().jdbcUrl(url).build())) {
 *   apiKeys.ownerDisabled("alice"); // all keys of alice are rejected from now on
 * }
 * }</pre>
 *
 * <p>All classes are thread-safe, except for builders. A wrong setting is an {@link
 * IllegalArgumentException} that names it; a database that does not answer is a {@link
 * dev.latchkey.auth.StoreException}.
 */
@NullMarked
package dev.latchkey;

import org.jspecify.annotations.NullMarked;
