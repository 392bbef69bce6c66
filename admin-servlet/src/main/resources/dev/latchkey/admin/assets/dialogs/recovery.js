/**
 * Returns [text, action] of what helps after a problem, besides trying again.
 *
 * @param element may say, by login-page, where to log in
 * @param next showKeys() shows the keys as they are now; keep() keeps what was typed for the time
 *     after the login
 */
export function recovery(element, words, { type }, { showKeys, keep }) {
  switch (type) {
    case "not-logged-in": {
      const page = element.getAttribute("login-page");
      const logIn = () => {
        keep();
        page ? location.assign(page) : location.reload();
      };
      return [[words.text("recovery.login"), logIn]];
    }
    case "other-user":
      return [[words.text("recovery.reload"), () => location.reload()]];
    case "key-limit-reached":
    case "expired-key-exists":
    case "key-expired":
    case "expiry-set-by-session":
      return [[words.text("recovery.details"), showKeys]];
    default:
      return [];
  }
}
