package dev.latchkey.internal.store;

/**
 * Which database it is that keeps the keys.
 *
 * @param product what it is called, and its version
 * @param url how it is reached, without secrets; empty if nobody knows
 */
public record DatabaseInfo(String product, String url) {
  @Override
  public String toString() {
    return url.isEmpty() ? product : product + " at " + url;
  }
}
