package dev.latchkey.internal.auth;

import dev.latchkey.auth.OwnerDirectory;
import dev.latchkey.auth.OwnerRoles;
import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.OwnerQuery;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks the application about many owners at once, as the settings say: its tables, or its code.
 *
 * <p>Thread-safe.
 */
public final class OwnerSource {
  private final OwnerSettings settings;
  private final ApiKeyStore store;

  /** Creates a source that asks the application's tables beside those of a store. */
  public OwnerSource(OwnerSettings settings, ApiKeyStore store) {
    this.settings = settings;
    this.store = store;
  }

  /** Returns whether the application is asked about owners at all. */
  public boolean isAsked() {
    return settings.asksAnybody();
  }

  /** Returns whether roles are told; then the application is asked about services, too. */
  boolean tellsRoles() {
    return settings.tellsRoles();
  }

  OwnerSettings settings() {
    return settings;
  }

  /**
   * Tries the queries on nobody, so that a wrong one stops the start.
   *
   * @throws IllegalArgumentException naming the setting, if the database rejects its query
   * @throws StoreException if the database does not answer
   */
  public void check() {
    tryQuery("rolesQuery", settings.rolesQuery(), query -> store.findRoles(query, List.of("")));
    tryQuery("ownerQuery", settings.ownerQuery(), query -> store.findOwners(query, List.of("")));
  }

  private static void tryQuery(
      String name, @Nullable OwnerQuery query, Consumer<OwnerQuery> attempt) {
    try {
      if (query != null) {
        attempt.accept(query);
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }

  /**
   * Asks.
   *
   * @return the rights of owners; one who is left out got no answer
   * @throws RuntimeException if there is no answer at all
   */
  Map<String, OwnerRights> find(Collection<String> owners) {
    OwnerDirectory directory = settings.ownerDirectory();
    if (directory != null) {
      return find(directory, owners);
    }
    Set<String> mayUseKeys =
        settings.ownerQuery() == null
            ? Set.copyOf(owners)
            : store.findOwners(settings.ownerQuery(), owners);
    return rights(owners, mayUseKeys, roles(owners));
  }

  private Map<String, OwnerRights> find(OwnerDirectory directory, Collection<String> owners) {
    Map<String, Set<String>> found = directory.find(List.copyOf(owners));
    Map<String, OwnerRights> rights = rights(owners, null, found);
    if (settings.ownerRoles() == null) {
      return rights;
    }
    Set<String> mayUseKeys =
        rights.entrySet().stream()
            .filter(owner -> owner.getValue().mayUseKeys())
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    return rights(rights.keySet(), mayUseKeys, roles(owners)); // of those with an answer
  }

  private @Nullable Map<String, Set<String>> roles(Collection<String> owners) {
    OwnerRoles ownerRoles = settings.ownerRoles();
    if (ownerRoles != null) {
      return ownerRoles.rolesOf(List.copyOf(owners));
    }
    return settings.rolesQuery() == null
        ? Map.of()
        : store.findRoles(settings.rolesQuery(), owners);
  }

  /**
   * Reads what the application's code may have made: the map is walked through, since it may find
   * owners by other names, and no set of it is kept.
   *
   * @param mayUseKeys null if those may who are told
   */
  private static Map<String, OwnerRights> rights(
      Collection<String> owners,
      @Nullable Set<String> mayUseKeys,
      @Nullable Map<String, Set<String>> told) {
    if (told == null) {
      throw new StoreException("the application returned null in place of owners", null);
    }
    Map<String, OwnerRights> rights = new HashMap<>();
    for (String owner : owners) {
      rights.put(
          owner, new OwnerRights(mayUseKeys != null && mayUseKeys.contains(owner), Set.of()));
    }
    Map<Set<String>, Set<String>> distinct = new HashMap<>(); // many owners have the same roles
    told.forEach(
        (owner, roles) ->
            rights.computeIfPresent(
                owner,
                (same, without) ->
                    roles == null
                        ? null // no answer
                        : new OwnerRights(
                            mayUseKeys == null || without.mayUseKeys(), copy(roles, distinct))));
    return rights;
  }

  private static Set<String> copy(Set<String> roles, Map<Set<String>, Set<String>> distinct) {
    Set<String> copy =
        roles.stream().filter(Objects::nonNull).collect(Collectors.toUnmodifiableSet());
    return distinct.computeIfAbsent(copy, first -> first);
  }
}
