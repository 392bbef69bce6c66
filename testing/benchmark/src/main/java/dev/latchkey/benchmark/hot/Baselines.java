package dev.latchkey.benchmark.hot;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.latchkey.benchmark.Keys;
import dev.latchkey.manage.KeySecret;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What we are measured against: the least there could be, and what one writes. */
final class Baselines {
  private static final int MAXIMUM_SIZE = 100_000;

  private Baselines() {}

  /**
   * The least there could be: no expiry, no wrapper, no eviction, no proper refusal. But the
   * application is told who the caller is.
   */
  static Subject limit(List<KeySecret> keys) {
    ThreadLocal<MessageDigest> sha256 = ThreadLocal.withInitial(Tokens::sha256);
    Map<ByteBuffer, String> owners = new ConcurrentHashMap<>();
    for (String text : Keys.texts(keys)) {
      owners.put(ByteBuffer.wrap(Tokens.hash(Tokens.sha256(), text)), Tokens.OWNER);
    }
    Filter filter =
        (request, response, chain) -> {
          byte[] hash = Tokens.hash(sha256.get(), Tokens.of((HttpServletRequest) request));
          answer(owners.get(ByteBuffer.wrap(hash)), request, response, chain);
        };
    return new Subject(filter, keys);
  }

  /** What one writes by hand: a digest a request, a hex string, a bounded cache. */
  static Subject byHand(List<KeySecret> keys) {
    Cache<String, String> owners = Caffeine.newBuilder().maximumSize(MAXIMUM_SIZE).build();
    Keys.texts(keys).forEach(text -> owners.put(hex(text), Tokens.OWNER));
    Filter filter =
        (request, response, chain) -> {
          String owner = owners.getIfPresent(hex(Tokens.of((HttpServletRequest) request)));
          answer(owner, request, response, chain);
        };
    return new Subject(filter, keys);
  }

  private static void answer(
      @Nullable String owner, ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (owner == null) {
      ((HttpServletResponse) response).setStatus(HttpServletResponse.SC_UNAUTHORIZED);
    } else {
      request.setAttribute("owner", owner);
      chain.doFilter(request, response);
    }
  }

  private static String hex(String token) {
    return HexFormat.of().formatHex(Tokens.hash(Tokens.sha256(), token));
  }
}
