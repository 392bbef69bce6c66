package dev.latchkey.internal.store.jdbc;

/** Where no statement of ours finds a table without its schema. */
class H2InSchemaStoreTest extends H2StoreTest {
  @Override
  String tableSchema() {
    return "Latchkey";
  }
}
