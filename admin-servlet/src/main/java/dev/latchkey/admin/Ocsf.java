package dev.latchkey.admin;

import dev.latchkey.ApiKeys;
import dev.latchkey.internal.audit.EventJson;
import dev.latchkey.internal.json.JsonObject;
import dev.latchkey.manage.Actor;
import dev.latchkey.manage.AuditEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * An event as the Open Cybersecurity Schema Framework has it: class Entity Management, whose entity
 * is a key or an owner. What has no place there is in {@code unmapped}.
 */
final class Ocsf {
  private static final String SCHEMA = "1.6.0";
  private static final int CATEGORY = 3;
  private static final int CLASS = 3004;
  private static final int TYPES_OF_A_CLASS = 100;
  private static final int INFORMATIONAL = 1;
  private static final int SUCCESS = 1;
  private static final int OTHER = 99;

  private static final Map<String, Activity> ACTIVITIES =
      Map.of(
          "key.added", new Activity(1, "Create"),
          "key.edited", new Activity(3, "Update"),
          "key.reissued", new Activity(3, "Update"),
          "key.deleted", new Activity(4, "Delete"),
          "key.revoked", new Activity(4, "Delete"),
          "owner.enabled", new Activity(8, "Enable"),
          "owner.disabled", new Activity(9, "Disable"),
          "owner.deleted", new Activity(4, "Delete"));

  private static final String KEY = "API Key";
  private static final String USER = "User";
  private static final int USER_ENTITY = 2;

  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(\\.(?!$)|$)){4}");

  private static final JsonFactory JSON = new JsonFactory();
  private static final String VERSION = version();

  private Ocsf() {}

  private record Activity(int id, String name) {}

  /** Returns a JSON object, on one line. */
  static String of(AuditEvent event) {
    Activity activity =
        ACTIVITIES.getOrDefault(event.action(), new Activity(OTHER, event.action()));
    JsonObject json =
        put(new JsonObject(), "activity_id", activity.id()).put("activity_name", activity.name());
    put(json, "category_uid", CATEGORY);
    put(json, "class_uid", CLASS);
    put(json, "type_uid", CLASS * TYPES_OF_A_CLASS + activity.id());
    put(json, "time", event.at().toEpochMilli());
    put(json, "severity_id", INFORMATIONAL);
    put(json, "status_id", SUCCESS).put("message", event.action());
    json.put("metadata", metadata(event));
    JsonObject actor = actor(event);
    if (!actor.isEmpty()) {
      json.put("actor", actor);
    }
    if (isAddress(event.from())) {
      json.put("src_endpoint", new JsonObject().put("ip", event.from()));
    }
    json.put("entity", event.tag() == null ? owner(event) : key(event, event.tag()));
    String newTag = newTag(event.details());
    if (newTag != null) {
      json.put("entity_result", key(event, newTag));
    }
    if (event.reason() != null) {
      json.put("comment", event.reason());
    }
    return json.put("unmapped", unmapped(event)).toString();
  }

  private static JsonObject put(JsonObject json, String name, long value) {
    return json.putRaw(name, String.valueOf(value));
  }

  private static JsonObject metadata(AuditEvent event) {
    JsonObject product =
        new JsonObject()
            .put("name", "Latchkey")
            .put("vendor_name", "Latchkey")
            .put("version", VERSION);
    return new JsonObject()
        .put("version", SCHEMA)
        .put("uid", event.id())
        .put("event_code", event.action())
        .put("original_time", EventJson.instant(event.at()))
        .put("product", product);
  }

  /** Of somebody without a name the schema has nothing to say. */
  private static JsonObject actor(AuditEvent event) {
    JsonObject actor = new JsonObject();
    if (event.actor() == null) {
      return actor;
    }
    if (event.actorType().equals(Actor.Type.APPLICATION.toString())) {
      return actor.put("app_name", event.actor());
    }
    return actor.put("user", new JsonObject().put("name", event.actor()));
  }

  private static JsonObject owner(AuditEvent event) {
    return put(new JsonObject(), "type_id", USER_ENTITY)
        .put("type", USER)
        .put("name", event.owner())
        .put("user", new JsonObject().put("name", event.owner()));
  }

  /** A key is no type of entity of its own, but a credential of a user. */
  private static JsonObject key(AuditEvent event, String tag) {
    JsonObject credential = new JsonObject().put("uid", tag).put("type", KEY);
    return put(new JsonObject(), "type_id", OTHER)
        .put("type", KEY)
        .put("uid", tag)
        .put(
            "user",
            new JsonObject()
                .put("name", event.owner())
                .putRaw("programmatic_credentials", "[" + credential + "]"));
  }

  private static JsonObject unmapped(AuditEvent event) {
    JsonObject unmapped = new JsonObject().put("actorType", event.actorType());
    if (event.from() != null && !isAddress(event.from())) {
      unmapped.put("from", event.from());
    }
    return unmapped.putRaw("details", event.details());
  }

  /** A container may say something else, such as the path of a socket. */
  private static boolean isAddress(@Nullable String from) {
    return from != null
        && (IPV4.matcher(from).matches()
            || (from.indexOf(':') >= 0 && Authority.parse("[" + from + "]").isPresent()));
  }

  private static @Nullable String newTag(String details) {
    try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), details)) {
      in.nextToken();
      while (in.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean isWanted = in.currentName().equals("newTag");
        in.nextToken();
        if (isWanted) {
          return in.getString();
        }
        in.skipChildren();
      }
      return null;
    }
  }

  private static String version() {
    try (InputStream in = ApiKeys.class.getResourceAsStream("version.txt")) {
      return in == null ? "?" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return "?";
    }
  }
}
