package dev.latchkey.spring;

import dev.latchkey.ApiKeysConfig;
import dev.latchkey.auth.OwnerDirectory;
import dev.latchkey.auth.OwnerRoles;
import org.jspecify.annotations.Nullable;

/**
 * Who may use keys, and with which roles, as far as beans of the application tell it.
 *
 * @param users where the users are; null if everybody may
 * @param roles who tells roles; null if the users have them
 */
record Rights(@Nullable OwnerDirectory users, @Nullable OwnerRoles roles) {
  static final Rights NOT_TOLD = new Rights(null, null);

  /** Returns whether the roles are authorities of Spring Security. */
  boolean areAuthorities() {
    return users instanceof UserDetailsDirectory && roles == null;
  }

  void addTo(ApiKeysConfig.Builder config) {
    if (users != null) {
      config.ownerDirectory(users);
    }
    if (roles != null) {
      config.ownerRoles(roles);
    }
  }
}
