package dev.latchkey.benchmark.hot;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
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

/** One authenticated request, everything warm. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 3, time = 1)
@State(Scope.Benchmark)
public class HotPath {
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

  private Subject open;
  private Filter filter;
  private Headers headers;

  /**
   * Room before what a thread writes all the time, so that it shares no cache line with whatever a
   * collector has put before it, which all threads may read; JMH makes room only after it. Of
   * numbers that fit behind an object's header: JVMs put a subclass's into any gap that is left.
   */
  static class Room {
    int a0;
    int a1;
    int a2;
    int a3;
    int a4;
    int a5;
    int a6;
    int a7;
    int b0;
    int b1;
    int b2;
    int b3;
    int b4;
    int b5;
    int b6;
    int b7;
    int c0;
    int c1;
    int c2;
    int c3;
    int c4;
    int c5;
    int c6;
    int c7;
    int d0;
    int d1;
    int d2;
    int d3;
    int d4;
    int d5;
    int d6;
    int d7;
  }

  /** Where a thread is in the order of keys. */
  @State(Scope.Thread)
  public static class Position extends Room {
    int next = new Random().nextInt(Integer.MAX_VALUE);
    int reached;
    final FilterChain chain = (request, response) -> reached++;
  }

  /** Opens the subject. */
  @Setup
  public void open() throws IOException, ServletException {
    open = Subjects.open(subject, Keys.generate(keys));
    filter = open.filter();
    filter.init(new NoParameters());
    headers = new Headers(open.headers());
    authenticates();
  }

  /** What does not let every key pass, and nobody else, would be measured for nothing. */
  private void authenticates() throws IOException, ServletException {
    Position position = new Position();
    for (int i = 0; i < headers.count(); i++) {
      request(position);
    }
    if (position.reached != headers.count()) {
      throw new IllegalStateException(subject + " refuses keys");
    }
    if (!subject.equals("bare")) {
      String stranger = Keys.bearer(Keys.generate(1)).get(0);
      filter.doFilter(new StubRequest(stranger), new StubResponse(), position.chain);
      if (position.reached != headers.count()) {
        throw new IllegalStateException(subject + " lets strangers pass");
      }
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
