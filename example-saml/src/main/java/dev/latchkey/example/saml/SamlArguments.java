package dev.latchkey.example.saml;

import dev.latchkey.example.Addition;
import dev.latchkey.example.Logins;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The options of the command line that are about SAML. Reads one command line. */
final class SamlArguments {
  private static final String USAGE =
      """
        --saml-idp-metadata F    let users log in with SAML too: the identity provider's metadata, a
                                 file or an http(s) URL
        --saml-entity-id ID      our name there (the URL of our metadata, …/saml/metadata)
        --saml-acs-url URL       where it sends its answers (…/saml/acs)
        --saml-session-length D  how long a login lasts if it does not say (PT8H)
      """;
  private static final String IDP_METADATA = "--saml-idp-metadata";
  private static final String ENTITY_ID = "--saml-entity-id";
  private static final String ACS_URL = "--saml-acs-url";
  private static final String SESSION_LENGTH = "--saml-session-length";

  private final Map<String, String> given = new HashMap<>();

  /** Returns what is added to the example. */
  Addition addition() {
    return new Addition(
        "latchkey-example-saml.jar",
        USAGE,
        Map.of(
            IDP_METADATA, to(IDP_METADATA),
            ENTITY_ID, to(ENTITY_ID),
            ACS_URL, to(ACS_URL),
            SESSION_LENGTH, to(SESSION_LENGTH)),
        this::logins);
  }

  private Consumer<String> to(String option) {
    return value -> given.put(option, value);
  }

  private Logins logins() {
    SamlOptions options = options();
    return options == null ? Logins.FORM_ONLY : new SamlLogins(options);
  }

  /**
   * Returns how users may log in with SAML; null if they may not.
   *
   * @throws IllegalArgumentException naming the option that is wrong
   */
  @Nullable SamlOptions options() {
    String idpMetadata = given.get(IDP_METADATA);
    if (idpMetadata == null) {
      if (!given.isEmpty()) {
        throw new IllegalArgumentException("SAML needs " + IDP_METADATA);
      }
      return null;
    }
    return new SamlOptions(idpMetadata, given.get(ENTITY_ID), given.get(ACS_URL), sessionLength());
  }

  private Duration sessionLength() {
    String text = given.get(SESSION_LENGTH);
    try {
      return text == null ? SamlOptions.DEFAULT_SESSION_LENGTH : Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          SESSION_LENGTH + " must be an ISO-8601 duration, such as PT8H", e);
    }
  }
}
