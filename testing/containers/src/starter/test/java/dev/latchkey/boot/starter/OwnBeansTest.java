package dev.latchkey.boot.starter;

import static dev.latchkey.boot.starter.BooksContract.assertIsOurs;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.ApiKeys;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.admin.ApiKeyAdminServlet;
import dev.latchkey.boot.starter.Browser.Key;
import dev.latchkey.servlet.ApiKeyFilter;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application that makes all of the beans by itself, as it would without the starter. */
class OwnBeansTest {
  @Configuration(proxyBeanMethods = false)
  static class Own {
    @Bean
    ApiKeys apiKeys() {
      return ApiKeys.open(
          ApiKeysConfig.builder().jdbcUrl("jdbc:h2:mem:" + UUID.randomUUID()).build());
    }

    @Bean
    FilterRegistrationBean<ApiKeyFilter> apiKeyFilter(ApiKeys apiKeys) {
      FilterRegistrationBean<ApiKeyFilter> filter =
          new FilterRegistrationBean<>(new ApiKeyFilter(apiKeys));
      filter.addUrlPatterns("/api/*");
      return filter;
    }

    @Bean
    ServletRegistrationBean<ApiKeyAdminServlet> ownKeys(ApiKeys apiKeys) {
      return new ServletRegistrationBean<>(new ApiKeyAdminServlet(apiKeys), "/my-keys/*");
    }
  }

  @Test
  void keysWorkWithoutAnOrder() throws Exception {
    try (Books books = Books.start(Own.class)) {
      Key alice = new Key(books.keyOf("alice"));
      assertThat(books.browser().get("/api/me", alice).body()).contains("\"alice\"");
      assertIsOurs(books.browser().get("/api/me"), 401, "missing-key");
      assertThat(books.browser().get("/my-keys/api-key-menu.js").statusCode()).isEqualTo(200);
    }
  }
}
