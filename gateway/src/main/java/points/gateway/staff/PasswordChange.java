package points.gateway.staff;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.Function;
import points.gateway.access.Secrets;
import points.ledger.database.PgClient;
import points.ledger.trail.AuditTrail;
import points.ledger.trail.TrailChange;

/** Sets passwords: a person's own, or one that somebody gets for the first sign-in. */
public final class PasswordChange {

  /** The result of a change. */
  public sealed interface Result {
    record Done() implements Result {}

    /** The current password is another one. */
    record WrongPassword() implements Result {}

    /** The current password was one that somebody else set, and its time is over. */
    record Over() implements Result {}

    /** The new password breaks a rule. */
    record Refused(PasswordRules.Fault fault) implements Result {}

    /** Too many attempts have failed; the next is allowed after this time. */
    record Locked(Duration rest) implements Result {}
  }

  /** Time for which a password is good that somebody else has set. */
  public static final Duration ONE_TIME = Duration.ofDays(7);

  /**
   * The end of a password that somebody else has set, of the table {@code staff} named {@code f}.
   *
   * <p>Nodes of the release before write no end: those passwords end a week after the last change
   * of the account.
   */
  static final String ONE_TIME_UNTIL =
      """
      CASE WHEN f.must_change
           THEN coalesce(f.one_time_until, f.updated_at + interval '168 hours')
       END AS one_time_until
      """;

  /** Changes nothing when the password is another one by now: head office has set one. */
  private static final String REPLACE =
      """
      UPDATE staff SET password_hash = $4, must_change = false, one_time_until = NULL,
                       version = version + 1, updated_at = $5
       WHERE program_id = $1 AND staff_id = $2 AND password_hash = $3
      """;

  private static final String SET_ONE_TIME =
      """
      UPDATE staff SET password_hash = $3, must_change = true, one_time_until = $4,
                       version = version + 1, updated_at = $5
       WHERE program_id = $1 AND staff_id = $2
      """;

  private static final String HASH =
      "SELECT f.password_hash, "
          + ONE_TIME_UNTIL
          + " FROM staff f WHERE program_id = $1 AND staff_id = $2";

  private final PgClient database;
  private final PasswordHasher hasher;
  private final SignInLimits limits;
  private final InstantSource time;
  private final PasswordRules rules = new PasswordRules();

  PasswordChange(Pool pool, PasswordHasher hasher, SignInLimits limits, InstantSource time) {
    this.database = new PgClient(pool);
    this.hasher = hasher;
    this.limits = limits;
    this.time = time;
  }

  /** Returns a password that nobody guesses, to sign in with and change it. */
  public static String oneTime() {
    return Secrets.newId("").replaceAll("(.{4})(?=.)", "$1-");
  }

  /** Hashes a password. */
  public Future<String> hash(String password) {
    return hasher.hash(password);
  }

  /**
   * Changes a person's own password, and ends their other sessions.
   *
   * @param token of the session that goes on
   * @param trail the change as the audit trail has it
   */
  public Future<Result> change(
      StaffMember staff, String current, String wanted, String token, TrailChange trail) {
    var fault = rules.fault(wanted, staff.name());
    if (fault.isPresent()) {
      return Future.succeededFuture(new Result.Refused(fault.get()));
    } else if (current.equals(wanted)) {
      return Future.succeededFuture(new Result.Refused(PasswordRules.Fault.SAME));
    }
    return confirmed(
        staff,
        current,
        before ->
            hasher
                .hash(wanted)
                .compose(
                    hash ->
                        database.inTransaction(
                            transaction ->
                                replace(transaction, staff, before, hash)
                                    .compose(
                                        replaced ->
                                            replaced
                                                ? Sessions.endOthers(transaction, staff, token)
                                                    .compose(
                                                        ended ->
                                                            AuditTrail.append(transaction, trail))
                                                    .map(new Result.Done())
                                                : Future.succeededFuture(
                                                    new Result.WrongPassword())))));
  }

  private Future<Boolean> replace(
      SqlClient transaction, StaffMember staff, String before, String hash) {
    return transaction
        .preparedQuery(REPLACE)
        .execute(
            Tuple.of(
                staff.programId(), staff.staffId(), before, hash, StaffAccounts.at(time.instant())))
        .map(replaced -> replaced.rowCount() == 1);
  }

  /** Checks a person's own password, with the limits of a sign-in. */
  public Future<Result> confirmed(StaffMember staff, String password) {
    return confirmed(staff, password, hash -> Future.succeededFuture(new Result.Done()));
  }

  /** Goes on with the hash of a person's own password when it is this one. */
  private Future<Result> confirmed(
      StaffMember staff, String password, Function<String, Future<Result>> next) {
    Buffer subject = SignInLimits.person(staff.programId(), staff.staffId());
    return limits
        .take(subject, SignInLimits.ACCOUNT_FREE)
        .compose(
            wait ->
                wait.isPresent()
                    ? Future.succeededFuture(new Result.Locked(wait.get()))
                    : matching(staff, password)
                        .recover(
                            busy ->
                                limits
                                    .giveBack(subject)
                                    .transform(done -> Future.failedFuture(busy)))
                        .compose(
                            row ->
                                row.isPresent()
                                    ? limits.forget(subject).compose(done -> goOn(row.get(), next))
                                    : Future.succeededFuture(new Result.WrongPassword())));
  }

  private Future<Result> goOn(Row row, Function<String, Future<Result>> next) {
    return isOver(row, time.instant())
        ? Future.succeededFuture(new Result.Over())
        : next.apply(row.getString("password_hash"));
  }

  /** Returns whether the time of a password is over that somebody else set. */
  static boolean isOver(Row row, Instant now) {
    OffsetDateTime until = row.getOffsetDateTime("one_time_until");
    return until != null && !now.isBefore(until.toInstant());
  }

  /** Returns the row of the account, if its password is this one. */
  private Future<Optional<Row>> matching(StaffMember staff, String password) {
    return database
        .read(HASH, Tuple.of(staff.programId(), staff.staffId()))
        .compose(
            rows -> {
              Row row = rows.iterator().next();
              String hash = row.getString("password_hash");
              Future<Boolean> right =
                  hash == null ? hasher.matchesNobody(password) : hasher.matches(password, hash);
              return right.map(is -> is && hash != null ? Optional.of(row) : Optional.empty());
            });
  }

  /**
   * Sets a password that is to be changed within {@link #ONE_TIME}, in the caller's transaction,
   * and ends all sessions.
   */
  public Future<Void> setOneTime(SqlClient transaction, StaffMember staff, String hash) {
    Instant now = time.instant();
    return transaction
        .preparedQuery(SET_ONE_TIME)
        .execute(
            Tuple.of(
                staff.programId(),
                staff.staffId(),
                hash,
                StaffAccounts.at(now.plus(ONE_TIME)),
                StaffAccounts.at(now)))
        .compose(done -> Sessions.endOthers(transaction, staff, ""))
        .mapEmpty();
  }

  /** Lets an account try again that is locked, in the caller's transaction. */
  public Future<Void> unlock(SqlClient transaction, StaffMember staff) {
    return SignInLimits.forget(transaction, SignInLimits.account(staff.programId(), staff.name()))
        .compose(
            done ->
                SignInLimits.forget(
                    transaction, SignInLimits.person(staff.programId(), staff.staffId())));
  }
}
