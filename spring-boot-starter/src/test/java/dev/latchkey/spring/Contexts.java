package dev.latchkey.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** Contexts of Boot that tests begin with. */
final class Contexts {
  private Contexts() {}

  static DataSource emptyDatabase() {
    JdbcDataSource dataSource = new JdbcDataSource();
    dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    return dataSource;
  }

  /** Ours and Spring Security's configuration, and no more. */
  static WebApplicationContextRunner bare() {
    return new WebApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                LatchkeyAutoConfiguration.class,
                SecurityAutoConfiguration.class,
                UserDetailsServiceAutoConfiguration.class));
  }

  static WebApplicationContextRunner withDataSource() {
    return bare().withBean(DataSource.class, Contexts::emptyDatabase);
  }

  static ContextConsumer<AssertableWebApplicationContext> failsWith(String message) {
    return context ->
        assertThat(context)
            .getFailure()
            .rootCause()
            .isInstanceOf(WrongSettingException.class)
            .hasMessage(message);
  }
}
