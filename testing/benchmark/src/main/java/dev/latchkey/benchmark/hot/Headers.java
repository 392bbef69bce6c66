package dev.latchkey.benchmark.hot;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Values of {@code Authorization} in an order that no memory foresees. */
final class Headers {
  private final byte[][] values;

  Headers(List<String> headers) {
    List<String> shuffled = new ArrayList<>(headers);
    Collections.shuffle(shuffled, new Random(1));
    values =
        shuffled.stream()
            .map(header -> header.getBytes(StandardCharsets.ISO_8859_1))
            .toArray(byte[][]::new);
  }

  int count() {
    return values.length;
  }

  /** A request; its header is new, as containers make it. */
  StubRequest request(int number) {
    byte[] value = values[(number & Integer.MAX_VALUE) % values.length];
    return new StubRequest(new String(value, StandardCharsets.ISO_8859_1));
  }
}
