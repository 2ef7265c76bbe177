package points.gateway.staff;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Optional;
import points.gateway.access.Addresses;
import points.gateway.access.Secrets;
import points.ledger.database.PgClient;

/**
 * Counts the sign-ins that fail, by account and by address, and locks both for a time.
 *
 * <p>A try is counted before its password is looked at and given back when it was right, so that a
 * thousand tries at once are a thousand. Names without an account are counted like others.
 */
final class SignInLimits {

  /** Failures of an account without a lock; each further one doubles the time of the lock. */
  static final int ACCOUNT_FREE = 5;

  /** Failures of an address without a lock: a shop has many people behind one address. */
  static final int ADDRESS_FREE = 50;

  static final Duration LOCK_MIN = Duration.ofMinutes(1);
  static final Duration LOCK_MAX = Duration.ofMinutes(15);

  /** Time without a failure after which the count begins anew. */
  private static final Duration FORGOTTEN = Duration.ofHours(2);

  private static final String TAKE =
      """
      INSERT INTO sign_in_failure AS f (subject, failures, last_at) VALUES ($1, 1, $2)
      ON CONFLICT (subject) DO UPDATE SET
        failures = CASE WHEN f.last_at < $3 THEN 1 ELSE f.failures + 1 END,
        locked_until = CASE
          WHEN f.last_at >= $3 AND f.failures + 1 >= $4
            THEN $2 + least($6::float8, $5::float8 * (2 ^ least(f.failures + 1 - $4, 20)))
                 * interval '1 second'
          ELSE NULL END,
        last_at = $2
      WHERE f.locked_until IS NULL OR f.locked_until <= $2
      RETURNING failures
      """;

  private static final String LOCKED =
      "SELECT locked_until FROM sign_in_failure WHERE subject = $1 AND locked_until > $2";

  private static final String GIVE_BACK =
      """
      UPDATE sign_in_failure SET failures = greatest(failures - 1, 0), locked_until = NULL
       WHERE subject = $1
      """;

  private static final String FORGET = "DELETE FROM sign_in_failure WHERE subject = $1";

  /** Keeps the table small: few rows are added while their passwords are hashed. */
  private static final String FORGET_OLD =
      """
      DELETE FROM sign_in_failure WHERE subject IN (
        SELECT subject FROM sign_in_failure WHERE last_at < $1 LIMIT 100 FOR UPDATE SKIP LOCKED)
      """;

  /** The rows of addresses come before those of programs, so that no two failures deadlock. */
  private static final String NOTE =
      """
      INSERT INTO sign_in_failure AS f (subject, failures, last_at)
      VALUES ($1, 1, $3), ($2, 1, $3)
      ON CONFLICT (subject) DO UPDATE SET failures = f.failures + 1, last_at = $3
      RETURNING subject, failures
      """;

  private final PgClient database;
  private final InstantSource time;

  SignInLimits(Pool pool, InstantSource time) {
    this.database = new PgClient(pool);
    this.time = time;
  }

  static Buffer account(String programId, String name) {
    return hash("account", programId + '\n' + StaffAccounts.nameKey(name));
  }

  /**
   * The person of a session, when the password is asked for again.
   *
   * <p>Counted apart from the account's name: a session of head office may change names, and
   * strangers who know a name cannot keep its owner from changing the password.
   */
  static Buffer person(String programId, String staffId) {
    return hash("person", programId + '\n' + staffId);
  }

  /** An address; of IPv6 its network, of which one customer has all addresses. */
  static Buffer address(String address) {
    return hash("address", Addresses.network(address));
  }

  private static Buffer hash(String kind, String text) {
    return Buffer.buffer(Secrets.hash(kind + '\n' + text));
  }

  /** Counts a try, as if it had failed. Returns for how long none is allowed; empty if this is. */
  Future<Optional<Duration>> take(Buffer subject, int free) {
    Instant now = time.instant();
    OffsetDateTime at = StaffAccounts.at(now);
    var arguments =
        Tuple.of(
            subject,
            at,
            StaffAccounts.at(now.minus(FORGOTTEN)),
            free,
            seconds(LOCK_MIN),
            seconds(LOCK_MAX));
    return database
        .write(TAKE, arguments)
        .compose(
            counted ->
                counted.size() > 0
                    ? Future.succeededFuture(Optional.empty())
                    : database
                        .read(LOCKED, Tuple.of(subject, at))
                        .map(
                            rows ->
                                rows.stream()
                                    .findFirst()
                                    .map(row -> row.getOffsetDateTime("locked_until").toInstant())
                                    .map(until -> Duration.between(now, until))
                                    .or(() -> Optional.of(Duration.ofSeconds(1)))));
  }

  /** Counts a failure of the hour, for the audit trail. It locks nothing. */
  Future<FailureCount> note(String programId, String address) {
    Instant now = time.instant();
    String hour = now.truncatedTo(ChronoUnit.HOURS) + "\n" + programId;
    Buffer ofAddress = hash("hour of address", hour + '\n' + Addresses.network(address));
    Buffer ofProgram = hash("hour of program", hour);
    return database
        .write(NOTE, Tuple.of(ofAddress, ofProgram, StaffAccounts.at(now)))
        .map(
            rows -> {
              var counts = new HashMap<Buffer, Integer>();
              rows.forEach(row -> counts.put(row.getBuffer("subject"), row.getInteger("failures")));
              return new FailureCount(
                  counts.getOrDefault(ofAddress, 1), counts.getOrDefault(ofProgram, 1));
            });
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1_000.0;
  }

  /** Takes a try back that was no failure, with the lock that it may have set. */
  Future<Void> giveBack(Buffer subject) {
    return database.write(GIVE_BACK, Tuple.of(subject)).mapEmpty();
  }

  /** Forgets all failures, as after a sign-in that succeeded. */
  Future<Void> forget(Buffer subject) {
    return database.write(FORGET, Tuple.of(subject)).mapEmpty();
  }

  /** Forgets all failures, in the caller's transaction. */
  static Future<Void> forget(SqlClient transaction, Buffer subject) {
    return transaction.preparedQuery(FORGET).execute(Tuple.of(subject)).mapEmpty();
  }

  Future<Void> forgetOld() {
    Instant before = time.instant().minus(FORGOTTEN);
    return database.write(FORGET_OLD, Tuple.of(StaffAccounts.at(before))).mapEmpty();
  }
}
