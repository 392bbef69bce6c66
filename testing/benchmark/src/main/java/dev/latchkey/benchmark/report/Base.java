package dev.latchkey.benchmark.report;

import dev.latchkey.benchmark.Measurement;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the figures of a suite are ratios to: machines differ, ratios less so. */
interface Base {
  /** How the column of the ratios is called. */
  String title();

  /** What a measurement is put in relation to, among those of its suite; itself, if it is that. */
  Optional<Measurement> of(Measurement measurement, List<Measurement> all);

  /** What is called so and was measured in the same unit under the same conditions. */
  static Base named(String name) {
    return new Named(name);
  }

  /** What was measured where the parameter is least, all else being equal. */
  static Base least(String parameter) {
    return new Least(parameter);
  }

  /** The ratio to it; of the base itself there is none. */
  default Optional<Figure> ratio(Measurement measurement, List<Measurement> all) {
    return of(measurement, all)
        .filter(base -> base != measurement)
        .map(base -> Figure.of(measurement).over(Figure.of(base)));
  }

  /** By name. */
  record Named(String name) implements Base {
    @Override
    public String title() {
      return "× " + name;
    }

    @Override
    public Optional<Measurement> of(Measurement measurement, List<Measurement> all) {
      List<Measurement> bases =
          all.stream()
              .filter(other -> other.name().equals(name))
              .filter(other -> other.unit().equals(measurement.unit()))
              .toList();
      Optional<Measurement> alike =
          bases.stream()
              .filter(other -> other.parameters().equals(measurement.parameters()))
              .findFirst();
      return alike.isEmpty() && bases.size() == 1 ? Optional.of(bases.get(0)) : alike;
    }
  }

  /** By parameter. */
  record Least(String parameter) implements Base {
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    @Override
    public String title() {
      return "× least " + parameter;
    }

    @Override
    public Optional<Measurement> of(Measurement measurement, List<Measurement> all) {
      return all.stream()
          .filter(other -> isNumber(other.parameters().get(parameter)))
          .filter(other -> other.name().equals(measurement.name()))
          .filter(other -> other.unit().equals(measurement.unit()))
          .filter(other -> rest(other).equals(rest(measurement)))
          .min(Comparator.comparingLong(this::value));
    }

    private static boolean isNumber(@Nullable String text) {
      return text != null && NUMBER.matcher(text).matches();
    }

    private long value(Measurement measurement) {
      return Long.parseLong(measurement.parameters().getOrDefault(parameter, "0"));
    }

    private Map<String, String> rest(Measurement measurement) {
      Map<String, String> rest = new HashMap<>(measurement.parameters());
      rest.remove(parameter);
      return rest;
    }
  }
}
