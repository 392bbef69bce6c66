package dev.latchkey.benchmark.wire;

import dev.latchkey.benchmark.Measurement;
import dev.latchkey.benchmark.Scale;
import dev.latchkey.benchmark.Suite;
import dev.latchkey.benchmark.hot.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Requests over the wire: what a filter takes of what a server can do. Each subject has a server of
 * its own, and all are up at once and take turns, so that what happens to the machine meanwhile
 * happens to all of them; the ratios are taken within a turn.
 */
public final class WireSuite implements Suite {
  static final String BARE = "bare";
  private static final List<String> SUBJECTS =
      List.of(BARE, "limit", "by-hand", "latchkey", "pac4j", "shiro", "spring-opaque");
  private static final int KEYS = 1_000;
  private static final int WARM_UP_SECONDS = 8;

  // Rather many short rounds than few long ones: within a round as little as may be drifts.
  private static final int ROUNDS = 20;
  private static final int SECONDS = 2;

  private static final Map<String, String> PARAMETERS =
      Map.of("connections", String.valueOf(Wrk.CONNECTIONS));

  @Override
  public String name() {
    return "wire";
  }

  @Override
  public List<Measurement> run(Scale scale) throws Exception {
    if (!Wrk.isInstalled()) {
      return List.of();
    }
    long seed = new SecureRandom().nextLong();
    List<String> headers = Keys.bearer(Keys.generate(KEYS, seed));
    Path folder = Files.createTempDirectory("latchkey-wire");
    List<ServedSubject> servers = new ArrayList<>();
    try {
      Wrk wrk = new Wrk(folder, headers);
      for (String subject : SUBJECTS) {
        ServedSubject server = ServedSubject.start(subject, KEYS, seed);
        servers.add(server);
        server.authenticates(headers.get(0), Keys.bearer(Keys.generate(1)).get(0));
        if (scale == Scale.FULL) {
          wrk.run(server.uri(), WARM_UP_SECONDS);
        }
      }
      return measurements(rounds(wrk, servers, scale.of(1, ROUNDS), scale.of(1, SECONDS)));
    } finally {
      servers.forEach(ServedSubject::close);
      Files.deleteIfExists(folder.resolve(Wrk.SCRIPT_NAME));
      Files.delete(folder);
    }
  }

  /** The figures of each subject, one a round. Who comes first in a round is another each time. */
  private static Map<String, List<Wrk.Figures>> rounds(
      Wrk wrk, List<ServedSubject> servers, int rounds, int seconds)
      throws IOException, InterruptedException {
    Map<String, List<Wrk.Figures>> figures = new HashMap<>();
    List<ServedSubject> order = new ArrayList<>(servers);
    for (int round = 0; round < rounds; round++) {
      for (ServedSubject server : order) {
        figures
            .computeIfAbsent(server.label(), label -> new ArrayList<>())
            .add(wrk.run(server.uri(), seconds));
      }
      Collections.rotate(order, 1);
    }
    return figures;
  }

  private static List<Measurement> measurements(Map<String, List<Wrk.Figures>> figures) {
    List<Measurement> measurements = new ArrayList<>();
    List<Wrk.Figures> bare = figures.getOrDefault(BARE, List.of());
    for (String subject : SUBJECTS) {
      List<Wrk.Figures> own = figures.getOrDefault(subject, List.of());
      measurements.add(measurement(subject, "requests/s", all(own, Wrk.Figures::requests)));
      measurements.add(measurement(subject, "ms p50", all(own, Wrk.Figures::p50)));
      measurements.add(measurement(subject, "ms p99", all(own, Wrk.Figures::p99)));
      if (!subject.equals(BARE)) {
        measurements.add(
            measurement(subject, "ratio to bare", ratios(own, bare, Wrk.Figures::requests)));
        measurements.add(
            measurement(subject, "ratio to bare, p99", ratios(own, bare, Wrk.Figures::p99)));
      }
    }
    return measurements;
  }

  private static Measurement measurement(String subject, String unit, List<Double> samples) {
    return new Measurement("wire", subject, PARAMETERS, unit, samples);
  }

  private static List<Double> all(List<Wrk.Figures> figures, ToDoubleFunction<Wrk.Figures> of) {
    return figures.stream().map(of::applyAsDouble).toList();
  }

  private static List<Double> ratios(
      List<Wrk.Figures> figures, List<Wrk.Figures> bare, ToDoubleFunction<Wrk.Figures> of) {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < figures.size(); round++) {
      ratios.add(of.applyAsDouble(figures.get(round)) / of.applyAsDouble(bare.get(round)));
    }
    return ratios;
  }
}
