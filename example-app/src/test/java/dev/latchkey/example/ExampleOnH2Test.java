package dev.latchkey.example;

import dev.latchkey.ApiKeysConfig;
import java.util.UUID;

class ExampleOnH2Test extends ExampleContract {
  private String url = "";

  @Override
  ApiKeysConfig.Builder emptyDatabase() {
    url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    return sameDatabase();
  }

  @Override
  ApiKeysConfig.Builder sameDatabase() {
    return ApiKeysConfig.builder().jdbcUrl(url).jdbcUser("sa");
  }
}
