package dev.latchkey.internal.store.jdbc;

import dev.latchkey.test.InLongForm;
import dev.latchkey.test.PostgreSql;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where no statement of ours finds a table without its schema, either. */
@InLongForm
@ExtendWith(PostgreSql.Installed.class)
class InstalledPostgreSqlStoreTest extends PostgreSqlStoreContract {
  @Override
  String tableSchema() {
    return "Latchkey";
  }
}
