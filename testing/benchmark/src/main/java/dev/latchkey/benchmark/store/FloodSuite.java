package dev.latchkey.benchmark.store;

import dev.latchkey.ApiKeys;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.benchmark.BulkKeys;
import dev.latchkey.benchmark.Measurement;
import dev.latchkey.benchmark.Scale;
import dev.latchkey.benchmark.Suite;
import dev.latchkey.key.ApiKey;
import dev.latchkey.key.KeyFormat;
import dev.latchkey.key.KeyGenerator;
import dev.latchkey.test.MariaDbServer;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Live traffic on one thread beside a flood of well-formed keys that nobody has, in turn with the
 * same alone. The flood's threads wait for the database most of the time, as those of a container
 * do; what they take of the processors besides is part of what is measured.
 */
public final class FloodSuite implements Suite {
  private static final int[] THREADS = {8, 200};
  private static final int LIVE = 1_000;
  private static final int ROUNDS = 5;
  private static final int MOST_FLOOD_A_SECOND = 30_000; // more than 50 queries ask for

  private final KeyGenerator generator = new KeyGenerator(KeyFormat.DEFAULT, new SecureRandom());

  @Override
  public String name() {
    return "flood";
  }

  @Override
  public List<Measurement> run(Scale scale) throws SQLException {
    try (Database database = new Database("1G", "1G")) {
      String url = database.url(database.server().newDatabase());
      try (ApiKeys apiKeys =
          ApiKeys.open(
              ApiKeysConfig.builder()
                  .jdbcUrl(url)
                  .jdbcUser(MariaDbServer.USER)
                  .jdbcPassword(MariaDbServer.PASSWORD)
                  .build())) {
        List<ApiKey> live = Stream.generate(generator::newKey).limit(LIVE).toList();
        BulkKeys.insert(url, MariaDbServer.USER, MariaDbServer.PASSWORD, live);
        Traffic traffic = new Traffic(apiKeys, live.stream().map(ApiKey::reveal).toList());
        List<Measurement> measurements = new ArrayList<>();
        for (int threads : THREADS) {
          measurements.addAll(measure(scale, database, apiKeys, traffic, threads));
        }
        return measurements;
      }
    }
  }

  private List<Measurement> measure(
      Scale scale, Database database, ApiKeys apiKeys, Traffic traffic, int threads) {
    Duration period = Duration.ofMillis(scale.of(100, 2_000));
    int rounds = scale.of(1, ROUNDS);
    List<String> strangers =
        Stream.generate(() -> generator.newKey().reveal())
            .limit(MOST_FLOOD_A_SECOND * ((rounds + 1) * period.toMillis() / 1_000 + 1))
            .toList();
    AtomicInteger next = new AtomicInteger();
    List<Double> alone = new ArrayList<>();
    List<Double> beside = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    List<Double> queries = new ArrayList<>();
    List<Double> statements = new ArrayList<>();
    List<Double> flooded = new ArrayList<>();
    for (int i = 0; i <= rounds; i++) {
      double without = traffic.rate(period);
      try (Flood flood = new Flood(apiKeys, threads, strangers, next)) {
        long start = System.nanoTime();
        long selects = database.server().count("Com_select");
        long questions = database.server().count("Questions");
        double with = traffic.rate(period);
        double seconds = (System.nanoTime() - start) / 1e9;
        if (i > 0) { // the first one warms up
          alone.add(without);
          beside.add(with);
          ratios.add(with / without);
          queries.add((database.server().count("Com_select") - selects) / seconds);
          statements.add((database.server().count("Questions") - questions) / seconds);
          flooded.add(flood.answered() / seconds);
        }
      }
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("threads of the flood", String.valueOf(threads));
    parameters.put("live keys", String.valueOf(LIVE));
    parameters.putAll(database.parameters());
    return List.of(
        new Measurement("flood", "live traffic alone", parameters, "requests/s", alone),
        new Measurement("flood", "live traffic beside it", parameters, "requests/s", beside),
        new Measurement("flood", "of the live traffic, beside it", parameters, "ratio", ratios),
        new Measurement("flood", "the flood", parameters, "requests/s", flooded),
        new Measurement("flood", "queries", parameters, "queries/s", queries),
        new Measurement("flood", "statements of all kinds", parameters, "queries/s", statements));
  }
}
