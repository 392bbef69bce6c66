package dev.latchkey.test;

import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Requests as containers tell of them. */
public final class Requests {
  private Requests() {}

  /**
   * Returns a request with header fields, which may change later.
   *
   * @param fields knows names as the test's request shall: in any case, or in one
   */
  public static HttpServletRequest with(Map<String, List<String>> fields) {
    HttpServletRequest request = mock(HttpServletRequest.class, withSettings().stubOnly());
    when(request.getHeaders(anyString()))
        .thenAnswer(
            call -> Collections.enumeration(fields.getOrDefault(call.getArgument(0), List.of())));
    when(request.getHeader(anyString()))
        .thenAnswer(
            call ->
                fields.getOrDefault(call.getArgument(0), List.of()).stream()
                    .findFirst()
                    .orElse(null));
    return request;
  }
}
