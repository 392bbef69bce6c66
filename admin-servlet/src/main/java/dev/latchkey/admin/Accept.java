package dev.latchkey.admin;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Holds what a request says that it accepts: RFC 9110 section 12.5, as far as it matters here.
 *
 * @param weights of what it names, in lower case; zero is a refusal
 */
record Accept(Map<String, Double> weights) {
  private static final Pattern QUOTED_PROFILE = Pattern.compile("profile=\"([a-z0-9-]++)\"");
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*+\"");
  private static final Pattern WEIGHT = Pattern.compile("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?");

  static Accept of(HttpServletRequest request, String header) {
    // Several fields are one list; what is quoted parts nothing.
    String value = String.join(",", Collections.list(request.getHeaders(header)));
    String profiled =
        QUOTED_PROFILE.matcher(value.toLowerCase(Locale.ROOT)).replaceAll("profile=$1");
    String list = QUOTED.matcher(profiled).replaceAll("");
    Map<String, Double> weights = new HashMap<>();
    for (String range : list.split(",")) {
      String[] parts = range.split(";");
      double weight = 1;
      String profile = "";
      for (int i = 1; i < parts.length; i++) {
        String[] parameter = parts[i].split("=", 2);
        if (parameter[0].strip().equals("q")) {
          weight = weight(parameter.length < 2 ? "" : parameter[1].strip());
        } else if (parameter[0].strip().equals("profile") && parameter.length == 2) {
          profile = parameter[1].strip();
        }
      }
      if (parts.length > 0) {
        weights.merge(parts[0].strip(), weight, Math::min);
        weights.merge(parts[0].strip() + ";profile=" + profile, weight, Math::min);
      }
    }
    return new Accept(weights);
  }

  /** A weight that cannot be read promises nothing. */
  private static double weight(String text) {
    return WEIGHT.matcher(text).matches() ? Double.parseDouble(text) : 0;
  }

  /** Tells whether it names something, and does not refuse it. */
  boolean names(String name) {
    return weights.getOrDefault(name, 0.0) > 0;
  }

  /** Tells whether it takes a coding, and would not rather have the content as it is. */
  boolean prefersCoding(String name) {
    double weight = weights.getOrDefault(name, weights.getOrDefault("*", 0.0));
    return weight > 0 && weight >= weights.getOrDefault("identity", 0.0);
  }
}
