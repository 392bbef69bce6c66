package dev.latchkey.benchmark.hot;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.latchkey.manage.KeySecret;
import jakarta.servlet.Filter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.pac4j.core.config.Config;
import org.pac4j.core.credentials.Credentials;
import org.pac4j.core.credentials.TokenCredentials;
import org.pac4j.core.credentials.authenticator.Authenticator;
import org.pac4j.core.credentials.authenticator.LocalCachingAuthenticator;
import org.pac4j.core.engine.DefaultSecurityLogic;
import org.pac4j.core.exception.CredentialsException;
import org.pac4j.core.profile.CommonProfile;
import org.pac4j.core.profile.UserProfile;
import org.pac4j.core.store.AbstractStore;
import org.pac4j.http.client.direct.DirectBearerAuthClient;
import org.pac4j.jee.filter.SecurityFilter;

/**
 * The security filter of pac4j with its client for bearer tokens and its authenticator that caches.
 * Profiles are not looked for in a session, as is said of web services.
 */
final class Pac4j {
  private static final int MAXIMUM_SIZE = 100_000;
  private static final Duration CACHED = Duration.ofMinutes(15);

  private Pac4j() {}

  static Subject open(List<KeySecret> keys) {
    Function<String, Optional<String>> owners = Tokens.owners(keys);
    Authenticator authenticator = (context, credentials) -> validate(owners, credentials);
    DirectBearerAuthClient client =
        new DirectBearerAuthClient(new LocalCachingAuthenticator(authenticator, new ByToken()));
    Config config =
        new Config(client)
            .withSecurityLogic(new DefaultSecurityLogic().setLoadProfilesFromSession(false));
    Filter filter = new SecurityFilter(config, client.getName());
    return new Subject(filter, keys);
  }

  private static Optional<Credentials> validate(
      Function<String, Optional<String>> owners, Credentials credentials) {
    String owner =
        owners
            .apply(((TokenCredentials) credentials).getToken())
            .orElseThrow(() -> new CredentialsException("nobody has this key"));
    CommonProfile profile = new CommonProfile();
    profile.setId(owner);
    credentials.setUserProfile(profile);
    return Optional.of(credentials);
  }

  /**
   * What the authenticator caches in. The store that it has by default is keyed by credentials,
   * which equal none without the profile that they were stored with: it finds nothing.
   */
  private static final class ByToken extends AbstractStore<Credentials, UserProfile> {
    private final Cache<String, UserProfile> profiles =
        Caffeine.newBuilder().maximumSize(MAXIMUM_SIZE).expireAfterWrite(CACHED).build();

    @Override
    protected Optional<UserProfile> internalGet(Credentials credentials) {
      return Optional.ofNullable(profiles.getIfPresent(token(credentials)));
    }

    @Override
    protected void internalSet(Credentials credentials, UserProfile profile) {
      profiles.put(token(credentials), profile);
    }

    @Override
    protected void internalRemove(Credentials credentials) {
      profiles.invalidate(token(credentials));
    }

    private static String token(Credentials credentials) {
      return ((TokenCredentials) credentials).getToken();
    }
  }
}
