package dev.latchkey.admin;

import dev.latchkey.internal.http.ProblemType;
import dev.latchkey.manage.KeyOperationException.Reason;

/** Says why the state of keys does not allow something, to their owner or to an administrator. */
final class Refusals {
  private Refusals() {}

  static ProblemException of(Reason reason, boolean isAdministrative) {
    return new ProblemException(
        type(reason), isAdministrative ? toAdministrator(reason) : toOwner(reason));
  }

  private static ProblemType type(Reason reason) {
    return switch (reason) {
      case NO_SUCH_KEY -> ProblemType.NO_SUCH_KEY;
      case KEY_LIMIT_REACHED -> ProblemType.KEY_LIMIT_REACHED;
      case EXPIRED_KEY_EXISTS -> ProblemType.EXPIRED_KEY_EXISTS;
      case KEY_EXPIRED -> ProblemType.KEY_EXPIRED;
      case EXPIRY_SET_BY_SESSION -> ProblemType.EXPIRY_SET_BY_SESSION;
      case SESSION_ENDED -> ProblemType.NOT_LOGGED_IN;
      case OWNER_DISABLED -> ProblemType.OWNER_DISABLED;
      case WIDER_THAN_BEFORE -> ProblemType.NOT_ISSUER;
    };
  }

  private static String toOwner(Reason reason) {
    return switch (reason) {
      case NO_SUCH_KEY -> "You have no API key with this tag.";
      case KEY_LIMIT_REACHED ->
          "You have as many API keys as you may have. Delete or reissue one of them.";
      case EXPIRED_KEY_EXISTS ->
          "Your API key has expired. Delete or reissue it before you add a new one.";
      case EXPIRY_SET_BY_SESSION -> "The expiration of your API key is set by your login session.";
      case OWNER_DISABLED ->
          "You may not use API keys at present. Ask the people who run this application.";
      case KEY_EXPIRED, SESSION_ENDED, WIDER_THAN_BEFORE -> toAnybody(reason);
    };
  }

  private static String toAdministrator(Reason reason) {
    return switch (reason) {
      case NO_SUCH_KEY -> "There is no API key with this tag, or it has been reissued.";
      case KEY_LIMIT_REACHED ->
          "The owner has as many API keys as an owner may have. Delete or reissue one of them.";
      case EXPIRED_KEY_EXISTS ->
          "The owner's API key has expired. Delete or reissue it before you add a new one.";
      case EXPIRY_SET_BY_SESSION ->
          "The expiration of your own API keys is set by your login session.";
      case OWNER_DISABLED -> "The owner is disabled. Enable the owner first.";
      case KEY_EXPIRED, SESSION_ENDED, WIDER_THAN_BEFORE -> toAnybody(reason);
    };
  }

  private static String toAnybody(Reason reason) {
    return switch (reason) {
      case KEY_EXPIRED ->
          "This API key has expired, so its expiration cannot be changed. Reissue it.";
      case SESSION_ENDED -> "Your login session has ended. Log in again.";
      case WIDER_THAN_BEFORE ->
          "Only issuers of API keys may give another's key more scopes or a longer life.";
      default -> throw new IllegalArgumentException(reason.name()); // said differently to each
    };
  }
}
