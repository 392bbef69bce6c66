package dev.latchkey.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A request for {@code /api} and what it is answered, without a container. */
final class FakeExchange {
  final Map<String, Object> attributes = new HashMap<>();
  final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
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

  final HttpServletRequest request =
      fake(
          HttpServletRequest.class,
          (method, args) ->
              switch (method) {
                case "getAttribute" -> attributes.get((String) args[0]);
                case "setAttribute" -> attributes.put((String) args[0], args[1]);
                case "getDispatcherType" -> DispatcherType.REQUEST;
                case "getMethod" -> "GET";
                case "getProtocol" -> "HTTP/1.1";
                case "getContentLengthLong" -> -1L;
                case "getRemoteAddr" -> "127.0.0.1";
                case "getHeader" -> headers.get((String) args[0]);
                case "getHeaders" -> {
                  whileRunning.run();
                  String value = headers.get((String) args[0]);
                  yield Collections.enumeration(value == null ? List.of() : List.of(value));
                }
                default -> throw new AssertionError(method);
              });

  final HttpServletResponse response =
      fake(
          HttpServletResponse.class,
          (method, args) ->
              switch (method) {
                case "isCommitted" -> committed;
                case "resetBuffer" -> null;
                case "setStatus" -> {
                  status = (Integer) args[0];
                  yield null;
                }
                case "setHeader" -> answered.put((String) args[0], (String) args[1]);
                case "setContentType" -> answered.put("Content-Type", (String) args[0]);
                case "setContentLength" -> answered.put("Content-Length", args[0].toString());
                case "getOutputStream" -> {
                  if (writerTaken) {
                    throw new IllegalStateException("getWriter has been called");
                  }
                  yield new Stream();
                }
                case "getWriter" -> new PrintWriter(writer);
                default -> throw new AssertionError(method);
              });

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

  private interface Answers {
    @Nullable Object to(String method, Object[] args);
  }

  private static <T> T fake(Class<T> type, Answers answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) -> answers.to(method.getName(), args)));
  }

  String body() {
    return stream.toString(StandardCharsets.UTF_8) + writer;
  }
}
