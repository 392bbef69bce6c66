package dev.latchkey.example.saml;

import com.onelogin.saml2.authn.AuthnRequest;
import com.onelogin.saml2.authn.AuthnRequestParams;
import com.onelogin.saml2.settings.Saml2Settings;
import com.onelogin.saml2.settings.SettingsBuilder;
import com.onelogin.saml2.util.Constants;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.joda.time.DateTime;
import org.jspecify.annotations.Nullable;

/**
 * A SAML 2.0 service provider: asks by redirect, and takes a signed assertion by POST. Thread-safe.
 */
final class ServiceProvider {
  private final Saml2Settings settings;
  private final String acsUrl;
  private final Duration sessionLength;

  /** A question to the identity provider. */
  record Question(String id, String url) {}

  /**
   * A service provider.
   *
   * @param base where we are reached
   * @throws IllegalArgumentException naming the option that is wrong
   */
  ServiceProvider(SamlOptions options, URI base) {
    acsUrl = options.acsUrl(base);
    sessionLength = options.sessionLength();
    Map<String, Object> values = IdentityProvider.settings(options.idpMetadata());
    values.put(SettingsBuilder.STRICT_PROPERTY_KEY, true);
    values.put(SettingsBuilder.SP_ENTITYID_PROPERTY_KEY, options.entityId(base));
    values.put(SettingsBuilder.SP_ASSERTION_CONSUMER_SERVICE_URL_PROPERTY_KEY, acsUrl);
    values.put(
        SettingsBuilder.SP_ASSERTION_CONSUMER_SERVICE_BINDING_PROPERTY_KEY,
        Constants.BINDING_HTTP_POST);
    values.put(SettingsBuilder.SP_NAMEIDFORMAT_PROPERTY_KEY, Constants.NAMEID_UNSPECIFIED);
    values.put(SettingsBuilder.SECURITY_WANT_ASSERTIONS_SIGNED, true);
    values.put(SettingsBuilder.SECURITY_WANT_NAMEID, true);
    values.put(SettingsBuilder.SECURITY_WANT_XML_VALIDATION, true);
    values.put(SettingsBuilder.SECURITY_REJECT_UNSOLICITED_RESPONSES_WITH_INRESPONSETO, true);
    values.put(SettingsBuilder.SECURITY_REJECT_DEPRECATED_ALGORITHM, true);
    values.put(SettingsBuilder.SECURITY_REQUESTED_AUTHNCONTEXT, "");
    values.put(SettingsBuilder.UNIQUE_ID_PREFIX_PROPERTY_KEY, "_");
    settings = new SettingsBuilder().fromValues(values).build();
    List<String> errors = settings.checkSettings();
    if (!errors.isEmpty()) {
      throw new IllegalArgumentException(
          "--saml-idp-metadata: %s does not describe an identity provider that takes requests by"
                  .formatted(options.idpMetadata())
              + " redirect: "
              + errors);
    }
  }

  Question question() {
    AuthnRequest request = new AuthnRequest(settings, new AuthnRequestParams(false, false, true));
    String idp = settings.getIdpSingleSignOnServiceUrl().toString();
    try {
      String encoded =
          URLEncoder.encode(request.getEncodedAuthnRequest(true), StandardCharsets.UTF_8);
      return new Question(
          request.getId(), idp + (idp.contains("?") ? "&" : "?") + "SAMLRequest=" + encoded);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Our own metadata, for the identity provider. */
  String metadata() throws CertificateEncodingException {
    return settings.getSPMetadata();
  }

  /**
   * Whom the identity provider has logged in.
   *
   * @param response the form parameter {@code SAMLResponse}; null if it was not sent
   * @param questionId what it must be the answer to
   * @throws SamlException if it is not to be believed
   */
  SamlLogin answer(@Nullable String response, String questionId, Instant now) throws SamlException {
    if (response == null) {
      throw new SamlException("SAMLResponse is missing");
    }
    try {
      SamlResponseChecks answer = new SamlResponseChecks(settings, acsUrl, response);
      answer.check(acsUrl, questionId);
      DateTime endsAt = answer.getSessionNotOnOrAfter();
      SamlLogin login =
          new SamlLogin(
              answer.getNameId(),
              endsAt == null
                  ? now.plus(sessionLength).truncatedTo(ChronoUnit.SECONDS)
                  : Instant.ofEpochMilli(endsAt.getMillis()));
      if (!now.isBefore(login.endsAt())) {
        throw new SamlException("the session has ended already");
      }
      return login;
    } catch (SamlException e) {
      throw e;
    } catch (Exception | StackOverflowError e) { // by nesting without end
      throw new SamlException("it cannot be read: " + e);
    }
  }
}
