package dev.latchkey.servlet;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import dev.latchkey.test.Requests;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request for {@code /api} and what it is answered, in a state that no container can be put in.
 */
final class FakeExchange {
  final Map<String, Object> attributes = new HashMap<>();
  private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  final Map<String, String> answered = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  final ByteArrayOutputStream stream = new ByteArrayOutputStream();
  final StringWriter writer = new StringWriter();

  /** Runs when headers are read: the request is under way. */
  Runnable whileRunning = () -> {};

  boolean writerTaken;
  boolean committed;
  int status;

  /** The request that the application saw, if it did. */
  @Nullable HttpServletRequest passed;

  final FilterChain chain = (request, response) -> passed = (HttpServletRequest) request;
  final HttpServletRequest request = request();
  final HttpServletResponse response = response();

  void header(String name, String value) {
    headers.put(name, List.of(value));
  }

  private HttpServletRequest request() {
    HttpServletRequest request = Requests.with(headers);
    doAnswer(
            call -> {
              whileRunning.run();
              return Collections.enumeration(
                  headers.getOrDefault(call.<String>getArgument(0), List.of()));
            })
        .when(request)
        .getHeaders(anyString());
    when(request.getAttribute(anyString()))
        .thenAnswer(call -> attributes.get(call.<String>getArgument(0)));
    doAnswer(call -> attributes.put(call.getArgument(0), call.getArgument(1)))
        .when(request)
        .setAttribute(anyString(), any());
    when(request.getDispatcherType()).thenReturn(DispatcherType.REQUEST);
    when(request.getMethod()).thenReturn("GET");
    when(request.getRequestURI()).thenReturn("/api");
    when(request.getServletPath()).thenReturn("/api");
    when(request.getProtocol()).thenReturn("HTTP/1.1");
    when(request.getContentLengthLong()).thenReturn(-1L);
    when(request.getRemoteAddr()).thenReturn("127.0.0.1");
    return request;
  }

  private HttpServletResponse response() {
    HttpServletResponse response = mock(HttpServletResponse.class, withSettings().stubOnly());
    when(response.isCommitted()).thenAnswer(call -> committed);
    doAnswer(call -> status = call.getArgument(0)).when(response).setStatus(anyInt());
    doAnswer(call -> answered.put(call.getArgument(0), call.getArgument(1)))
        .when(response)
        .setHeader(anyString(), anyString());
    doAnswer(call -> answered.put("Content-Type", call.getArgument(0)))
        .when(response)
        .setContentType(anyString());
    doAnswer(call -> answered.put("Content-Length", call.getArgument(0).toString()))
        .when(response)
        .setContentLength(anyInt());
    try {
      when(response.getOutputStream())
          .thenAnswer(
              call -> {
                if (writerTaken) {
                  throw new IllegalStateException("getWriter has been called");
                }
                return new Stream();
              });
      when(response.getWriter()).thenAnswer(call -> new PrintWriter(writer));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return response;
  }

  private final class Stream extends ServletOutputStream {
    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new AssertionError();
    }

    @Override
    public void write(int b) {
      stream.write(b);
    }
  }

  String body() {
    return stream.toString(StandardCharsets.UTF_8) + writer;
  }
}
