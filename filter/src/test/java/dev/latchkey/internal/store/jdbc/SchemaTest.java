package dev.latchkey.internal.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SchemaTest {
  /** An empty file, without which Flyway finds nothing where class loaders cannot list files. */
  private static final String LOCATION = "flyway.location";

  /** Else the last of them would never be applied. */
  @ParameterizedTest
  @EnumSource(Vendor.class)
  void theNewestVersionIsThatOfTheLastFile(Vendor vendor) throws Exception {
    Path folder =
        Path.of(Schema.class.getClassLoader().getResource(vendor.schemaLocation()).toURI());
    assertThat(Arrays.stream(folder.toFile().listFiles()).map(File::getName))
        .contains(LOCATION)
        .filteredOn(name -> !name.equals(LOCATION))
        .allMatch(name -> name.matches("V\\d+__\\w+\\.sql"))
        .extracting(name -> Integer.valueOf(name.substring(1, name.indexOf('_'))))
        .contains(Integer.valueOf(Schema.NEWEST_VERSION))
        .allMatch(version -> version <= Integer.parseInt(Schema.NEWEST_VERSION));
  }
}
