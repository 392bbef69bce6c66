package dev.latchkey.boot;

import dev.latchkey.ApiKeys;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.admin.ApiKeyAdminServlet;
import dev.latchkey.servlet.ApiKeyFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.security.Principal;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** An application of Spring Boot with the filter and the servlet as beans. */
@SpringBootApplication
@RestController
class ShopApplication {
  @Bean(destroyMethod = "close")
  ApiKeys apiKeys(@Value("${shop.jdbc-url}") String jdbcUrl) {
    return ApiKeys.open(
        ApiKeysConfig.builder().jdbcUrl(jdbcUrl).lookupTimeout(Duration.ofMillis(500)).build());
  }

  @Bean
  FilterRegistrationBean<ApiKeyFilter> apiKeyFilter(ApiKeys apiKeys) {
    FilterRegistrationBean<ApiKeyFilter> filter =
        new FilterRegistrationBean<>(new ApiKeyFilter(apiKeys));
    filter.addUrlPatterns("/api/*");
    filter.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
    return filter;
  }

  @Bean
  ServletRegistrationBean<ApiKeyAdminServlet> ownApiKey(ApiKeys apiKeys) {
    return new ServletRegistrationBean<>(new ApiKeyAdminServlet(apiKeys), "/api-keys/*");
  }

  /** The application's login: the user whom a header names. */
  @Bean
  FilterRegistrationBean<Filter> login() {
    return new FilterRegistrationBean<>(new HeaderLogin());
  }

  @GetMapping("/api/whoami")
  Map<String, String> whoAmI(Principal principal) {
    return Map.of("user", principal.getName());
  }

  private static final class HeaderLogin implements Filter {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      String user = ((HttpServletRequest) request).getHeader("X-User");
      chain.doFilter(user == null ? request : as(user, (HttpServletRequest) request), response);
    }

    private static HttpServletRequest as(String user, HttpServletRequest request) {
      return new HttpServletRequestWrapper(request) {
        @Override
        public Principal getUserPrincipal() {
          return () -> user;
        }
      };
    }
  }
}
