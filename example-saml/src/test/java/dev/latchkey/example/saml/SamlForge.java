package dev.latchkey.example.saml;

import java.io.StringReader;
import java.io.StringWriter;
import java.security.Key;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.crypto.spec.SecretKeySpec;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.SignatureMethod;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.keyinfo.KeyInfo;
import javax.xml.crypto.dsig.keyinfo.KeyInfoFactory;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/**
 * Makes SAML responses that must not be believed, out of a genuine one and, since a thief of the
 * signature would have it too, the identity provider's own key. The names of the wrapping attacks
 * (XSW) are those of "On Breaking SAML: Be Whoever You Want to Be" (2012).
 */
final class SamlForge {
  private static final String ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion";
  private static final String PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";
  private static final String DSIG = XMLSignature.XMLNS;
  private static final String RSA_SHA256 = SignatureMethod.RSA_SHA256;
  private static final List<String> TIMES =
      List.of("IssueInstant", "NotBefore", "NotOnOrAfter", "AuthnInstant", "SessionNotOnOrAfter");
  private static final String EVIL = "admin";
  private static final String ELSEWHERE = "http://127.0.0.1:1/elsewhere";

  private final String genuine;
  private final String question;
  private final KeyPair key;
  private final KeyPair otherKey;

  /** A forge of answers to a question. */
  SamlForge(String genuine, String question, KeyPair key, KeyPair otherKey) {
    this.genuine = genuine;
    this.question = question;
    this.key = key;
    this.otherKey = otherKey;
  }

  /** What must be believed: it shows that the forge itself does nothing wrong. */
  Map<String, String> good() {
    Map<String, String> answers = new LinkedHashMap<>();
    answers.put("assertion signed", signed(d -> {}));
    answers.put("response signed too", text(responseSigned(true)));
    answers.put(
        "without SessionNotOnOrAfter",
        signed(d -> one(d, ASSERTION, "AuthnStatement").removeAttribute("SessionNotOnOrAfter")));
    return answers;
  }

  /** What must be refused, by what is wrong with it. */
  Map<String, String> bad() {
    Map<String, String> answers = new LinkedHashMap<>();
    forged(answers);
    wrongPlaceOrTime(answers);
    misleading(answers);
    wrapped(answers);
    return answers;
  }

  private void forged(Map<String, String> answers) {
    answers.put("other name", afterSigning(d -> rename(d, EVIL)));
    answers.put(
        "longer session",
        afterSigning(
            d ->
                one(d, ASSERTION, "AuthnStatement")
                    .setAttribute("SessionNotOnOrAfter", "2099-01-01T00:00:00Z")));
    answers.put("unsigned", text(unsigned(d -> rename(d, EVIL))));
    answers.put("only the response signed", text(responseSigned(false)));
    answers.put(
        "signed by another", signedWith(otherKey.getPrivate(), RSA_SHA256, DigestMethod.SHA256));
    answers.put(
        "RSA-SHA1", signedWith(key.getPrivate(), SignatureMethod.RSA_SHA1, DigestMethod.SHA256));
    answers.put("SHA-1 digest", signedWith(key.getPrivate(), RSA_SHA256, DigestMethod.SHA1));
    answers.put(
        "HMAC with the public key",
        signedWith(
            new SecretKeySpec(key.getPublic().getEncoded(), "HmacSHA256"),
            SignatureMethod.HMAC_SHA256,
            DigestMethod.SHA256));
  }

  private void wrongPlaceOrTime(Map<String, String> answers) {
    answers.put("expired", signed(d -> move(d, Duration.ofMinutes(-10))));
    answers.put("not yet valid", signed(d -> move(d, Duration.ofMinutes(10))));
    answers.put(
        "session over",
        signed(
            d ->
                one(d, ASSERTION, "AuthnStatement")
                    .setAttribute("SessionNotOnOrAfter", ago(Duration.ofMinutes(1)))));
    answers.put(
        "conditions without an end",
        signed(d -> one(d, ASSERTION, "Conditions").removeAttribute("NotOnOrAfter")));
    answers.put("no conditions", signed(d -> drop(one(d, ASSERTION, "Conditions"))));
    answers.put(
        "confirmation without an end",
        signed(d -> confirmation(d).removeAttribute("NotOnOrAfter")));
    answers.put(
        "wrong audience", signed(d -> one(d, ASSERTION, "Audience").setTextContent(ELSEWHERE)));
    answers.put("no audience", signed(d -> drop(one(d, ASSERTION, "AudienceRestriction"))));
    answers.put("also another's audience only", signed(SamlForge::addForeignAudience));
    answers.put(
        "wrong destination",
        afterSigning(d -> d.getDocumentElement().setAttribute("Destination", ELSEWHERE)));
    answers.put(
        "no destination", afterSigning(d -> d.getDocumentElement().removeAttribute("Destination")));
    answers.put(
        "wrong recipient", signed(d -> confirmation(d).setAttribute("Recipient", ELSEWHERE)));
    answers.put("no recipient", signed(d -> confirmation(d).removeAttribute("Recipient")));
    answers.put(
        "wrong issuer",
        signed(d -> one(assertion(d), ASSERTION, "Issuer").setTextContent(ELSEWHERE)));
    answers.put("to another question", signed(d -> answering(d, "_another")));
    answers.put(
        "to another question inside",
        signed(d -> confirmation(d).setAttribute("InResponseTo", "_another")));
    answers.put(
        "to no question",
        signed(
            d -> {
              d.getDocumentElement().removeAttribute("InResponseTo");
              confirmation(d).removeAttribute("InResponseTo");
            }));
    answers.put(
        "no success",
        afterSigning(
            d ->
                one(d, PROTOCOL, "StatusCode")
                    .setAttribute("Value", "urn:oasis:names:tc:SAML:2.0:status:Responder")));
    answers.put(
        "no bearer",
        signed(
            d ->
                one(d, ASSERTION, "SubjectConfirmation")
                    .setAttribute("Method", "urn:oasis:names:tc:SAML:2.0:cm:holder-of-key")));
  }

  private void misleading(Map<String, String> answers) {
    String twoNames = signed(d -> rename(d, EVIL + ".evil"));
    answers.put("comment in the name", twoNames.replace(EVIL + ".evil", EVIL + "<!-- -->.evil"));
    answers.put("CDATA in the name", twoNames.replace(EVIL + ".evil", EVIL + "<![CDATA[.evil]]>"));
    answers.put("blanks around the name", signed(d -> rename(d, " sam ")));
    answers.put(
        "a name for one login only",
        signed(
            d ->
                one(assertion(d), ASSERTION, "NameID")
                    .setAttribute(
                        "Format", "urn:oasis:names:tc:SAML:2.0:nameid-format:transient")));
    answers.put("no name", signed(d -> drop(one(assertion(d), ASSERTION, "NameID"))));
    answers.put("empty name", signed(d -> rename(d, "")));
    answers.put(
        "external entity",
        "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>"
            + signed(d -> {}).replace(">sam<", ">&x;<"));
    answers.put("document type", "<!DOCTYPE r>" + signed(d -> {}));
    answers.put("not XML", "hello");
    answers.put("another element", "<a/>");
    answers.put("nothing", "");
    answers.put("endless nesting", "<a>".repeat(8_000) + "</a>".repeat(8_000));
  }

  private void wrapped(Map<String, String> answers) {
    answers.put("two signed assertions", twoAssertions());
    answers.put("XSW1", wrappedResponse(true));
    answers.put("XSW2", wrappedResponse(false));
    answers.put(
        "XSW3",
        afterSigning(
            d -> assertion(d).getParentNode().insertBefore(evilCopy(d, true), assertion(d))));
    answers.put(
        "XSW4",
        afterSigning(
            d -> {
              Element original = assertion(d);
              Element evil = evilCopy(d, true);
              original.getParentNode().replaceChild(evil, original);
              evil.appendChild(original);
            }));
    answers.put(
        "XSW5", afterSigning(d -> d.getDocumentElement().appendChild(originalOfEvil(d, true))));
    answers.put(
        "XSW6",
        afterSigning(
            d -> {
              Element copy = originalOfEvil(d, true);
              one(assertion(d), DSIG, "Signature").appendChild(copy);
            }));
    answers.put("XSW7", afterSigning(d -> extensions(d).appendChild(evilCopy(d, false))));
    answers.put("XSW8", afterSigning(d -> putIntoObject(d, true)));
    answers.put("XSW8 with the same ID", afterSigning(d -> putIntoObject(d, false)));
    answers.put(
        "the signed one in extensions",
        afterSigning(
            d -> {
              Element original = assertion(d);
              original.getParentNode().replaceChild(evilCopy(d, true), original);
              extensions(d).appendChild(original);
            }));
    answers.put(
        "signature moved to the response",
        afterSigning(
            d -> {
              d.getDocumentElement()
                  .insertBefore(one(d, DSIG, "Signature"), one(d, PROTOCOL, "Status"));
              rename(d, EVIL);
            }));
    answers.put(
        "both with the same ID",
        afterSigning(
            d -> d.getDocumentElement().setAttribute("ID", assertion(d).getAttribute("ID"))));
  }

  // Documents

  /** A fresh answer to the question, changed, and then signed rightly. */
  private String signed(Consumer<Document> change) {
    Document document = unsigned(change);
    sign(assertion(document), key.getPrivate(), RSA_SHA256, DigestMethod.SHA256);
    return text(document);
  }

  private String signedWith(Key with, String method, String digest) {
    Document document = unsigned(d -> {});
    sign(assertion(document), with, method, digest);
    return text(document);
  }

  private String afterSigning(Consumer<Document> change) {
    Document document = parse(signed(d -> {}));
    change.accept(document);
    return text(document);
  }

  private Document unsigned(Consumer<Document> change) {
    Document document = parse(genuine);
    unsign(document.getDocumentElement());
    Instant then = Instant.parse(document.getDocumentElement().getAttribute("IssueInstant"));
    move(document, Duration.between(then, Instant.now().truncatedTo(ChronoUnit.MILLIS)));
    answering(document, question);
    change.accept(document);
    return document;
  }

  private Document responseSigned(boolean assertionToo) {
    Document document = unsigned(d -> {});
    if (assertionToo) {
      sign(assertion(document), key.getPrivate(), RSA_SHA256, DigestMethod.SHA256);
    }
    sign(document.getDocumentElement(), key.getPrivate(), RSA_SHA256, DigestMethod.SHA256);
    return document;
  }

  private String twoAssertions() {
    Document document = unsigned(d -> {});
    Element first = assertion(document);
    Element second = (Element) first.cloneNode(true);
    second.setAttribute("ID", "_second");
    first.getParentNode().appendChild(second);
    sign(first, key.getPrivate(), RSA_SHA256, DigestMethod.SHA256);
    sign(second, key.getPrivate(), RSA_SHA256, DigestMethod.SHA256);
    return text(document);
  }

  private String wrappedResponse(boolean inside) {
    Document document = parse(text(responseSigned(false)));
    Element response = document.getDocumentElement();
    Element copy = (Element) response.cloneNode(true);
    unsign(copy);
    Element signature = one(response, DSIG, "Signature");
    response.setAttribute("ID", "_evil");
    rename(document, EVIL);
    if (inside) {
      object(signature).appendChild(copy);
    } else {
      response.insertBefore(copy, signature);
    }
    return text(document);
  }

  // Their parts

  private static Element one(Node in, String namespace, String name) {
    NodeList found =
        in instanceof Document document
            ? document.getElementsByTagNameNS(namespace, name)
            : ((Element) in).getElementsByTagNameNS(namespace, name);
    return (Element) found.item(0);
  }

  private static Element assertion(Document document) {
    return one(document, ASSERTION, "Assertion");
  }

  private static Element confirmation(Document document) {
    return one(document, ASSERTION, "SubjectConfirmationData");
  }

  private static void drop(Node node) {
    node.getParentNode().removeChild(node);
  }

  private static void unsign(Element element) {
    for (Element s = one(element, DSIG, "Signature");
        s != null;
        s = one(element, DSIG, "Signature")) {
      drop(s);
    }
  }

  private static void rename(Document document, String name) {
    one(assertion(document), ASSERTION, "NameID").setTextContent(name);
  }

  private static void answering(Document document, String question) {
    document.getDocumentElement().setAttribute("InResponseTo", question);
    confirmation(document).setAttribute("InResponseTo", question);
  }

  private static String ago(Duration duration) {
    return Instant.now().minus(duration).toString();
  }

  private static void move(Document document, Duration by) {
    NodeList all = document.getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      Element element = (Element) all.item(i);
      for (String time : TIMES) {
        if (element.hasAttribute(time)) {
          element.setAttribute(time, Instant.parse(element.getAttribute(time)).plus(by).toString());
        }
      }
    }
  }

  private static void addForeignAudience(Document document) {
    Element ours = one(document, ASSERTION, "AudienceRestriction");
    Element theirs = (Element) ours.cloneNode(true);
    one(theirs, ASSERTION, "Audience").setTextContent(ELSEWHERE);
    ours.getParentNode().appendChild(theirs);
  }

  private static Element evilCopy(Document document, boolean newId) {
    Element evil = (Element) assertion(document).cloneNode(true);
    unsign(evil);
    if (newId) {
      evil.setAttribute("ID", "_evil");
    }
    one(evil, ASSERTION, "NameID").setTextContent(EVIL);
    return evil;
  }

  /** Turns the assertion into an evil one, and gives the original without its signature. */
  private static Element originalOfEvil(Document document, boolean newId) {
    Element copy = (Element) assertion(document).cloneNode(true);
    unsign(copy);
    if (newId) {
      assertion(document).setAttribute("ID", "_evil");
    }
    rename(document, EVIL);
    return copy;
  }

  private static void putIntoObject(Document document, boolean newId) {
    Element copy = originalOfEvil(document, newId);
    object(one(assertion(document), DSIG, "Signature")).appendChild(copy);
  }

  private static Element object(Element signature) {
    Element object = signature.getOwnerDocument().createElementNS(DSIG, "ds:Object");
    signature.appendChild(object);
    return object;
  }

  private static Element extensions(Document document) {
    Element extensions = document.createElementNS(PROTOCOL, "samlp:Extensions");
    document.getDocumentElement().insertBefore(extensions, one(document, PROTOCOL, "Status"));
    return extensions;
  }

  // XML

  static Document parse(String xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(Document document) {
    try {
      Transformer transformer = TransformerFactory.newInstance().newTransformer();
      transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
      StringWriter text = new StringWriter();
      transformer.transform(new DOMSource(document), new StreamResult(text));
      return text.toString();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Signs an element, with the public key enclosed as an attacker would. */
  private void sign(Element element, Key with, String method, String digest) {
    try {
      element.setIdAttribute("ID", true);
      XMLSignatureFactory factory = XMLSignatureFactory.getInstance("DOM");
      Reference reference =
          factory.newReference(
              "#" + element.getAttribute("ID"),
              factory.newDigestMethod(digest, null),
              List.of(
                  factory.newTransform(Transform.ENVELOPED, (TransformParameterSpec) null),
                  factory.newTransform(
                      CanonicalizationMethod.EXCLUSIVE, (TransformParameterSpec) null)),
              null,
              null);
      DOMSignContext context =
          new DOMSignContext(with, element, one(element, ASSERTION, "Issuer").getNextSibling());
      context.setDefaultNamespacePrefix("ds");
      context.setProperty("org.jcp.xml.dsig.secureValidation", false); // SHA-1 is meant
      factory
          .newXMLSignature(
              factory.newSignedInfo(
                  factory.newCanonicalizationMethod(
                      CanonicalizationMethod.EXCLUSIVE, (C14NMethodParameterSpec) null),
                  factory.newSignatureMethod(method, null),
                  List.of(reference)),
              keyInfo(factory.getKeyInfoFactory(), with))
          .sign(context);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private @Nullable KeyInfo keyInfo(KeyInfoFactory factory, Key with) throws Exception {
    return with == otherKey.getPrivate()
        ? factory.newKeyInfo(List.of(factory.newKeyValue(otherKey.getPublic())))
        : null;
  }
}
