package dev.latchkey.internal.store.jdbc;

import dev.latchkey.test.InLongForm;
import dev.latchkey.test.MariaDb;
import org.junit.jupiter.api.extension.ExtendWith;

@InLongForm
@ExtendWith(MariaDb.Installed.class)
class InstalledMariaDbStoreTest extends MariaDbStoreContract {}
