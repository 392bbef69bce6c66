package dev.latchkey.admin;

import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Requests as containers tell of them. */
final class Requests {
  private Requests() {}

  static HttpServletRequest with(Map<String, List<String>> fields) {
    HttpServletRequest request = mock(HttpServletRequest.class);
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
