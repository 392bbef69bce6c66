package dev.latchkey.faults;

import dev.latchkey.test.DatabaseServer;
import dev.latchkey.test.MariaDbBinaries;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.PostgreSqlBinaries;
import dev.latchkey.test.PostgreSqlServer;

/** The database servers that may fail. */
enum Server {
  MARIADB {
    @Override
    DatabaseServer start() {
      return new MariaDbServer(MariaDbBinaries.bundled());
    }
  },
  POSTGRESQL {
    @Override
    DatabaseServer start() {
      return new PostgreSqlServer(PostgreSqlBinaries.bundled());
    }
  };

  /** Starts one of a test's own, which may be killed. */
  abstract DatabaseServer start();
}
