package dev.latchkey.benchmark.hot;

import jakarta.servlet.Filter;
import java.util.List;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.resource.OAuth2ResourceServerConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Spring Security as a resource server without sessions, its filters those that its configuration
 * puts there, with their defaults.
 */
final class Spring {
  private static final String FILTER = "springSecurityFilterChain";

  private Spring() {}

  static SecurityFilterChain chain(
      HttpSecurity http, Customizer<OAuth2ResourceServerConfigurer<HttpSecurity>> resourceServer)
      throws Exception {
    return http.csrf(AbstractHttpConfigurer::disable)
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
        .oauth2ResourceServer(resourceServer)
        .build();
  }

  /** The filter of this configuration, which finds the bean. */
  static <T> Subject open(Class<?> configuration, Class<T> type, T bean, List<String> headers) {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    context.registerBean(type, () -> bean);
    context.register(configuration);
    context.refresh();
    return new Subject(context.getBean(FILTER, Filter.class), headers, context::close);
  }
}
