/**
 * The implementation of {@link dev.latchkey.manage}: limits, input validation, changes and
 * revocations.
 *
 * <p>Each change is committed by the store first, then invalidated in this node's cache, both
 * before the method returns. Knows nothing of HTTP, of SQL, and of how the cache works.
 *
 * <p>Thread-safe. Exceptions of the store pass through; after one the change may have happened or
 * not.
 */
@NullMarked
package dev.latchkey.internal.manage;

import org.jspecify.annotations.NullMarked;
