package dev.latchkey.boot.starter;

import com.example.books.BooksApplication;
import dev.latchkey.ApiKeys;
import dev.latchkey.manage.KeyOwner;
import dev.latchkey.manage.KeyRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** The application of the books, running in this JVM on a port of its own. */
final class Books implements AutoCloseable {
  private final ConfigurableApplicationContext context;

  private Books(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /** Starts it on an empty database, with configuration beside its own. */
  static Books start(Class<?> more, String... properties) {
    return start(List.of(BooksApplication.class, more), properties);
  }

  static Books start(List<Class<?>> sources, String... properties) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.main.banner-mode=off",
                "--spring.liquibase.enabled=false",
                "--spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID()));
    List<String> names =
        Arrays.stream(properties).map(property -> property.replaceFirst("=.*", "=")).toList();
    arguments.removeIf(
        argument -> names.stream().anyMatch(name -> argument.startsWith("--" + name)));
    Stream.of(properties).map(property -> "--" + property).forEach(arguments::add);
    return new Books(
        new SpringApplication(sources.toArray(Class<?>[]::new))
            .run(arguments.toArray(String[]::new)));
  }

  static Books start(String... properties) {
    return start(List.of(BooksApplication.class), properties);
  }

  Browser browser() {
    return browser("");
  }

  Browser browser(String contextPath) {
    return new Browser(
        "http://127.0.0.1:"
            + context.getEnvironment().getProperty("local.server.port")
            + contextPath);
  }

  /** Adds a key in code. */
  String keyOf(String owner) {
    ApiKeys apiKeys = context.getBean(ApiKeys.class);
    return apiKeys.service().add(KeyOwner.of(owner), KeyRequest.create()).secret().reveal();
  }

  JdbcTemplate jdbc() {
    return context.getBean(JdbcTemplate.class);
  }

  ConfigurableApplicationContext context() {
    return context;
  }

  @Override
  public void close() {
    context.close();
  }
}
