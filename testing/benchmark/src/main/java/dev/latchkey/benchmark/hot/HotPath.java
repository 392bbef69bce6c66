package dev.latchkey.benchmark.hot;

import dev.latchkey.benchmark.Keys;
import dev.latchkey.manage.KeySecret;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One request, everything warm. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 3, time = 1)
@State(Scope.Benchmark)
public class HotPath {
  private static final String ACCEPTED = "accepted";

  @Param({
    "bare",
    "limit",
    "by-hand",
    "latchkey",
    "dropwizard",
    "pac4j",
    "shiro",
    "spring-opaque",
    "spring-jwt"
  })
  String subject;

  @Param({"1", "1000", "100000"})
  int keys;

  /** Accepted, or why not. */
  @Param(ACCEPTED)
  String kind;

  private Subject open;
  private Filter filter;
  private Headers headers;

  /**
   * Room before what a thread writes all the time, so that it shares no cache line with whatever a
   * collector has put before it, which all threads may read; JMH makes room only after it. Of
   * numbers that fit behind an object's header: JVMs put a subclass's into any gap that is left.
   */
  static class Room {
    int a0, a1, a2, a3, a4, a5, a6, a7;
    int b0, b1, b2, b3, b4, b5, b6, b7;
    int c0, c1, c2, c3, c4, c5, c6, c7;
    int d0, d1, d2, d3, d4, d5, d6, d7;
  }

  /** Where a thread is in the order of keys. */
  @State(Scope.Thread)
  public static class Position extends Room {
    int next = new Random().nextInt(Integer.MAX_VALUE);
    int reached;
    final FilterChain chain = (request, response) -> reached++;
  }

  /** Opens the subject, and shows it every header once. */
  @Setup
  public void open() throws IOException, ServletException {
    open = Subject.open(subject, Keys.generate(keys));
    filter = open.filter();
    filter.init(Stubs.filterConfig());
    boolean accepted = kind.equals(ACCEPTED);
    List<String> strangers = refused(Keys.generate(accepted ? 1 : keys));
    headers = new Headers(accepted ? open.headers() : strangers);
    demandReached(headers, accepted);
    demandReached(new Headers(strangers), subject.equals("bare"));
  }

  private List<String> refused(List<KeySecret> strangers) {
    return Keys.bearer(Keys.texts(strangers).stream().map(this::mangled).toList());
  }

  private String mangled(String key) {
    return switch (kind) {
      case ACCEPTED, "unknown" -> key;
      case "malformed" -> '"' + key + '"';
      case "bad-checksum" ->
          key.substring(0, 20) + (key.charAt(20) == 'x' ? 'y' : 'x') + key.substring(21);
      default -> throw new IllegalArgumentException(kind);
    };
  }

  /** What refuses keys, or lets strangers pass, would be measured for nothing. */
  private void demandReached(Headers shown, boolean reach) throws IOException, ServletException {
    Position position = new Position();
    for (int i = 0; i < shown.count(); i++) {
      filter.doFilter(shown.request(i), new StubResponse(), position.chain);
    }
    if (position.reached != (reach ? shown.count() : 0)) {
      throw new IllegalStateException(subject + " lets pass or refuses what it should not");
    }
  }

  /** A request. */
  @Benchmark
  public Object request(Position position) throws IOException, ServletException {
    StubResponse response = new StubResponse();
    filter.doFilter(headers.request(position.next++), response, position.chain);
    return response;
  }

  /** Ends it. */
  @TearDown(Level.Trial)
  public void close() {
    open.close().run();
  }
}
