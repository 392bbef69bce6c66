package dev.latchkey.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Collects the samples of a suite, by what was measured and under what conditions. */
public final class Samples {
  private static final Pattern VERSION = Pattern.compile("-(\\d[^/]*?)(?:-jakarta)?\\.jar$");

  private final String suite;
  private final Map<Measurement, List<Double>> samples;
  private final Map<String, String> versions;
  private final Map<String, String> conditions;

  Samples(String suite) {
    this(suite, new LinkedHashMap<>(), new TreeMap<>(), Map.of());
  }

  private Samples(
      String suite,
      Map<Measurement, List<Double>> samples,
      Map<String, String> versions,
      Map<String, String> conditions) {
    this.suite = suite;
    this.samples = samples;
    this.versions = versions;
    this.conditions = conditions;
  }

  /** Returns a view whose samples have one more condition. */
  public Samples with(String condition, Object value) {
    return with(Map.of(condition, value.toString()));
  }

  /** Returns a view whose samples have these conditions, too. */
  public Samples with(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(conditions);
    all.putAll(more);
    return new Samples(suite, samples, versions, all);
  }

  /** Adds a sample. */
  public void add(String name, String unit, double sample) {
    samples
        .computeIfAbsent(
            new Measurement(suite, name, conditions, unit, List.of()), what -> new ArrayList<>())
        .add(sample);
  }

  /** Notes the version of a library as it runs, which is not always the one asked for. */
  public void version(String name, Class<?> type) {
    String stated = type.getPackage().getImplementationVersion();
    Path jar = Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    Matcher named = VERSION.matcher(jar.toString());
    versions.put(name, stated != null ? stated : named.find() ? named.group(1) : "unknown");
  }

  Results results() {
    List<Measurement> measurements = new ArrayList<>();
    samples.forEach((what, all) -> measurements.add(what.of(all)));
    return Results.here(suite, versions, measurements);
  }
}
