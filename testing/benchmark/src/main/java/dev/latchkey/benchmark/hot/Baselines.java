package dev.latchkey.benchmark.hot;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.latchkey.key.ApiKey;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What we are measured against: no filter, the least there could be, and what one writes. */
final class Baselines {
  private static final int MAXIMUM_SIZE = 100_000;

  private Baselines() {}

  static Subject bare(List<ApiKey> keys) {
    Filter filter = (request, response, chain) -> chain.doFilter(request, response);
    return new Subject(filter, Keys.bearer(keys), () -> {});
  }

  /**
   * The least there could be: neither expiry, nor wrapper, nor eviction, nor refusal in style. But
   * the application is told who it is.
   */
  static Subject limit(List<ApiKey> keys) {
    ThreadLocal<MessageDigest> sha256 = ThreadLocal.withInitial(Baselines::sha256);
    Map<ByteBuffer, String> owners = new ConcurrentHashMap<>();
    for (ApiKey key : keys) {
      byte[] text = key.reveal().getBytes(StandardCharsets.US_ASCII);
      owners.put(ByteBuffer.wrap(sha256().digest(text)), "alice");
    }
    Filter filter =
        (request, response, chain) -> {
          String token = Keys.token((HttpServletRequest) request);
          byte[] hash = sha256.get().digest(token.getBytes(StandardCharsets.US_ASCII));
          answer(owners.get(ByteBuffer.wrap(hash)), request, response, chain);
        };
    return new Subject(filter, Keys.bearer(keys), () -> {});
  }

  /** What one writes by hand: a digest a request, a hex string, a bounded cache. */
  static Subject byHand(List<ApiKey> keys) {
    Cache<String, String> owners = Caffeine.newBuilder().maximumSize(MAXIMUM_SIZE).build();
    keys.forEach(key -> owners.put(hex(key.reveal()), "alice"));
    Filter filter =
        (request, response, chain) -> {
          String owner = owners.getIfPresent(hex(Keys.token((HttpServletRequest) request)));
          answer(owner, request, response, chain);
        };
    return new Subject(filter, Keys.bearer(keys), () -> {});
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
    return HexFormat.of().formatHex(sha256().digest(token.getBytes(StandardCharsets.US_ASCII)));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
