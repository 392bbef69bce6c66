package dev.latchkey.example.saml;

/** An answer of the identity provider that is not believed. The message is for the log alone. */
final class SamlException extends Exception {
  private static final long serialVersionUID = 1L;

  SamlException(String message) {
    // It may quote the answer, which anybody may have written.
    super(message.replaceAll("\\s+", " "));
  }
}
