package dev.latchkey.example.saml;

import java.io.Serializable;
import java.security.Principal;
import java.time.Instant;

/**
 * A user whom the identity provider has logged in, kept in the session.
 *
 * @param name the NameID. Who trusts an identity provider trusts its names: they are owners of keys
 *     as the application's own user names are.
 * @param endsAt when the login ends
 */
record SamlLogin(String name, Instant endsAt) implements Principal, Serializable {
  static final String ATTRIBUTE = SamlLogin.class.getName();

  @Override
  public String getName() {
    return name;
  }
}
