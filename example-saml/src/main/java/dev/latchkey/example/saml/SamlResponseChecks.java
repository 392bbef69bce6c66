package dev.latchkey.example.saml;

import com.onelogin.saml2.authn.SamlResponse;
import com.onelogin.saml2.settings.Saml2Settings;
import com.onelogin.saml2.util.Constants;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.xpath.XPathExpressionException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * A SAML response, judged by the library and then by what the library leaves out: what SAML makes
 * optional but the Web Browser SSO Profile (saml-profiles 4.1.4.2) demands, and what is only an
 * invitation to misread.
 */
final class SamlResponseChecks extends SamlResponse {
  private static final Set<String> DIGESTS =
      Set.of(Constants.SHA256, Constants.SHA384, Constants.SHA512);
  private static final int MAX_NAME = 255;

  private final Saml2Settings settings;

  /** Parses it; nothing of it is to be believed yet. */
  SamlResponseChecks(Saml2Settings settings, String acsUrl, String base64) throws Exception {
    super(settings, acsUrl, plain(base64));
    this.settings = settings;
  }

  /**
   * Comments and CDATA within a name read differently to different readers. Encoded anew, since
   * decoders differ as well.
   */
  private static String plain(String base64) throws SamlException {
    byte[] xml = Base64.getMimeDecoder().decode(base64);
    check(!new String(xml, StandardCharsets.UTF_8).contains("<!"), "it has comments or markup");
    return Base64.getEncoder().encodeToString(xml);
  }

  /** That it is the answer to a request of ours, for us, by the identity provider, and now. */
  void check(String acsUrl, String requestId) throws Exception {
    check(isValid(requestId), String.valueOf(getError()));
    Document response = getSAMLResponseDocument();
    check(acsUrl.equals(response.getDocumentElement().getAttribute("Destination")), "Destination");
    check(!elements("/saml:Conditions[@NotOnOrAfter]").isEmpty(), "Conditions without an end");
    var audiences = elements("/saml:Conditions/saml:AudienceRestriction");
    check(!audiences.isEmpty() && audiences.stream().allMatch(this::isForUs), "audience");
    check(
        elements(response.getElementsByTagNameNS(Constants.NS_DS, "DigestMethod"))
            .allMatch(method -> DIGESTS.contains(method.getAttribute("Algorithm"))),
        "digest method");
    check(!Constants.NAMEID_TRANSIENT.equals(getNameIdFormat()), "a name for one login only");
    String name = getNameId();
    check(
        name.equals(name.strip())
            && name.length() <= MAX_NAME
            && name.chars().noneMatch(Character::isISOControl),
        "NameID");
  }

  private boolean isForUs(Element restriction) {
    return elements(restriction.getElementsByTagNameNS(Constants.NS_SAML, "Audience"))
        .anyMatch(audience -> settings.getSpEntityId().equals(audience.getTextContent().strip()));
  }

  private List<Element> elements(String path) throws XPathExpressionException {
    return elements(queryAssertion(path)).toList();
  }

  private static Stream<Element> elements(NodeList nodes) {
    return IntStream.range(0, nodes.getLength())
        .<Node>mapToObj(nodes::item)
        .map(Element.class::cast);
  }

  private static void check(boolean isGood, String what) throws SamlException {
    if (!isGood) {
      throw new SamlException(what);
    }
  }
}
