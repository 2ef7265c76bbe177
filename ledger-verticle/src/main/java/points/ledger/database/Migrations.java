package points.ledger.database;

import java.util.Map;
import org.flywaydb.core.Flyway;

/** Brings a database to the schema that this version of the ledger works on. */
public final class Migrations {

  private static final String LOCATION = "classpath:points/ledger/store/migration";

  private Migrations() {}

  /**
   * Applies what is missing, one node at a time. Blocks.
   *
   * @throws org.flywaydb.core.api.FlywayException if the database is of another shape or out of
   *     reach
   */
  public static void apply(String jdbcUrl, String user, String password) {
    Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(jdbcUrl, user, password)
        .locations(LOCATION)
        .javaMigrations(new PhonesInOneForm())
        .connectRetries(0)
        .jdbcProperties(Map.of("connectTimeout", "10", "loginTimeout", "10"))
        .load()
        .migrate();
  }
}
