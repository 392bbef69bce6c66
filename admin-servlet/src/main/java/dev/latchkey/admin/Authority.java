package dev.latchkey.admin;

import java.net.IDN;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host and a port: what an {@code Origin} and a {@code Host} field have in common.
 *
 * @param host in one spelling, whichever of its spellings was read
 * @param port {@link #UNSAID} if there is none
 */
record Authority(String host, int port) {
  static final int UNSAID = -1;
  private static final int MAX_PORT = 65_535;

  private static final Pattern FORM =
      Pattern.compile("(\\[[^\\[\\]]*]|[^\\[\\]:]+)(?::([0-9]{0,5}))?");

  /** More than {@link java.net.URI} takes for a host, such as names with underscores. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9._~!$&'()+;=\\P{ASCII}-]+");

  /** With a colon, so that nobody asks the DNS. */
  private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f.]*:[0-9a-f:.]*]");

  /** What {@link IDN}, being older than today's rules, takes for other letters: left as it is. */
  private static final Pattern NOT_ITS_OWN = Pattern.compile("[\u00df\u1e9e\u03c2\u200c\u200d]");

  /** Returns empty if the text is no host with or without a port. */
  static Optional<Authority> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    String digits = form.group(2);
    int port = digits == null || digits.isEmpty() ? UNSAID : Integer.parseInt(digits);
    return port > MAX_PORT || port == 0
        ? Optional.empty()
        : spelled(form.group(1)).map(host -> new Authority(host, port));
  }

  /** Returns what a container says; some leave the brackets of an IPv6 address out. */
  static Optional<Authority> of(String host, int port) {
    String bracketed = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    return spelled(bracketed).map(name -> new Authority(name, port));
  }

  Authority withoutPort() {
    return new Authority(host, UNSAID);
  }

  private static Optional<String> spelled(String host) {
    String ascii = ascii(utf8(host)).toLowerCase(Locale.ROOT);
    if (ascii.startsWith("[")) {
      return IPV6.matcher(ascii).matches() ? ipv6(ascii) : Optional.empty();
    }
    String name = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
    return NAME.matcher(name).matches() ? Optional.of(name) : Optional.empty();
  }

  /** Returns what was sent, where a container has read UTF-8 as ISO-8859-1. */
  private static String utf8(String host) {
    try {
      ByteBuffer bytes = StandardCharsets.ISO_8859_1.newEncoder().encode(CharBuffer.wrap(host));
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      return host;
    }
  }

  private static String ascii(String host) {
    if (host.chars().allMatch(c -> c < 0x80) || NOT_ITS_OWN.matcher(host).find()) {
      return host;
    }
    try {
      return IDN.toASCII(host, IDN.ALLOW_UNASSIGNED);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static Optional<String> ipv6(String literal) {
    try {
      InetAddress address = InetAddress.getByName(literal);
      // An IPv4 address in an IPv6 one is another host than by itself.
      String mapped = address instanceof Inet4Address ? "::ffff:" : "";
      return Optional.of("[" + mapped + address.getHostAddress() + "]");
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
