package points.gateway.staff;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import points.gateway.access.KeyForm;
import points.gateway.access.Secrets;
import points.ledger.database.PgClient;
import points.ledger.trail.AuditTrail;
import points.ledger.trail.TrailChange;

/**
 * The sessions of people who have signed in, of which the database has only the hashes of tokens.
 *
 * <p>Each node remembers a session for half a second: so a sign-out, a new role or the end of an
 * account counts on all nodes within a second, even if messages between nodes are lost. An invented
 * token costs no query.
 */
public final class Sessions {

  /** Time for which a node remembers a session without asking the database. */
  private static final Duration REMEMBERED = Duration.ofMillis(500);

  private static final int REMEMBERED_MAX = 20_000;

  /** Sessions of one account at most: the oldest ends when there is one more. */
  private static final int OF_ONE_MAX = 20;

  /** A change of the account that is under way is waited for, and looked at. */
  private static final String OPEN =
      """
      INSERT INTO staff_session (token_hash, program_id, staff_id, created_at, seen_at, expires_at)
      SELECT $1, program_id, staff_id, $4, $4, $5 FROM staff
       WHERE program_id = $2 AND staff_id = $3 AND active
         AND ($6::text IS NULL OR password_hash = $6)
         FOR SHARE
      """;

  private static final String END_OLDEST =
      """
      DELETE FROM staff_session WHERE token_hash IN (
        SELECT token_hash FROM staff_session WHERE program_id = $1 AND staff_id = $2
         ORDER BY expires_at DESC, token_hash OFFSET $3)
      """;

  private static final String END_OVER =
      """
      DELETE FROM staff_session WHERE token_hash IN (
        SELECT token_hash FROM staff_session WHERE expires_at < $1 LIMIT 100
           FOR UPDATE SKIP LOCKED)
      """;

  private static final String FIND =
      "SELECT "
          + StaffAccounts.COLUMNS
          + """
          , s.seen_at, s.expires_at
            FROM staff_session s JOIN staff f USING (program_id, staff_id)
           WHERE s.token_hash = $1 AND s.expires_at > $2 AND s.seen_at > $3 AND f.active
          """;

  private static final String NOTE =
      "UPDATE staff_session SET seen_at = $2 WHERE token_hash = $1 AND seen_at < $2";

  private static final String END = "DELETE FROM staff_session WHERE token_hash = $1";

  private static final String END_ALL =
      """
      DELETE FROM staff_session WHERE program_id = $1 AND staff_id = $2 AND token_hash <> $3
      """;

  private final PgClient database;
  private final KeyForm form;

  private final StaffOptions options;
  private final InstantSource time;
  private final Cache<Buffer, Optional<Session>> remembered =
      Caffeine.newBuilder().maximumSize(REMEMBERED_MAX).expireAfterWrite(REMEMBERED).build();

  /**
   * @param pool a pool for looking up callers alone
   */
  Sessions(Pool pool, KeyForm form, StaffOptions options, InstantSource time) {
    this.database = new PgClient(pool);
    this.form = form;
    this.options = options;
    this.time = time;
  }

  /**
   * Opens a session and returns its token, which is kept nowhere.
   *
   * @param passwordHash of the password that the person knew; null when it was no password
   * @return empty when the account is inactive, or its password was changed meanwhile
   */
  Future<Optional<String>> open(StaffMember staff, @Nullable String passwordHash) {
    String token = form.next();
    Instant now = time.instant().truncatedTo(ChronoUnit.MILLIS);
    var row =
        Tuple.of(
            hash(token),
            staff.programId(),
            staff.staffId(),
            StaffAccounts.at(now),
            StaffAccounts.at(now.plus(options.absolute())),
            passwordHash);
    return database
        .write(OPEN, row)
        .compose(
            opened ->
                opened.rowCount() == 0
                    ? Future.succeededFuture(Optional.empty())
                    : endOthers(staff, now).map(Optional.of(token)));
  }

  /** Ends sessions of an account that has too many, and some whose time is over. */
  private Future<Void> endOthers(StaffMember staff, Instant now) {
    return database
        .write(END_OLDEST, Tuple.of(staff.programId(), staff.staffId(), OF_ONE_MAX))
        .compose(done -> database.write(END_OVER, Tuple.of(StaffAccounts.at(now))))
        .mapEmpty();
  }

  /** Finds the session of a token; empty when there is none, or it has ended. */
  public Future<Optional<Session>> find(String token) {
    if (!form.isChecked(token)) {
      return Future.succeededFuture(Optional.empty());
    }
    Buffer hash = hash(token);
    Optional<Session> known = remembered.getIfPresent(hash);
    return known == null
        ? ask(hash).onSuccess(found -> remembered.put(hash, found))
        : Future.succeededFuture(known);
  }

  private Future<Optional<Session>> ask(Buffer hash) {
    Instant now = time.instant().truncatedTo(ChronoUnit.MILLIS);
    var arguments =
        Tuple.of(hash, StaffAccounts.at(now), StaffAccounts.at(now.minus(options.idle())));
    return database
        .read(FIND, arguments)
        .compose(
            rows -> {
              Row row = rows.size() == 0 ? null : rows.iterator().next();
              return row == null
                  ? Future.succeededFuture(Optional.empty())
                  : note(hash, row, now).map(Optional::of);
            });
  }

  private Future<Session> note(Buffer hash, Row row, Instant now) {
    Instant seen = row.getOffsetDateTime("seen_at").toInstant();
    StaffMember staff = StaffAccounts.member(row);
    Instant expires = row.getOffsetDateTime("expires_at").toInstant();
    if (now.minus(options.noteEvery()).isBefore(seen)) {
      return Future.succeededFuture(new Session(staff, expires, seen.plus(options.idle())));
    }
    return database
        .write(NOTE, Tuple.of(hash, StaffAccounts.at(now)))
        .map(noted -> new Session(staff, expires, now.plus(options.idle())));
  }

  /** Ends a session and says so in the audit trail; other nodes know within a second. */
  public Future<Void> end(String token, TrailChange trail) {
    return database
        .inTransaction(
            transaction ->
                transaction
                    .preparedQuery(END)
                    .execute(Tuple.of(hash(token)))
                    .compose(ended -> AuditTrail.append(transaction, trail)))
        .onComplete(done -> remembered.invalidate(hash(token)));
  }

  /** Ends all sessions of an account, this one too, and says in the audit trail how many. */
  public Future<Void> endAll(StaffMember staff, TrailChange trail) {
    return database
        .inTransaction(
            transaction ->
                endOthers(transaction, staff, "")
                    .compose(
                        ended ->
                            AuditTrail.append(
                                transaction,
                                trail.with(
                                    new JsonObject().put("sessions", ended),
                                    new JsonObject().put("sessions", 0)))))
        .onComplete(done -> forget());
  }

  /** Ends the sessions of an account that was made inactive, so that none comes back with it. */
  static Future<Void> endUnlessActive(SqlClient transaction, StaffMember staff) {
    return staff.active() ? Future.succeededFuture() : endOthers(transaction, staff, "").mapEmpty();
  }

  /**
   * Ends all sessions of an account but one, in the caller's transaction, and returns how many.
   *
   * @param token of the session that goes on; empty when none does
   */
  static Future<Integer> endOthers(SqlClient transaction, StaffMember staff, String token) {
    return transaction
        .preparedQuery(END_ALL)
        .execute(Tuple.of(staff.programId(), staff.staffId(), hash(token)))
        .map(RowSet::rowCount);
  }

  /** Forgets what this node remembers, so that it sees a change of an account at once. */
  public void forget() {
    remembered.invalidateAll();
  }

  /** Returns the token that a page sends with calls that change something. */
  public static String csrfToken(String token) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Secrets.hash("csrf token of " + token));
  }

  private static Buffer hash(String token) {
    return Buffer.buffer(Secrets.hash(token));
  }
}
