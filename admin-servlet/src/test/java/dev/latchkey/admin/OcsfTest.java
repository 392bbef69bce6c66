package dev.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.ApiKeys;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.manage.Actor;
import dev.latchkey.manage.ApiKeyAdministration;
import dev.latchkey.manage.AuditEvent;
import dev.latchkey.manage.EventFilter;
import dev.latchkey.manage.KeyFilter;
import dev.latchkey.manage.KeyRequest;
import dev.latchkey.manage.PageRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.Mockito;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Events as OCSF has them: every action and every type of actor, checked against the schema. */
class OcsfTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final JsonNode SCHEMA = schema();

  private static JsonNode schema() {
    try (InputStream in = OcsfTest.class.getResourceAsStream("ocsf-entity-management.json")) {
      return JSON.readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns what is wrong with an object. */
  private static List<String> faults(String type, JsonNode value, String path) {
    List<String> faults = new ArrayList<>();
    JsonNode rules = SCHEMA.get("objects").get(type);
    JsonNode attributes = rules.get("attributes");
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      String name = path + "/" + member.getKey();
      JsonNode expected = attributes.get(member.getKey());
      if (expected == null) {
        faults.add(name + " is not in the schema");
      } else {
        faults.addAll(faultsOf(expected.asString(), member.getValue(), name));
      }
    }
    for (JsonNode required : rules.path("required")) {
      if (!value.has(required.asString())) {
        faults.add(path + " lacks " + required);
      }
    }
    if (rules.has("at_least_one")
        && rules.get("at_least_one").valueStream().noneMatch(one -> value.has(one.asString()))) {
      faults.add(path + " has none of " + rules.get("at_least_one"));
    }
    for (Map.Entry<String, JsonNode> constant : rules.path("constants").properties()) {
      if (value.has(constant.getKey())
          && !value.get(constant.getKey()).equals(constant.getValue())) {
        faults.add(path + " has another " + constant.getKey());
      }
    }
    for (Map.Entry<String, JsonNode> values : rules.path("enums").properties()) {
      JsonNode id = value.get(values.getKey());
      if (id == null) {
        continue;
      }
      JsonNode caption = values.getValue().get(id.asString());
      JsonNode sibling = value.get(rules.path("siblings").path(values.getKey()).asString("-"));
      if (caption == null) {
        faults.add(path + "/" + values.getKey() + " is no value: " + id);
      } else if (id.asInt() == 99 && sibling == null) {
        faults.add(path + "/" + values.getKey() + " is Other without a name");
      } else if (id.asInt() != 99 && sibling != null && !sibling.equals(caption)) {
        faults.add(path + "/" + values.getKey() + " is " + caption + ", not " + sibling);
      }
    }
    return faults;
  }

  private static List<String> faultsOf(String type, JsonNode value, String path) {
    if (type.endsWith("[]")) {
      return value.isArray()
          ? value
              .valueStream()
              .flatMap(
                  item ->
                      faultsOf(type.substring(0, type.length() - 2), item, path + "[]").stream())
              .toList()
          : List.of(path + " is no list");
    }
    if (type.startsWith("$")) {
      return value.isObject()
          ? faults(type.substring(1), value, path)
          : List.of(path + " is no object");
    }
    boolean isRight =
        switch (type) {
          case "string" -> value.isString();
          case "integer" -> value.isIntegralNumber();
          case "boolean" -> value.isBoolean();
          default -> value.isObject();
        };
    return isRight ? List.of() : List.of(path + " is no " + type);
  }

  private static JsonNode valid(AuditEvent event) {
    String line = Ocsf.of(event);
    assertThat(line).doesNotContain("\n", "\r", "\u2028");
    JsonNode json = JSON.readTree(line);
    assertThat(faults("entity_management", json, "")).isEmpty();
    assertThat(json.get("type_uid").asInt())
        .isEqualTo(json.get("class_uid").asInt() * 100 + json.get("activity_id").asInt());
    assertThat(json.get("metadata").get("version")).isEqualTo(SCHEMA.get("version"));
    return json;
  }

  /** By every type of actor, named or not, with and without address and reason. */
  private static List<Actor> actors() {
    return Stream.of(
            Actor.user("alice"),
            Actor.administrator("root"),
            Actor.holder(),
            Actor.holder().withName("who"),
            Actor.application(),
            Actor.application().withName("nightly"))
        .flatMap(
            actor ->
                Stream.of(
                    actor,
                    actor.withAddress("2001:db8::7").withReason("left \"the\" 🏢"),
                    actor.withAddress("unix:")))
        .toList();
  }

  /** As they come out of a store. */
  private static List<AuditEvent> everything() {
    ApiKeysConfig config =
        ApiKeysConfig.builder()
            .jdbcUrl("jdbc:h2:mem:" + UUID.randomUUID())
            .maxKeysPerUser(5)
            .build();
    try (ApiKeys apiKeys = ApiKeys.open(config)) {
      ApiKeyAdministration admin = apiKeys.administration();
      for (Actor by : actors()) {
        String owner = "owner of " + by;
        String tag = admin.add(by, owner, KeyRequest.create()).key().tag();
        admin.edit(
            by, tag, KeyRequest.create().withDescription("a \"b\" c").withScopes(List.of("read")));
        String next = admin.reissue(by, tag, KeyRequest.create(), Duration.ofHours(1)).key().tag();
        admin.delete(by, next);
        admin.add(by, owner, KeyRequest.create());
        admin.revoke(by, KeyFilter.all().withOwner(owner));
        admin.disableOwner(by, owner);
        admin.enableOwner(by, owner);
        admin.addForService(by, owner, KeyRequest.create());
        admin.deleteOwner(by, owner);
      }
      return admin.eventsOldestFirst(EventFilter.all(), PageRequest.of(200)).items();
    }
  }

  @Test
  void everyActionByEveryActorIsValid() {
    Map<String, TreeSet<String>> activities = new TreeMap<>();
    TreeSet<String> actors = new TreeSet<>();
    for (AuditEvent event : everything()) {
      JsonNode json = valid(event);
      activities
          .computeIfAbsent(event.action(), action -> new TreeSet<>())
          .add(json.get("activity_id") + " " + json.get("activity_name").asString());
      actors.add(event.actorType());
      assertThat(json.get("time").asLong()).isEqualTo(event.at().toEpochMilli());
      assertThat(json.get("metadata").get("uid").asString()).isEqualTo(event.id());
    }
    assertThat(actors).hasSameSizeAs(Actor.Type.values());
    assertThat(activities)
        .hasToString(
            "{key.added=[1 Create], key.deleted=[4 Delete], key.edited=[3 Update],"
                + " key.reissued=[3 Update], key.revoked=[4 Delete], owner.deleted=[4 Delete],"
                + " owner.disabled=[9 Disable], owner.enabled=[8 Enable]}");
  }

  private static AuditEvent event(String action, String tag, String from, String details) {
    AuditEvent event = Mockito.mock(AuditEvent.class);
    Mockito.when(event.id()).thenReturn("3kTq9mWxZ2aB0000");
    Mockito.when(event.at()).thenReturn(Instant.parse("2026-11-25T01:12:30.123456Z"));
    Mockito.when(event.action()).thenReturn(action);
    Mockito.when(event.actor()).thenReturn("root");
    Mockito.when(event.actorType()).thenReturn("administrator");
    Mockito.when(event.owner()).thenReturn("alice");
    Mockito.when(event.tag()).thenReturn(tag);
    Mockito.when(event.from()).thenReturn(from);
    Mockito.when(event.reason()).thenReturn("leaked");
    Mockito.when(event.details()).thenReturn(details);
    return event;
  }

  @Test
  void reissuedKeyIsACredentialOfItsOwnerBeforeAndAfter() {
    JsonNode json =
        valid(
            event("key.reissued", "old", "192.0.2.7", "{\"a\":{\"newTag\":1},\"newTag\":\"new\"}"));
    String version = json.get("metadata").get("product").get("version").asString();
    assertThat(version).isNotEqualTo("?");
    assertThat(json)
        .hasToString(
            ("{'activity_id':3,'activity_name':'Update','category_uid':3,'class_uid':3004,"
                    + "'type_uid':300403,'time':1795569150123,'severity_id':1,'status_id':1,"
                    + "'message':'key.reissued','metadata':{'version':'1.6.0',"
                    + "'uid':'3kTq9mWxZ2aB0000','event_code':'key.reissued',"
                    + "'original_time':'2026-11-25T01:12:30.123456Z','product':{'name':'Latchkey',"
                    + "'vendor_name':'Latchkey','version':'"
                    + version
                    + "'}},'actor':{'user':{'name':'root'}},'src_endpoint':{'ip':'192.0.2.7'},"
                    + "'entity':{'type_id':99,'type':'API Key','uid':'old','user':{'name':'alice',"
                    + "'programmatic_credentials':[{'uid':'old','type':'API Key'}]}},"
                    + "'entity_result':{'type_id':99,'type':'API Key','uid':'new','user':{"
                    + "'name':'alice','programmatic_credentials':[{'uid':'new','type':'API Key'}]}},"
                    + "'comment':'leaked','unmapped':{'actorType':'administrator',"
                    + "'details':{'a':{'newTag':1},'newTag':'new'}}}")
                .replace('\'', '"'));
  }

  @Test
  void actionsThatMayComeAreOther() {
    JsonNode json = valid(event("owner.renamed", null, null, "{}"));
    assertThat(json.get("type_uid").asInt()).isEqualTo(300_499);
    assertThat(json.get("activity_name").asString()).isEqualTo("owner.renamed");
    assertThat(json.get("entity").get("user").get("name").asString()).isEqualTo("alice");
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7,true",
    "255.255.255.255,true",
    "256.0.2.7,false",
    "192.0.2,false",
    "192.0.2.7.,false",
    "192.0.2.7.1,false",
    "2001:db8::7,true",
    "::ffff:192.0.2.7,true",
    "::,true",
    "2001:db8::7::,false",
    "fe80::1%eth0,false",
    "a.example:8080,false",
    "unix:,false",
    "unknown,false",
    "'',false"
  })
  void onlyAddressesAreAddresses(String from, boolean isAddress) {
    JsonNode json = valid(event("key.added", "t", from, "{}"));
    assertThat(json.has("src_endpoint")).isEqualTo(isAddress);
    assertThat(json.get("unmapped").has("from")).isNotEqualTo(isAddress);
  }

  /** A checker that finds nothing would prove nothing. */
  @Test
  void checkerFindsWhatIsWrong() {
    JsonNode wrong =
        JSON.readTree(
            "{'activity_id':14,'category_uid':4,'class_uid':3004,'severity_id':'1','time':1,"
                .concat("'type_uid':1,'status_id':99,'colour':'red','metadata':{'product':{}},")
                .concat("'entity':{'type_id':2,'type':'Device','user':{'type':'x'}}}")
                .replace('\'', '"'));
    assertThat(faults("entity_management", wrong, ""))
        .containsExactlyInAnyOrder(
            "/activity_id is no value: 14",
            "/severity_id is no integer",
            "/colour is not in the schema",
            "/metadata lacks \"version\"",
            "/metadata/product has none of [\"name\",\"uid\"]",
            " has another category_uid",
            "/status_id is Other without a name",
            "/entity/type_id is \"User\", not \"Device\"",
            "/entity/user has none of [\"account\",\"name\",\"uid\"]");
  }
}
