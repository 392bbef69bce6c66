/**
 * The interface of the store, and the values that cross it. It does not say how rows are kept.
 *
 * <p>Every method is one atomic step, for all nodes. Implementations are thread-safe and pass
 * {@code ApiKeyStoreContract}, as the in-memory store of the tests does. Values are immutable.
 *
 * <p>Every method throws {@link dev.latchkey.auth.StoreException} if the store does not answer; a
 * change may then have happened or not.
 */
@NullMarked
package dev.latchkey.internal.store;

import org.jspecify.annotations.NullMarked;
