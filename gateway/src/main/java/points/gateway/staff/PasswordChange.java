package points.gateway.staff;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import points.gateway.access.Secrets;
import points.ledger.database.PgClient;

/** Sets passwords: a person's own, or one that somebody gets to sign in with once. */
public final class PasswordChange {

  /** The result of a change. */
  public sealed interface Result {
    record Done() implements Result {}

    /** The current password is another one. */
    record WrongPassword() implements Result {}

    /** The new password breaks a rule. */
    record Refused(String fault) implements Result {}

    /** Too many attempts have failed; the next is allowed after this time. */
    record Locked(Duration rest) implements Result {}
  }

  private static final String HASH =
      "SELECT password_hash FROM staff WHERE program_id = $1 AND staff_id = $2";

  private final PgClient database;
  private final StaffAccounts accounts;
  private final Sessions sessions;
  private final PasswordHasher hasher;
  private final SignInLimits limits;
  private final PasswordRules rules = new PasswordRules();

  PasswordChange(
      Pool pool,
      StaffAccounts accounts,
      Sessions sessions,
      PasswordHasher hasher,
      SignInLimits limits) {
    this.database = new PgClient(pool);
    this.accounts = accounts;
    this.sessions = sessions;
    this.hasher = hasher;
    this.limits = limits;
  }

  /** Returns a password that nobody guesses, for one sign-in. */
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
   */
  public Future<Result> change(StaffMember staff, String current, String wanted, String token) {
    var fault = rules.fault(wanted, staff.name());
    if (fault.isPresent()) {
      return Future.succeededFuture(new Result.Refused(fault.get()));
    } else if (current.equals(wanted)) {
      return Future.succeededFuture(new Result.Refused("must be another one than the current"));
    }
    return confirmed(staff, current)
        .compose(
            confirmed ->
                confirmed instanceof Result.Done
                    ? hasher
                        .hash(wanted)
                        .compose(hash -> set(staff, hash))
                        .compose(
                            done -> sessions.endOthers(staff.programId(), staff.staffId(), token))
                        .map(confirmed)
                    : Future.succeededFuture(confirmed));
  }

  private Future<Void> set(StaffMember staff, String hash) {
    return database.inTransaction(
        transaction ->
            accounts.setPassword(transaction, staff.programId(), staff.staffId(), hash, false));
  }

  /** Checks a person's own password, with the limits of a sign-in. */
  public Future<Result> confirmed(StaffMember staff, String password) {
    Buffer subject = SignInLimits.account(staff.programId(), staff.name());
    return limits
        .take(subject, SignInLimits.ACCOUNT_FREE)
        .compose(
            wait -> {
              if (wait.isPresent()) {
                return Future.succeededFuture(new Result.Locked(wait.get()));
              }
              return matches(staff, password)
                  .compose(
                      right ->
                          right
                              ? limits.forget(subject).map(new Result.Done())
                              : Future.succeededFuture(new Result.WrongPassword()));
            });
  }

  private Future<Boolean> matches(StaffMember staff, String password) {
    return database
        .read(HASH, Tuple.of(staff.programId(), staff.staffId()))
        .compose(
            rows -> {
              Row row = rows.iterator().next();
              String hash = row.getString("password_hash");
              return hash == null ? hasher.matchesNobody(password) : hasher.matches(password, hash);
            });
  }

  /** Sets a password for one sign-in, in the caller's transaction, and ends all sessions. */
  public Future<Void> setOneTime(SqlClient transaction, StaffMember staff, String hash) {
    return accounts
        .setPassword(transaction, staff.programId(), staff.staffId(), hash, true)
        .compose(done -> Sessions.endAll(transaction, staff.programId(), staff.staffId()));
  }

  /** Lets an account try again that is locked, in the caller's transaction. */
  public Future<Void> unlock(SqlClient transaction, StaffMember staff) {
    return SignInLimits.forget(transaction, SignInLimits.account(staff.programId(), staff.name()));
  }
}
