package dev.latchkey.benchmark.hot;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.PrintWriter;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/** A response that keeps the status alone. */
final class StubResponse extends HttpServletResponseWrapper {
  private static final HttpServletResponse NOTHING_ELSE = Stubs.refusing(HttpServletResponse.class);
  private static final ServletOutputStream NOWHERE =
      new ServletOutputStream() {
        @Override
        public boolean isReady() {
          return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
          throw new IllegalStateException("nothing is written asynchronously");
        }

        @Override
        public void write(int octet) {}

        @Override
        public void write(byte[] octets, int offset, int length) {}
      };
  private static final PrintWriter NOBODY = new PrintWriter(Writer.nullWriter());

  private int status = SC_OK;

  StubResponse() {
    super(NOTHING_ELSE);
  }

  @Override
  public int getStatus() {
    return status;
  }

  @Override
  public void setStatus(int status) {
    this.status = status;
  }

  @Override
  public void resetBuffer() {}

  @Override
  public boolean isCommitted() {
    return false;
  }

  @Override
  public void setHeader(String name, @Nullable String value) {}

  @Override
  public void addHeader(String name, @Nullable String value) {}

  @Override
  public @Nullable String getHeader(String name) {
    return null;
  }

  @Override
  public boolean containsHeader(String name) {
    return false;
  }

  @Override
  public void sendError(int status) {
    this.status = status;
  }

  @Override
  public void setDateHeader(String name, long millis) {}

  @Override
  public void setContentType(@Nullable String type) {}

  @Override
  public void setContentLength(int length) {}

  @Override
  public PrintWriter getWriter() {
    return NOBODY;
  }

  @Override
  public ServletOutputStream getOutputStream() {
    return NOWHERE;
  }
}
