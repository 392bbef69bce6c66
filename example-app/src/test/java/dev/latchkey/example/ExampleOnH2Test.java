package dev.latchkey.example;

import dev.latchkey.ApiKeysConfig;
import java.util.UUID;

class ExampleOnH2Test extends ExampleContract {
  @Override
  ApiKeysConfig.Builder emptyDatabase() {
    return ApiKeysConfig.builder().jdbcUrl("jdbc:h2:mem:" + UUID.randomUUID()).jdbcUser("sa");
  }
}
