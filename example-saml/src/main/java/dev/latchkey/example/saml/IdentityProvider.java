package dev.latchkey.example.saml;

import com.onelogin.saml2.settings.IdPMetadataParser;
import com.onelogin.saml2.settings.SettingsBuilder;
import com.onelogin.saml2.util.Constants;
import com.onelogin.saml2.util.Util;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathException;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** What the identity provider's metadata say, as settings of the library. */
final class IdentityProvider {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String SIGNING_CERTIFICATES =
      "//md:IDPSSODescriptor/md:KeyDescriptor[not(@use) or @use='signing']"
          + "/ds:KeyInfo/ds:X509Data/ds:X509Certificate";

  private IdentityProvider() {}

  /**
   * Reads the metadata.
   *
   * @throws IllegalArgumentException if they cannot be read, or are none
   */
  static Map<String, Object> settings(String fileOrUrl) {
    try {
      Document metadata = Util.parseXML(new InputSource(new ByteArrayInputStream(read(fileOrUrl))));
      Map<String, Object> settings =
          new HashMap<>(
              IdPMetadataParser.parseXML(
                  metadata,
                  null,
                  Constants.NAMEID_UNSPECIFIED,
                  Constants.BINDING_HTTP_REDIRECT,
                  Constants.BINDING_HTTP_REDIRECT));
      // The parser also trusts certificates that are for encryption only: those are left out.
      settings
          .keySet()
          .removeIf(name -> name.startsWith(SettingsBuilder.IDP_X509CERT_PROPERTY_KEY));
      if (Util.query(metadata, "//md:IDPSSODescriptor").getLength() != 1) {
        // Of several, the library takes the first one's name, and we should trust all their keys.
        throw new IllegalArgumentException("it must describe exactly one identity provider");
      }
      NodeList certificates = Util.query(metadata, SIGNING_CERTIFICATES);
      for (int i = 0; i < certificates.getLength(); i++) {
        String certificate = certificates.item(i).getTextContent().strip();
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(Base64.getMimeDecoder().decode(certificate)));
        settings.put(SettingsBuilder.IDP_X509CERTMULTI_PROPERTY_KEY + "." + i, certificate);
      }
      if (!Constants.BINDING_HTTP_REDIRECT.equals(
          settings.get(SettingsBuilder.IDP_SINGLE_SIGN_ON_SERVICE_BINDING_PROPERTY_KEY))) {
        throw new IllegalArgumentException("it must offer single sign-on by HTTP-Redirect");
      }
      return settings;
    } catch (IOException
        | SAXException
        | ParserConfigurationException
        | XPathException
        | CertificateException
        | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "--saml-idp-metadata: cannot use %s: %s (%s)"
              .formatted(fileOrUrl, e.getMessage(), e.getClass().getSimpleName()),
          e);
    }
  }

  private static byte[] read(String fileOrUrl) throws IOException {
    if (!fileOrUrl.matches("https?://.*")) {
      return Files.readAllBytes(Path.of(fileOrUrl));
    }
    HttpResponse<byte[]> response;
    try {
      response =
          HttpClient.newBuilder()
              .connectTimeout(PATIENCE)
              .build()
              .send(
                  HttpRequest.newBuilder(URI.create(fileOrUrl)).timeout(PATIENCE).build(),
                  HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    if (response.statusCode() != 200) {
      throw new IOException("the answer was " + response.statusCode());
    }
    return response.body();
  }
}
