package dev.latchkey.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.admin.ApiKeyAdminServlet;
import dev.latchkey.servlet.ApiKeyFilter;
import dev.latchkey.test.Polling;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The container's own access log names owner and key, by the pattern of docs/monitoring.md. */
abstract class AccessLogContract {
  private static final Path PAGE = Path.of("..", "..", "..", "docs", "monitoring.md");

  /** A container that serves {@link #application} and writes an access log. */
  interface LoggingContainer extends AutoCloseable {
    URI uri();

    List<String> lines() throws IOException;

    @Override
    void close();
  }

  abstract LoggingContainer start(String pattern) throws Exception;

  /** The container's name, as the page has it. */
  abstract String name();

  static void application(ServletContext context) {
    TestApplication.addFilter(context, "login", new TestApplication.TestLogin(), "/*");
    TestApplication.addFilter(context, "api-keys", new ApiKeyFilter(), "/*")
        .setInitParameters(TestApplication.initParams());
    TestApplication.add(context, new ApiKeyAdminServlet(), "admin", "/api-keys/*");
    TestApplication.add(
        context,
        new TestApplication.Servlet((q, r) -> r.getWriter().print(q.getRemoteUser())),
        "hello",
        "/api/hello");
  }

  private String pattern() throws IOException {
    Matcher block =
        Pattern.compile(name() + "'s `.*?```text\n(.*?)\n```", Pattern.DOTALL)
            .matcher(Files.readString(PAGE));
    assertThat(block.find()).isTrue();
    return block.group(1);
  }

  @Test
  void linesNameOwnerAndKey() throws Exception {
    try (LoggingContainer container = start(pattern())) {
      Caller caller = new Caller(container.uri());
      HttpResponse<String> added = caller.addKey("alice");
      String key = Caller.secretIn(added);
      String tag = added.body().replaceAll("(?s).*\"tag\":\"([^\"]+)\".*", "$1");
      assertThat(caller.getWithKey("api/hello", key).statusCode()).isEqualTo(200);
      assertThat(caller.getWithKey("api-keys", key).statusCode()).isEqualTo(403);
      assertThat(caller.get("api/hello").statusCode()).isEqualTo(401);
      List<String> lines = linesOf(container, 4);
      assertThat(lines.get(1)).contains(" alice ", "/api/hello", " 200 ").endsWith("key=" + tag);
      assertThat(lines.get(2)).contains(" alice ", "/api-keys", " 403 ").endsWith("key=" + tag);
      assertThat(lines.get(3)).contains("/api/hello", " 401 ").endsWith("key=-");
      assertThat(String.join("\n", lines)).doesNotContain(key);
    }
  }

  /** A line comes after the answer. */
  private static List<String> linesOf(LoggingContainer container, int count) {
    Polling.until(() -> read(container).size() >= count, () -> "only " + read(container));
    return read(container);
  }

  private static List<String> read(LoggingContainer container) {
    try {
      return container.lines();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
