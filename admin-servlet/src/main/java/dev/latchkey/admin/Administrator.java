package dev.latchkey.admin;

import dev.latchkey.internal.http.ProblemType;
import dev.latchkey.manage.Actor;
import dev.latchkey.manage.KeyOperationException;
import dev.latchkey.manage.KeyOperationException.Reason;
import dev.latchkey.manage.KeyOwner;
import org.jspecify.annotations.Nullable;

/**
 * An administrator with what they may do in this request.
 *
 * @param login who they are, and what bounds their own keys
 * @param isIssuer whether they may have the secrets of others' keys, and widen these
 */
record Administrator(KeyOwner login, boolean isIssuer) {

  /** Returns who acts, and why if they say so. */
  Actor actor(@Nullable String reason) {
    Actor named = Actor.administrator(login.name());
    Actor placed = login.address().map(named::withAddress).orElse(named);
    return reason == null ? placed : placed.withReason(reason);
  }

  boolean isSelf(String owner) {
    return login.name().equals(owner);
  }

  /** Returns whether they may give a key of an owner more rights than it has. */
  boolean mayWiden(String owner) {
    return isIssuer || isSelf(owner);
  }

  /** Checks that they may get the secret of a new key of an owner. */
  void checkMayMake(String owner) {
    checkMayChooseExpiry(owner);
    if (!mayWiden(owner)) {
      throw notIssuer();
    }
  }

  /** Checks that a session does not set the expiry, which an administrator's call would evade. */
  void checkMayChooseExpiry(String owner) {
    if (isSelf(owner) && login.loginEndsAt().isPresent()) {
      throw new KeyOperationException(Reason.EXPIRY_SET_BY_SESSION);
    }
  }

  /** Checks that they may make an owner a service, which counts though nobody knows it. */
  void checkMayMakeServices() {
    if (!isIssuer) {
      throw notIssuer();
    }
  }

  private static ProblemException notIssuer() {
    return new ProblemException(
        ProblemType.NOT_ISSUER,
        "Only issuers of API keys may add or reissue another's key, or make a service.");
  }
}
