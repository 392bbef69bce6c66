package dev.latchkey.servlet;

import dev.latchkey.ApiKeysConfig;
import java.util.UUID;

class FilterOnH2Test extends FilterContract {
  @Override
  ApiKeysConfig.Builder emptyDatabase() {
    return ApiKeysConfig.builder().jdbcUrl("jdbc:h2:mem:" + UUID.randomUUID()).jdbcUser("sa");
  }
}
