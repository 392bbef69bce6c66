package dev.latchkey.internal.store;

class InMemoryApiKeyStoreTest extends ApiKeyStoreContract {
  private final ApiKeyStore store = new InMemoryApiKeyStore();

  @Override
  protected ApiKeyStore store() {
    return store;
  }
}
