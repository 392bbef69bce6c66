package dev.latchkey.example;

import dev.latchkey.ApiKeysConfig;

/** What keys of the example can be limited to. */
final class DemoScopes {
  private DemoScopes() {}

  /** Declares the scopes, unless the settings declare others. */
  static ApiKeysConfig.Builder setUnlessOthers(ApiKeysConfig.Builder config) {
    if (config.isSet("scopes") || config.isSet("scopeRules")) {
      return config;
    }
    return config
        .scopes(
            "read = Read everything",
            "orders:read = Read your orders",
            "orders:write = Place orders")
        .scopeRules(
            "GET,HEAD,OPTIONS /api/orders = orders:read read",
            "* /api/orders = orders:write",
            "GET,HEAD,OPTIONS /* = read");
  }
}
