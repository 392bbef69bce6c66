package dev.latchkey.benchmark.hot;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.latchkey.benchmark.Keys;
import dev.latchkey.manage.KeySecret;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.shiro.authc.AuthenticationInfo;
import org.apache.shiro.authc.AuthenticationToken;
import org.apache.shiro.authc.BearerToken;
import org.apache.shiro.authc.SimpleAuthenticationInfo;
import org.apache.shiro.authz.AuthorizationInfo;
import org.apache.shiro.authz.SimpleAuthorizationInfo;
import org.apache.shiro.cache.AbstractCacheManager;
import org.apache.shiro.cache.Cache;
import org.apache.shiro.cache.MapCache;
import org.apache.shiro.realm.AuthorizingRealm;
import org.apache.shiro.subject.PrincipalCollection;
import org.apache.shiro.web.filter.mgt.DefaultFilter;
import org.apache.shiro.web.filter.mgt.DefaultFilterChainManager;
import org.apache.shiro.web.filter.mgt.PathMatchingFilterChainResolver;
import org.apache.shiro.web.mgt.DefaultWebSecurityManager;
import org.apache.shiro.web.servlet.AbstractShiroFilter;
import org.jspecify.annotations.Nullable;

/**
 * Shiro's filter with the chain for a stateless API, and a realm that caches. What is for browsers
 * is off: sessions, and the cookie that remembers, which every response would delete.
 */
final class Shiro {
  private static final int MAXIMUM_SIZE = 100_000;
  private static final Duration CACHED = Duration.ofMinutes(5);

  private Shiro() {}

  static Subject open(List<KeySecret> keys) {
    DefaultWebSecurityManager manager = new DefaultWebSecurityManager();
    manager.setCacheManager(new Caches());
    manager.setRealm(new Realm(Tokens.owners(keys)));
    manager.setRememberMeManager(null);
    return new Subject(filter(manager), Keys.bearer(Keys.texts(keys)), manager::destroy);
  }

  private static Filter filter(DefaultWebSecurityManager manager) {
    FilterConfig config = Stubs.filterConfig();
    DefaultFilterChainManager chains = new DefaultFilterChainManager(config);
    chains.setGlobalFilters(List.of(DefaultFilter.invalidRequest.name()));
    chains.createChain("/**", "noSessionCreation, authcBearer");
    PathMatchingFilterChainResolver resolver = new PathMatchingFilterChainResolver(config);
    resolver.setFilterChainManager(chains);
    AbstractShiroFilter filter = new AbstractShiroFilter() {};
    filter.setSecurityManager(manager);
    filter.setFilterChainResolver(resolver);
    return filter;
  }

  /**
   * The manager that comes with Shiro would do for one JVM, but counts what it holds strongly,
   * under a lock, whenever it is read.
   */
  private static final class Caches extends AbstractCacheManager {
    @Override
    protected <K, V> Cache<K, V> createCache(String name) {
      return new MapCache<>(
          name,
          Caffeine.newBuilder()
              .maximumSize(MAXIMUM_SIZE)
              .expireAfterWrite(CACHED)
              .<K, V>build()
              .asMap());
    }
  }

  /** Its cache is keyed by the token, which is what a bearer token gives as its principal. */
  private static final class Realm extends AuthorizingRealm {
    private final Function<String, Optional<String>> owners;

    Realm(Function<String, Optional<String>> owners) {
      this.owners = owners;
      setAuthenticationTokenClass(BearerToken.class);
      setAuthenticationCachingEnabled(true);
    }

    @Override
    protected @Nullable AuthenticationInfo doGetAuthenticationInfo(AuthenticationToken token) {
      String secret = ((BearerToken) token).getToken();
      return owners
          .apply(secret)
          .map(owner -> new SimpleAuthenticationInfo(owner, secret, getName()))
          .orElse(null);
    }

    @Override
    protected AuthorizationInfo doGetAuthorizationInfo(PrincipalCollection principals) {
      return new SimpleAuthorizationInfo();
    }
  }
}
