package dev.latchkey.internal.store.jdbc;

import dev.latchkey.test.MariaDb;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(MariaDb.Installed.class)
class InstalledMariaDbStoreTest extends MariaDbStoreContract {}
