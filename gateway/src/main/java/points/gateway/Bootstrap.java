package points.gateway;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.gateway.access.ApiKeys;
import points.gateway.access.ApiKeys.NewKey;
import points.gateway.access.Role;
import points.ledger.program.Program;
import points.ledger.registry.Programs;

/** Makes the first program and the operator's key if the database is empty. */
final class Bootstrap {

  private static final Logger LOG = LoggerFactory.getLogger(Bootstrap.class);
  private static final String PROGRAM_ID = "default";

  /** Name of the file in the data directory with the first key made here; for its owner only. */
  static final String KEY_FILE = "bootstrap-key";

  private final Settings settings;
  private final Pool pool;
  private final Programs programs;
  private final ApiKeys keys;

  Bootstrap(Settings settings, Pool pool, Programs programs, ApiKeys keys) {
    this.settings = settings;
    this.pool = pool;
    this.programs = programs;
    this.keys = keys;
  }

  /** Does nothing when there is a program already. */
  Future<Void> run() {
    if (programs.find(PROGRAM_ID) != null) {
      return Future.succeededFuture();
    }
    String key = settings.bootstrapKey();
    if (key == null && settings.database() != null) {
      return Future.failedFuture(
          new IllegalStateException(
              "the database is empty: set POINTS_BOOTSTRAP_KEY to the first API key"));
    }
    return make(key == null ? newKey() : key);
  }

  private Future<Void> make(String key) {
    Program program = Programs.fresh(PROGRAM_ID, "Default program");
    var operator = new NewKey(PROGRAM_ID, "operator", Role.OPERATOR, null);
    return pool.withTransaction(
            transaction ->
                programs
                    .create(transaction, program)
                    .compose(
                        created ->
                            created
                                ? keys.create(transaction, operator, key).<Void>mapEmpty()
                                : Future.<Void>succeededFuture()))
        .compose(done -> programs.changed());
  }

  private String newKey() {
    String key = keys.newKey();
    Path file = settings.dataDirectory().resolve(KEY_FILE);
    try {
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, key + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
    LOG.info("the first API key is in {}", file); // never the key: logs are read by many people
    return key;
  }
}
