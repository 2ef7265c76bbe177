package points.gateway;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import points.ledger.database.Database;
import points.postgres.LocalPostgres;

/**
 * The database that a command beside the gateway works on: {@code POINTS_PG_URI}, or that of the
 * gateway that keeps its books in {@code POINTS_DATA_DIR}.
 *
 * <p>A misspelt setting is a fault, because the command would work on other books than was meant.
 *
 * @param isPackaged whether it is the packaged PostgreSQL, which runs only while its gateway does
 * @param faults the problems of the settings; where there is one, there is no database
 */
record CommandBooks(@Nullable Database found, boolean isPackaged, List<String> faults) {

  static CommandBooks of(Map<String, String> environment) {
    var reader = new SettingsReader(environment::get);
    Path data = reader.path("POINTS_DATA_DIR", "data");
    Database database = reader.database("POINTS_PG_URI");
    List<String> faults = new ArrayList<>(reader.problems());
    faults.addAll(Settings.names().wrong(environment));
    boolean isPackaged = database == null;
    if (database == null && faults.isEmpty()) {
      database = LocalPostgres.uriOf(data).map(Database::new).orElse(null);
      if (database == null) {
        faults.add(
            "no gateway has kept books in %s: set POINTS_PG_URI, or POINTS_DATA_DIR to its directory"
                .formatted(data));
      }
    }
    return new CommandBooks(database, isPackaged, List.copyOf(faults));
  }

  /** Returns the database; only where there are no faults. */
  Database database() {
    return Objects.requireNonNull(found);
  }
}
