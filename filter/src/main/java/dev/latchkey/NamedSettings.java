package dev.latchkey;

import dev.latchkey.ApiKeysConfig.Builder;
import dev.latchkey.store.SchemaMigration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** Which method of the builder a setting's name stands for, and what its text looks like. */
final class NamedSettings {
  private static final Map<String, BiConsumer<Builder, String>> SETTERS = setters();

  static final Set<String> NAMES = names();

  private NamedSettings() {}

  static void set(Builder builder, String name, String value) {
    if (FilterSettings.names().contains(name)) {
      builder.filter(builder.filter().with(name, value));
      return;
    }
    BiConsumer<Builder, String> setter = SETTERS.get(name);
    if (setter == null) {
      throw SettingText.unknown(name, NAMES);
    }
    setter.accept(builder, value);
  }

  private static Set<String> names() {
    Set<String> names = new TreeSet<>(SETTERS.keySet());
    names.addAll(FilterSettings.names());
    return Collections.unmodifiableSet(names);
  }

  private static Map<String, BiConsumer<Builder, String>> setters() {
    Map<String, BiConsumer<Builder, String>> setters = new TreeMap<>();
    setters.put("dataSourceJndiName", Builder::dataSourceJndiName);
    setters.put("jdbcUrl", Builder::jdbcUrl);
    setters.put("jdbcUser", Builder::jdbcUser);
    setters.put("jdbcPassword", Builder::jdbcPassword);
    setters.put("jdbcPasswordFile", (b, v) -> b.jdbcPasswordFile(Path.of(v)));
    integer(setters, "jdbcPoolSize", Builder::jdbcPoolSize);
    setters.put(
        "schemaMigration",
        (b, v) ->
            b.schemaMigration(SettingText.constant("schemaMigration", v, SchemaMigration.class)));
    setters.put(
        "startWithoutStore",
        (b, v) -> b.startWithoutStore(SettingText.bool("startWithoutStore", v)));
    setters.put("keyPrefix", Builder::keyPrefix);
    integer(setters, "maxKeysPerUser", Builder::maxKeysPerUser);
    integer(setters, "defaultValidityDays", Builder::defaultValidityDays);
    integer(setters, "maxValidityDays", Builder::maxValidityDays);
    integer(setters, "cacheMaximumSize", Builder::cacheMaximumSize);
    duration(setters, "cacheTtl", Builder::cacheTtl);
    duration(setters, "maxStale", Builder::maxStale);
    integer(setters, "warmUp", Builder::warmUp);
    integer(setters, "unknownCacheMaximumSize", Builder::unknownCacheMaximumSize);
    duration(setters, "unknownCacheTtl", Builder::unknownCacheTtl);
    duration(setters, "lookupTimeout", Builder::lookupTimeout);
    duration(setters, "feedInterval", Builder::feedInterval);
    duration(setters, "feedWindow", Builder::feedWindow);
    duration(setters, "lastUsedFlushInterval", Builder::lastUsedFlushInterval);
    duration(setters, "tombstoneRetention", Builder::tombstoneRetention);
    return setters;
  }

  private static void integer(
      Map<String, BiConsumer<Builder, String>> setters,
      String name,
      BiConsumer<Builder, Integer> set) {
    setters.put(name, (b, v) -> set.accept(b, SettingText.integer(name, v)));
  }

  private static void duration(
      Map<String, BiConsumer<Builder, String>> setters,
      String name,
      BiConsumer<Builder, Duration> set) {
    setters.put(name, (b, v) -> set.accept(b, SettingText.duration(name, v)));
  }
}
