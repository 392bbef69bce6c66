/**
 * Management of keys: what the servlet does for a logged-in user, an application can do in code.
 *
 * <pre>{@code
 * KeyOwner alice = KeyOwner.of("alice");
 * IssuedKey issued = apiKeys.service().add(alice, KeyRequest.create().withDescription("nightly export").withValidity(Validity.ofDays(30)));
 * show(issued.secret().reveal()); // once
 * }</pre>
 *
 * <p>The service is thread-safe, values are immutable. Only adding and reissuing return the secret
 * of a key, once. A change is committed before its method returns, and this node honours it from
 * then on; other nodes follow within about {@code feedInterval}.
 *
 * <p>Methods throw {@link dev.latchkey.manage.InvalidValueException} for a bad value, another
 * exception of this package if the state of the keys or of the login does not allow the operation,
 * and {@link dev.latchkey.auth.StoreException} if the store does not answer.
 */
@NullMarked
package dev.latchkey.manage;

import org.jspecify.annotations.NullMarked;
