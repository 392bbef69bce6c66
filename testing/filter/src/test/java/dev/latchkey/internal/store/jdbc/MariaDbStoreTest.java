package dev.latchkey.internal.store.jdbc;

import dev.latchkey.test.MariaDb;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(MariaDb.class)
class MariaDbStoreTest extends MariaDbStoreContract {}
