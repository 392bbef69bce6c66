package dev.latchkey.benchmark.hot;

import dev.latchkey.key.ApiKey;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
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

/** One refused request, beside an accepted one. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 3, time = 1)
@State(Scope.Benchmark)
public class Refusals {
  private static final int KEYS = 1_000;

  @Param({"accepted", "malformed", "bad-checksum", "unknown"})
  String kind;

  private Subject open;
  private Filter filter;
  private Headers headers;

  /** Opens the filter, and has it refuse everything once. */
  @Setup
  public void open() throws IOException, ServletException {
    open = Latchkey.open(Keys.generate(KEYS));
    filter = open.filter();
    filter.init(new NoParameters());
    headers = new Headers(kind.equals("accepted") ? open.headers() : refused());
    HotPath.Position position = new HotPath.Position();
    for (int i = 0; i < headers.count(); i++) {
      request(position);
    }
    if (position.reached != (kind.equals("accepted") ? KEYS : 0)) {
      throw new IllegalStateException("what is " + kind + " is not what was meant");
    }
  }

  private List<String> refused() {
    List<ApiKey> strangers = Keys.generate(KEYS);
    UnaryOperator<String> mangled =
        switch (kind) {
          case "malformed" -> key -> '"' + key + '"';
          case "bad-checksum" -> key -> key.substring(0, 20) + swapped(key, 20);
          case "unknown" -> key -> key;
          default -> throw new IllegalArgumentException(kind);
        };
    return Keys.bearerOf(strangers.stream().map(ApiKey::reveal).map(mangled).toList());
  }

  /** The rest of a text with its first character changed. */
  private static String swapped(String text, int from) {
    return (text.charAt(from) == 'x' ? 'y' : 'x') + text.substring(from + 1);
  }

  /** A request. */
  @Benchmark
  public Object request(HotPath.Position position) throws IOException, ServletException {
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
