package dev.latchkey.boot.starter;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.books.BooksApplication;
import dev.latchkey.ApiKeys;
import dev.latchkey.auth.AuthResult;
import dev.latchkey.boot.starter.Browser.Key;
import dev.latchkey.manage.KeyOwner;
import dev.latchkey.manage.KeyRequest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;

/** Tests of an application, as Boot starts it for them. */
class InSpringBootTestTest {
  @Nested
  @SpringBootTest(
      classes = BooksApplication.class,
      webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
      properties = {
        "spring.datasource.url=jdbc:h2:mem:in-test",
        "spring.liquibase.enabled=false",
        "server.address=127.0.0.1"
      })
  class OnAPort {
    @Test
    void keysWork(@Autowired ApiKeys apiKeys, @Value("${local.server.port}") int port)
        throws Exception {
      String key =
          apiKeys.service().add(KeyOwner.of("alice"), KeyRequest.create()).secret().reveal();
      assertThat(new Browser("http://127.0.0.1:" + port).get("/api/me", new Key(key)).statusCode())
          .isEqualTo(200);
    }
  }

  @Nested
  @SpringBootTest(
      classes = BooksApplication.class,
      properties = {
        "spring.datasource.url=jdbc:h2:mem:in-mock-test",
        "spring.liquibase.enabled=false"
      })
  class WithoutAServer {
    @Test
    void keysWork(@Autowired ApiKeys apiKeys) {
      assertThat(apiKeys.authenticate("lk_none").status()).isEqualTo(AuthResult.Status.INVALID);
    }
  }
}
