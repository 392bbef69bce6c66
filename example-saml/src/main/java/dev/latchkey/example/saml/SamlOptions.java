package dev.latchkey.example.saml;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Holds what the example is told of SAML.
 *
 * @param idpMetadata the file, or the http(s) URL, of the identity provider's metadata
 * @param entityId our name at the identity provider; null for the URL of our metadata
 * @param acsUrl where the identity provider's answers are sent; null for our own URL
 * @param sessionLength how long a login lasts of which the identity provider does not say it
 */
record SamlOptions(
    String idpMetadata,
    @Nullable String entityId,
    @Nullable String acsUrl,
    Duration sessionLength) {
  /** How long a login lasts unless it is said. */
  static final Duration DEFAULT_SESSION_LENGTH = Duration.ofHours(8);

  private static final Duration MAX_SESSION = Duration.ofDays(365);

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException naming the option that is wrong
   */
  SamlOptions {
    if (sessionLength.isZero()
        || sessionLength.isNegative()
        || sessionLength.compareTo(MAX_SESSION) > 0) {
      throw new IllegalArgumentException("--saml-session-length must be up to 365 days");
    }
    if (entityId != null && entityId.isBlank()) {
      throw new IllegalArgumentException("--saml-entity-id must not be empty");
    }
    if (acsUrl != null && !acsUrl.matches("https?://[^?#\\s/]+(/[^?#\\s]*)?")) {
      throw new IllegalArgumentException("--saml-acs-url must be an http or https URL");
    }
  }

  String entityId(URI base) {
    return entityId != null ? entityId : base.resolve(SamlServlet.PATH + "/metadata").toString();
  }

  String acsUrl(URI base) {
    return acsUrl != null ? acsUrl : base.resolve(SamlServlet.PATH + "/acs").toString();
  }
}
