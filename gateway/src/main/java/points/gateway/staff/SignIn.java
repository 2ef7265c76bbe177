package points.gateway.staff;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.cluster.timing.CountedLog;
import points.ledger.database.PgClient;

/** Signs people in by name and password, and keeps strangers from trying many. */
public final class SignIn {

  /**
   * The name and the password of a sign-in.
   *
   * @param code of the second factor; null when none was sent
   * @param address from which the call came
   */
  public record Attempt(
      String programId, String name, String password, @Nullable String code, String address) {}

  /** The result of an attempt. */
  public sealed interface Result {
    /** A session was opened. */
    record Opened(String token) implements Result {}

    /** Name, password or code are wrong, or the account is not active. */
    record Failed() implements Result {}

    /** The password is right, and a code is due. */
    record CodeRequired() implements Result {}

    /** Too many attempts have failed; the next is allowed after this time. */
    record Locked(Duration rest) implements Result {}
  }

  private static final Logger LOG = LoggerFactory.getLogger(SignIn.class);
  private static final CountedLog LOCKED = new CountedLog();

  private static final String FIND =
      "SELECT "
          + StaffAccounts.COLUMNS
          + ", CASE WHEN f.oidc_subject IS NULL THEN f.password_hash END AS password_hash, "
          + SecondFactor.COLUMNS
          + ", "
          + PasswordChange.ONE_TIME_UNTIL
          + " FROM staff f WHERE f.program_id = $1 AND f.name_key = $2";

  private static final String REHASH =
      """
      UPDATE staff SET password_hash = $4
       WHERE program_id = $1 AND staff_id = $2 AND password_hash = $3
      """;

  private final PgClient database;
  private final PasswordHasher hasher;
  private final Sessions sessions;
  private final SignInLimits limits;
  private final SecondFactor secondFactor;
  private final InstantSource time;

  SignIn(
      Pool pool,
      PasswordHasher hasher,
      Sessions sessions,
      SignInLimits limits,
      SecondFactor secondFactor,
      InstantSource time) {
    this.time = time;
    this.secondFactor = secondFactor;
    this.database = new PgClient(pool);
    this.hasher = hasher;
    this.sessions = sessions;
    this.limits = limits;
  }

  /** Tries to sign in. Fails with {@link TooManySignInsException} when too many try at once. */
  public Future<Result> attempt(Attempt attempt) {
    Buffer address = SignInLimits.address(attempt.address());
    Buffer account = SignInLimits.account(attempt.programId(), attempt.name());
    return limits
        .take(address, SignInLimits.ADDRESS_FREE)
        .compose(
            wait ->
                wait.isPresent()
                    ? locked(attempt.address(), wait)
                    : limits.take(account, SignInLimits.ACCOUNT_FREE))
        .compose(
            wait ->
                wait.isPresent()
                    ? Future.succeededFuture(new Result.Locked(wait.get()))
                    : find(attempt)
                        .recover(
                            busy ->
                                giveBack(address, account)
                                    .transform(done -> Future.failedFuture(busy)))
                        .compose(result -> count(result, address, account)));
  }

  /** Says in the log that an address is locked: all callers have that of a forgotten proxy. */
  private static Future<Optional<Duration>> locked(String address, Optional<Duration> wait) {
    LOCKED.count(
        times ->
            LOG.warn(
                "sign-ins from {} are refused for {} s: too many failed. If this is a proxy, name"
                    + " it in POINTS_TRUSTED_PROXIES ({} such sign-ins since the last such line)",
                address,
                wait.orElse(Duration.ZERO).toSeconds(),
                times));
    return Future.succeededFuture(wait);
  }

  /** Counts a sign-in that failed, and returns the counts if the audit trail is to have them. */
  public Future<Optional<FailureCount>> noteFailure(String programId, String address) {
    return limits.note(programId, address).map(it -> Optional.of(it).filter(FailureCount::isShown));
  }

  private Future<Result> find(Attempt attempt) {
    return database
        .read(FIND, Tuple.of(attempt.programId(), StaffAccounts.nameKey(attempt.name())))
        .map(rows -> rows.stream().findFirst())
        .compose(found -> check(attempt, found));
  }

  private Future<Result> check(Attempt attempt, Optional<Row> found) {
    String hash = found.map(row -> row.getString("password_hash")).orElse(null);
    Future<Boolean> matching =
        hash == null
            ? hasher.matchesNobody(attempt.password())
            : hasher.matches(attempt.password(), hash);
    return matching.compose(
        right -> {
          if (!right || hash == null || !isOpen(found.orElseThrow())) {
            return Future.succeededFuture(new Result.Failed());
          }
          StaffMember staff = StaffAccounts.member(found.orElseThrow());
          if (!staff.secondFactor()) {
            return open(staff, attempt, hash);
          } else if (attempt.code() == null) {
            return Future.succeededFuture(new Result.CodeRequired());
          }
          return secondFactor
              .take(staff, found.orElseThrow(), attempt.code())
              .compose(
                  taken ->
                      taken
                          ? open(staff, attempt, hash)
                          : Future.succeededFuture(new Result.Failed()));
        });
  }

  /** Returns whether the account is active, and its password is not one that was set long ago. */
  private boolean isOpen(Row row) {
    return row.getBoolean("active") && !PasswordChange.isOver(row, time.instant());
  }

  private Future<Result> open(StaffMember staff, Attempt attempt, String hash) {
    return rehash(staff, attempt.password(), hash)
        .compose(newest -> sessions.open(staff, newest))
        .map(token -> token.<Result>map(Result.Opened::new).orElseGet(Result.Failed::new));
  }

  /** Hashes a password again whose hash was made with older parameters; returns the newest hash. */
  private Future<String> rehash(StaffMember staff, String password, String hash) {
    return Argon2Hash.isOutdated(hash)
        ? hasher
            .hash(password)
            .compose(
                renewed ->
                    database
                        .write(REHASH, Tuple.of(staff.programId(), staff.staffId(), hash, renewed))
                        .map(renewed))
        : Future.succeededFuture(hash);
  }

  private Future<Result> count(Result result, Buffer address, Buffer account) {
    if (result instanceof Result.Opened) {
      return limits.forget(account).compose(done -> limits.giveBack(address)).map(result);
    } else if (result instanceof Result.CodeRequired) {
      return giveBack(address, account).map(result);
    }
    return limits.forgetOld().map(result);
  }

  private Future<Void> giveBack(Buffer address, Buffer account) {
    return limits.giveBack(account).compose(done -> limits.giveBack(address));
  }
}
