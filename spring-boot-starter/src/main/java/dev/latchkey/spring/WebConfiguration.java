package dev.latchkey.spring;

import dev.latchkey.ApiKeys;
import dev.latchkey.FilterSettings;
import dev.latchkey.admin.ApiKeyAdminServlet;
import dev.latchkey.admin.LoginSession;
import dev.latchkey.internal.path.PathPattern;
import dev.latchkey.servlet.ApiKeyFilter;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The filter and the servlet. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
final class WebConfiguration {
  @Bean
  static KeyFilterOrder latchkeyFilterOrder() {
    return new KeyFilterOrder();
  }

  @Bean
  SecurityRules latchkeySecurityRules() {
    return new SecurityRules();
  }

  private static String servletPath(SpringSettings settings) {
    String path = settings.text(SpringSettings.SERVLET_PATH, "/api-keys");
    if (!path.startsWith("/") || !PathPattern.isPattern(path) || path.endsWith("/*")) {
      throw settings.wrong(SpringSettings.SERVLET_PATH, "must be a path such as /api-keys");
    }
    return path;
  }

  @Bean
  @ConditionalOnProperty(
      prefix = SpringSettings.PREFIX,
      name = "filter.enabled",
      matchIfMissing = true)
  @ConditionalOnMissingBean(
      value = ApiKeyFilter.class,
      parameterizedContainer = FilterRegistrationBean.class)
  FilterRegistrationBean<ApiKeyFilter> latchkeyFilter(
      ApiKeys apiKeys, FilterSettings filter, SpringSettings settings) {
    FilterRegistrationBean<ApiKeyFilter> registration =
        new FilterRegistrationBean<>(new ApiKeyFilter(apiKeys, filter));
    registration.setUrlPatterns(urlPatterns(settings));
    registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
    registration.setOrder(KeyFilterOrder.ORDER);
    return registration;
  }

  private static List<String> urlPatterns(SpringSettings settings) {
    List<String> patterns = settings.list(SpringSettings.URL_PATTERNS, "/api/*");
    if (!patterns.stream().allMatch(PathPattern::isPattern)) {
      throw settings.wrong(
          SpringSettings.URL_PATTERNS, "must be a list of patterns: /x, /x/*, *.x or /*");
    }
    return patterns;
  }

  /** Beside the application's own registrations, too. */
  @Bean
  FilterRegistrationBean<OddPathFilter> latchkeyOddPathFilter(
      ObjectProvider<FilterRegistrationBean<ApiKeyFilter>> keyFilters) {
    List<PathPattern> guarded =
        keyFilters.stream()
            .flatMap(filter -> filter.getUrlPatterns().stream())
            .filter(PathPattern::isPattern)
            .map(PathPattern::of)
            .toList();
    FilterRegistrationBean<OddPathFilter> registration =
        new FilterRegistrationBean<>(new OddPathFilter(guarded));
    registration.setOrder(KeyFilterOrder.ORDER - 1);
    return registration;
  }

  @Bean
  FilterRegistrationBean<AdmittedFilter> latchkeyAdmittedFilter() {
    FilterRegistrationBean<AdmittedFilter> registration =
        new FilterRegistrationBean<>(new AdmittedFilter());
    registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
    registration.setOrder(KeyFilterOrder.ORDER + 1);
    return registration;
  }

  @Bean
  @ConditionalOnProperty(
      prefix = SpringSettings.PREFIX,
      name = "servlet.enabled",
      matchIfMissing = true)
  @ConditionalOnMissingBean(
      value = ApiKeyAdminServlet.class,
      parameterizedContainer = ServletRegistrationBean.class)
  ServletRegistrationBean<ApiKeyAdminServlet> latchkeyServlet(
      ApiKeys apiKeys, SpringSettings settings, ObjectProvider<LoginSession> loginSession) {
    ServletRegistrationBean<ApiKeyAdminServlet> registration =
        new ServletRegistrationBean<>(
            new ApiKeyAdminServlet(apiKeys, loginSession.getIfUnique(() -> LoginSession.UNBOUNDED)),
            servletPath(settings) + "/*");
    Map<String, String> initParams = new TreeMap<>();
    for (String name : SpringSettings.SERVLET_INIT_PARAMS) {
      String text = settings.text(SpringSettings.servletProperty(name));
      if (text != null) {
        initParams.put(name, text);
      }
    }
    ServletCheck.check(apiKeys, initParams, settings);
    registration.setInitParameters(initParams);
    return registration;
  }
}
