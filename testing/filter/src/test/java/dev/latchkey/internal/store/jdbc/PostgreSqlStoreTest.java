package dev.latchkey.internal.store.jdbc;

import dev.latchkey.test.PostgreSql;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgreSql.class)
class PostgreSqlStoreTest extends PostgreSqlStoreContract {}
