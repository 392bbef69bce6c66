package dev.latchkey.internal.auth;

import dev.latchkey.auth.OwnerDirectory;
import dev.latchkey.auth.OwnerRoles;
import dev.latchkey.internal.settings.SettingValues;
import dev.latchkey.internal.settings.Settings;
import dev.latchkey.internal.store.OwnerQuery;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells whom to ask about owners. Components have the names of the settings.
 *
 * @param rolesQuery asks the application's tables for roles
 * @param ownerRoles tells roles in its place
 * @param ownerQuery asks the application's tables who may use keys
 * @param ownerDirectory tells who may use keys, in the place of {@code ownerQuery}; and roles,
 *     unless {@code ownerRoles} does
 * @param ownerTtl how old answers may be
 */
public record OwnerSettings(
    @Nullable OwnerQuery rolesQuery,
    @Nullable OwnerRoles ownerRoles,
    @Nullable OwnerQuery ownerQuery,
    @Nullable OwnerDirectory ownerDirectory,
    Duration ownerTtl) {
  /** The defaults: nobody is asked. */
  public static final OwnerSettings DEFAULT = of(new SettingValues(), null, null);

  /**
   * Checks the settings against each other.
   *
   * @throws IllegalArgumentException naming the settings that exclude each other
   */
  public OwnerSettings {
    if (rolesQuery != null && ownerRoles != null) {
      throw new IllegalArgumentException("rolesQuery and ownerRoles exclude each other");
    }
    if (ownerDirectory != null && (rolesQuery != null || ownerQuery != null)) {
      throw new IllegalArgumentException(
          "ownerDirectory takes the place of rolesQuery and ownerQuery: leave these out");
    }
  }

  /**
   * Returns the owners' part of all settings.
   *
   * @throws IllegalArgumentException naming the settings that exclude each other
   */
  public static OwnerSettings of(
      SettingValues values,
      @Nullable OwnerRoles ownerRoles,
      @Nullable OwnerDirectory ownerDirectory) {
    return new OwnerSettings(
        values.find(Settings.ROLES_QUERY),
        ownerRoles,
        values.find(Settings.OWNER_QUERY),
        ownerDirectory,
        values.get(Settings.OWNER_TTL));
  }

  /** Returns whether anybody is to be asked. */
  boolean asksAnybody() {
    return ownerQuery != null || tellsRoles();
  }

  /** Returns whether roles are told. */
  public boolean tellsRoles() {
    return Stream.of(rolesQuery, ownerRoles, ownerDirectory).anyMatch(Objects::nonNull);
  }
}
