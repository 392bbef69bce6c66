package dev.latchkey.benchmark.wire;

import dev.latchkey.benchmark.Keys;
import dev.latchkey.benchmark.Samples;
import dev.latchkey.benchmark.Scale;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Requests over HTTP: how much of a server's throughput a filter takes. Each subject has a server
 * of its own, and all are up at once and take turns, so that what happens to the machine meanwhile
 * happens to all of them; the ratios are taken within a turn.
 */
public final class WireSuite {
  static final String BARE = "bare";
  private static final List<String> SUBJECTS =
      List.of(BARE, "limit", "by-hand", "latchkey", "pac4j", "shiro", "spring-opaque");
  private static final int KEYS = 1_000;
  private static final int WARM_UP_SECONDS = 8;

  // Rather many short rounds than few long ones: within a round as little as may be drifts.
  private static final int ROUNDS = 20;
  private static final int SECONDS = 2;

  private WireSuite() {}

  /** Measures, if wrk is installed. */
  public static void run(Samples samples, Scale scale) throws Exception {
    if (!Wrk.isInstalled()) {
      return;
    }
    long seed = new SecureRandom().nextLong();
    List<String> headers = Keys.bearer(Keys.texts(Keys.generate(KEYS, seed)));
    String stranger = Keys.bearer(Keys.texts(Keys.generate(1))).get(0);
    Path script = Files.createTempFile("latchkey-wire", ".lua");
    Map<String, ServedSubject> servers = new LinkedHashMap<>();
    try {
      for (String subject : SUBJECTS) {
        servers.put(subject, new ServedSubject(subject, KEYS, seed));
      }
      Wrk wrk = new Wrk(script, headers);
      Map<String, URI> uris = new HashMap<>();
      for (String subject : SUBJECTS) {
        uris.put(subject, servers.get(subject).await(headers.get(0), stranger));
      }
      if (scale == Scale.FULL) {
        for (URI uri : uris.values()) {
          wrk.run(uri, WARM_UP_SECONDS);
        }
      }
      measure(samples.with("connections", Wrk.CONNECTIONS), scale, wrk, uris);
    } finally {
      servers.values().forEach(ServedSubject::close);
      Files.delete(script);
    }
  }

  /** Loads each in turn; another comes first in each round. */
  private static void measure(Samples samples, Scale scale, Wrk wrk, Map<String, URI> uris)
      throws Exception {
    List<String> order = new ArrayList<>(SUBJECTS);
    for (int round = 0; round < scale.of(1, ROUNDS); round++) {
      Map<String, Wrk.Figures> figures = new HashMap<>();
      for (String subject : order) {
        figures.put(subject, wrk.run(uris.get(subject), scale.of(1, SECONDS)));
      }
      for (String subject : SUBJECTS) {
        Wrk.Figures own = figures.get(subject);
        samples.add(subject, "requests/s", own.requests());
        samples.add(subject, "ms p50", own.p50());
        samples.add(subject, "ms p99", own.p99());
        if (!subject.equals(BARE)) {
          Wrk.Figures bare = figures.get(BARE);
          samples.add(subject, "ratio to bare", own.requests() / bare.requests());
          samples.add(subject, "ratio to bare, p99", own.p99() / bare.p99());
        }
      }
      Collections.rotate(order, 1);
    }
  }
}
