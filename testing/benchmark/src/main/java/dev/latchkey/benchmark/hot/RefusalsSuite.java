package dev.latchkey.benchmark.hot;

import dev.latchkey.benchmark.Measurement;
import dev.latchkey.benchmark.Scale;
import dev.latchkey.benchmark.Suite;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/** What refusals cost, under JMH. */
public final class RefusalsSuite implements Suite {
  @Override
  public String name() {
    return "refusals";
  }

  @Override
  public List<Measurement> run(Scale scale) throws RunnerException {
    Path here = Path.of(System.getProperty("java.home"));
    return Jmh.run(name(), "kind", Jmh.options(Refusals.class, scale, here), Map.of(), scale);
  }
}
