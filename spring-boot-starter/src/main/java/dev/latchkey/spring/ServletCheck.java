package dev.latchkey.spring;

import dev.latchkey.ApiKeys;
import dev.latchkey.admin.ApiKeyAdminServlet;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tries the servlet's init-params at start: containers do so with the first request. */
final class ServletCheck {
  private ServletCheck() {}

  static void check(ApiKeys apiKeys, Map<String, String> initParams, SpringSettings settings) {
    try {
      new ApiKeyAdminServlet(apiKeys).init(new Config(initParams));
    } catch (ServletException | IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      for (String name : initParams.keySet()) {
        if (message.startsWith(name)) {
          String property = SpringSettings.servletProperty(name);
          throw settings.wrong(property, message.substring(name.length()).strip());
        }
      }
      throw new WrongSettingException("the servlet's settings: " + message, "");
    }
  }

  private record Config(Map<String, String> initParams) implements ServletConfig {
    @Override
    public String getServletName() {
      return "latchkey";
    }

    @Override
    public ServletContext getServletContext() {
      throw new IllegalStateException("not in a container yet");
    }

    @Override
    public @Nullable String getInitParameter(String name) {
      return initParams.get(name);
    }

    @Override
    public Enumeration<String> getInitParameterNames() {
      return Collections.enumeration(initParams.keySet());
    }
  }
}
