package points.ledger.registry;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import points.ledger.database.DatabaseAwayException;
import points.ledger.database.PgClient;
import points.ledger.program.Program;
import points.ledger.program.Terms;
import points.ledger.program.Validity;
import points.ledger.program.Validity.CalendarUnit;
import points.ledger.rules.EarningRule;
import points.ledger.rules.Rounding;
import points.ledger.trail.Recorder;

/**
 * The programs and their rules. All are kept in memory, so that a decision never waits for them; a
 * change is announced to every node and takes effect with the next batch.
 */
public final class Programs {

  private static final String CHANGED = "points.registry.programs.changed";

  private static final String ALL = "SELECT * FROM program";

  private static final String INSERT =
      """
      INSERT INTO program (program_id, name, currency, time_zone, earning_points,
                           earning_per_amount, earning_rounding, validity_kind, validity_period,
                           validity_unit, validity_after, auto_enrol, terms, earning_per, country)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
      ON CONFLICT (program_id) DO NOTHING
      """;

  /** By the database's clock, as versions of the rules are. */
  private static final String HAS_BOOK =
      """
      SELECT EXISTS (SELECT FROM rule_book_publication
                      WHERE program_id = $1 AND withdrawn_at IS NULL AND in_force_from <= now()) AS has
      """;

  private static final String LOCK = "SELECT * FROM program WHERE program_id = $1 FOR UPDATE";

  /** A currency that was there stays: members may have points in it. */
  private static final String UPDATE =
      """
      UPDATE program
         SET name = $2, currency = $3, time_zone = $4, earning_points = $5,
             earning_per_amount = $6, earning_rounding = $7, validity_kind = $8,
             validity_period = $9, validity_unit = $10, validity_after = $11, auto_enrol = $12,
             terms = $13, earning_per = $14, country = $15, updated_at = now()
       WHERE program_id = $1
         AND NOT EXISTS (SELECT FROM json_array_elements(terms -> 'currencies') AS old
                          WHERE old ->> 'code' <> ALL ($16::text[]))
      """;

  private final Vertx vertx;
  private final PgClient connections;
  private final LatestValue<Map<String, Program>> byId = new LatestValue<>(Map.of());
  private final ProgramVersions versions;
  private final MessageConsumer<String> changes;

  public Programs(Vertx vertx, Pool pool) {
    this.vertx = vertx;
    this.connections = new PgClient(pool);
    this.versions = new ProgramVersions(connections);
    this.changes = vertx.eventBus().consumer(CHANGED);
  }

  /** Reads the programs, and from now on reads them again whenever a node has changed one. */
  public Future<Void> start() {
    return changes.handler(changed -> refresh()).completion().compose(listening -> refresh());
  }

  /** Listens for changes no more. */
  public Future<Void> stop() {
    return changes.unregister();
  }

  /** A program as it is made: one point per yuan, rounded down, good for a year, in Shanghai. */
  public static Program fresh(String programId, String name) {
    return new Program(
        programId,
        name,
        "CNY",
        ZoneId.of("Asia/Shanghai"),
        "CN",
        new EarningRule(1, 100, Rounding.FLOOR),
        new Validity.Rolling(Period.ofMonths(12)),
        true,
        Terms.PLAIN);
  }

  /** A program with its rules as they are now; null when there is none. */
  public @Nullable Program find(String programId) {
    return byId.get().get(programId);
  }

  /** All programs with their rules as they are now. */
  public Collection<Program> all() {
    return byId.get().values();
  }

  /**
   * Returns a program with the rules that held at an instant; null when there is no such program.
   *
   * <p>Before the oldest rules that are kept in memory, those count.
   */
  public @Nullable Program at(String programId, Instant instant) {
    Program then = versions.at(programId, instant);
    return then == null ? find(programId) : then;
  }

  /**
   * Makes a program, in the caller's transaction; call {@link #changed} after its commit.
   *
   * @return false when there is one of this id already
   */
  public Future<Boolean> create(SqlClient transaction, Program program) {
    return transaction
        .preparedQuery(INSERT)
        .execute(columns(program))
        .map(rows -> rows.rowCount() == 1);
  }

  /**
   * Replaces a program's rules; they hold for every command decided after this completes.
   *
   * @param isExpected whether the rules are as the caller has read them; nothing changes if not
   */
  public Future<SetupChange<Program>> update(
      Program program, Predicate<Program> isExpected, Recorder<Program> recorder) {
    return connections
        .inTransaction(transaction -> update(transaction, program, isExpected, recorder))
        .compose(
            change ->
                change instanceof SetupChange.Done<Program>
                    ? changed().map(change)
                    : Future.succeededFuture(change));
  }

  private static Future<SetupChange<Program>> update(
      SqlClient transaction,
      Program program,
      Predicate<Program> isExpected,
      Recorder<Program> recorder) {
    return transaction
        .preparedQuery(LOCK)
        .execute(Tuple.of(program.programId()))
        .compose(
            locked -> {
              if (locked.size() == 0) {
                return Future.succeededFuture(new SetupChange.Missing<>());
              }
              Program before = program(locked.iterator().next());
              if (!isExpected.test(before)) {
                return Future.succeededFuture(new SetupChange.Outdated<>());
              }
              return mayEarnAs(transaction, before, program)
                  .compose(
                      may ->
                          may
                              ? replace(transaction, before, program, recorder)
                              : Future.succeededFuture(new SetupChange.RuleBookInForce<>()));
            });
  }

  /** A ratio that counts for nothing must not look as if it had been changed. */
  private static Future<Boolean> mayEarnAs(SqlClient transaction, Program before, Program after) {
    return before.earning().equals(after.earning())
        ? Future.succeededFuture(true)
        : transaction
            .preparedQuery(HAS_BOOK)
            .execute(Tuple.of(before.programId()))
            .map(rows -> !rows.iterator().next().getBoolean("has"));
  }

  private static Future<SetupChange<Program>> replace(
      SqlClient transaction, Program before, Program after, Recorder<Program> recorder) {
    String[] currencies = after.terms().currencies().keySet().toArray(String[]::new);
    return transaction
        .preparedQuery(UPDATE)
        .execute(columns(after).addArrayOfString(currencies))
        .compose(
            rows ->
                rows.rowCount() == 0
                    ? Future.succeededFuture(new SetupChange.CurrencyInUse<>())
                    : recorder
                        .record(transaction, before, after)
                        .map(done -> new SetupChange.Done<>(after)));
  }

  /** Reads the programs again here, and has every other node do so. */
  public Future<Void> changed() {
    vertx.eventBus().publish(CHANGED, "");
    return refresh().recover(cause -> Future.failedFuture(DatabaseAwayException.afterWrite(cause)));
  }

  /** The versions first: rules that hold are never without the history that leads to them. */
  public Future<Void> refresh() {
    return versions.refresh().compose(done -> refreshRules());
  }

  private Future<Void> refreshRules() {
    long refresh = byId.begin();
    return connections
        .read(ALL, Tuple.tuple())
        .map(
            rows -> {
              var programs = new HashMap<String, Program>();
              rows.forEach(row -> programs.put(row.getString("program_id"), program(row)));
              byId.end(refresh, Map.copyOf(programs));
              return programs;
            })
        .mapEmpty();
  }

  private static Tuple columns(Program program) {
    Validity validity = program.validity();
    Tuple tuple =
        Tuple.of(
            program.programId(),
            program.name(),
            program.currency(),
            program.timeZone().getId(),
            program.earning().points(),
            program.earning().perAmount());
    tuple.addString(program.earning().rounding().name());
    if (validity instanceof Validity.Rolling rolling) {
      tuple.addString("rolling").addString(rolling.period().toString());
      tuple.addString(null).addInteger(null);
    } else if (validity instanceof Validity.EndOf endOf) {
      tuple.addString("endOf").addString(null);
      tuple.addString(endOf.unit().name()).addInteger(endOf.after());
    } else {
      tuple.addString("never").addString(null).addString(null).addInteger(null);
    }
    return tuple
        .addBoolean(program.autoEnrol())
        .addValue(TermsJson.write(program.terms()))
        .addString(program.earning().per().name())
        .addString(program.country());
  }

  static Program program(Row row) {
    return new Program(
        row.getString("program_id"),
        row.getString("name"),
        row.getString("currency"),
        ZoneId.of(row.getString("time_zone")),
        row.getString("country"),
        new EarningRule(
            row.getLong("earning_points"),
            row.getLong("earning_per_amount"),
            EarningRule.Per.valueOf(row.getString("earning_per")),
            Rounding.valueOf(row.getString("earning_rounding"))),
        validity(row),
        row.getBoolean("auto_enrol"),
        TermsJson.read((JsonObject) row.getValue("terms")));
  }

  private static Validity validity(Row row) {
    return switch (row.getString("validity_kind")) {
      case "rolling" -> new Validity.Rolling(Period.parse(row.getString("validity_period")));
      case "endOf" ->
          new Validity.EndOf(
              CalendarUnit.valueOf(row.getString("validity_unit")),
              row.getInteger("validity_after"));
      default -> new Validity.Never();
    };
  }
}
