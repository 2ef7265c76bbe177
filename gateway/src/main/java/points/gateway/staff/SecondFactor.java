package points.gateway.staff;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.gateway.access.Secrets;
import points.ledger.database.PgClient;
import points.ledger.trail.AuditTrail;
import points.ledger.trail.TrailChange;

/** The second factors of people: codes of an authenticator, each taken once. */
public final class SecondFactor {

  private static final Logger LOG = LoggerFactory.getLogger(SecondFactor.class);

  /**
   * A secret for an authenticator, shown once.
   *
   * @param uri the same for a QR code
   */
  public record Candidate(String secret, String uri) {}

  /** The columns that a sign-in needs besides those of the account. */
  static final String COLUMNS = "f.otp_secret, f.otp_step";

  private static final String OFFER =
      """
      UPDATE staff SET otp_candidate = $3
       WHERE program_id = $1 AND staff_id = $2 AND otp_secret IS NULL
      """;

  private static final String CANDIDATE =
      "SELECT otp_candidate FROM staff WHERE program_id = $1 AND staff_id = $2";

  private static final String CONFIRM =
      """
      UPDATE staff SET otp_secret = otp_candidate, otp_candidate = NULL, otp_step = $4,
                       version = version + 1, updated_at = $5
       WHERE program_id = $1 AND staff_id = $2 AND otp_candidate = $3 AND otp_secret IS NULL
      """;

  private static final String TAKE =
      """
      UPDATE staff SET otp_step = $3
       WHERE program_id = $1 AND staff_id = $2 AND otp_step < $3 AND otp_secret = $4
      """;

  private static final String REMOVE =
      """
      UPDATE staff SET otp_secret = NULL, otp_candidate = NULL, version = version + 1,
                       updated_at = $3
       WHERE program_id = $1 AND staff_id = $2 AND otp_secret IS NOT NULL
      """;

  private final PgClient database;
  private final @Nullable SecretBox box;
  private final InstantSource time;

  /**
   * @param key under which secrets are sealed; null when there are no second factors
   */
  SecondFactor(Pool pool, @Nullable String key, InstantSource time) {
    this.database = new PgClient(pool);
    this.box = key == null ? null : new SecretBox(key);
    this.time = time;
  }

  /** Returns whether secrets can be kept: the deployment has a key for them. */
  public boolean isAvailable() {
    return box != null;
  }

  /** Makes a secret that counts once a code of it was sent; empty when the account has one. */
  public Future<Optional<Candidate>> offer(StaffMember staff) {
    if (box == null) {
      return Future.succeededFuture(Optional.empty());
    }
    byte[] secret = Secrets.random(Totp.SECRET_BYTES);
    Buffer sealed = Buffer.buffer(box.seal(secret, owner(staff)));
    return database
        .write(OFFER, Tuple.of(staff.programId(), staff.staffId(), sealed))
        .map(
            offered ->
                offered.rowCount() == 1
                    ? Optional.of(candidate(staff, Totp.base32(secret)))
                    : Optional.empty());
  }

  private static Candidate candidate(StaffMember staff, String secret) {
    String label = encoded(staff.programId()) + ":" + encoded(staff.name());
    return new Candidate(
        secret,
        "otpauth://totp/%s?secret=%s&issuer=%s&algorithm=SHA1&digits=6&period=30"
            .formatted(label, secret, encoded(staff.programId())));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * Makes the secret count that was offered, if this is a code of it.
   *
   * @param trail the change as the audit trail has it
   */
  public Future<Boolean> confirm(StaffMember staff, String code, TrailChange trail) {
    return database
        .read(CANDIDATE, Tuple.of(staff.programId(), staff.staffId()))
        .compose(
            rows -> {
              Buffer sealed = rows.iterator().next().getBuffer("otp_candidate");
              OptionalLong step =
                  sealed == null ? OptionalLong.empty() : step(sealed, owner(staff), code, 0);
              return step.isEmpty()
                  ? Future.succeededFuture(false)
                  : changed(
                      CONFIRM,
                      Tuple.of(
                          staff.programId(),
                          staff.staffId(),
                          sealed,
                          step.getAsLong(),
                          StaffAccounts.at(time.instant())),
                      trail.with(state(false), state(true)));
            });
  }

  /** Takes a code at a sign-in. Returns false when it is wrong, or was taken before. */
  Future<Boolean> take(StaffMember staff, Row row, String code) {
    Buffer sealed = row.getBuffer("otp_secret");
    OptionalLong step = step(sealed, owner(staff), code, row.getLong("otp_step"));
    return step.isEmpty()
        ? Future.succeededFuture(false)
        : database
            .write(TAKE, Tuple.of(staff.programId(), staff.staffId(), step.getAsLong(), sealed))
            .map(taken -> taken.rowCount() == 1);
  }

  private OptionalLong step(Buffer sealed, String owner, String code, long lastTaken) {
    byte[] secret = box == null ? null : box.open(sealed.getBytes(), owner);
    if (secret == null) {
      LOG.error(
          "the second factor of {} cannot be read: POINTS_SECRET_KEY is not the key it was made"
              + " with",
          owner);
      return OptionalLong.empty();
    }
    return Totp.stepOf(secret, code, time.instant(), lastTaken);
  }

  /**
   * Lets the account sign in without a code.
   *
   * @param trail the change as the audit trail has it
   */
  public Future<Void> remove(StaffMember staff, TrailChange trail) {
    return changed(
            REMOVE,
            Tuple.of(staff.programId(), staff.staffId(), StaffAccounts.at(time.instant())),
            trail.with(state(true), state(false)))
        .mapEmpty();
  }

  /** Runs the statement, with its row in the audit trail when it changes an account. */
  private Future<Boolean> changed(String sql, Tuple arguments, TrailChange trail) {
    return database.inTransaction(
        transaction ->
            transaction
                .preparedQuery(sql)
                .execute(arguments)
                .compose(
                    changed ->
                        changed.rowCount() == 1
                            ? AuditTrail.append(transaction, trail).map(true)
                            : Future.succeededFuture(false)));
  }

  private static JsonObject state(boolean on) {
    return new JsonObject().put("secondFactor", on);
  }

  private static String owner(StaffMember staff) {
    return staff.programId() + '/' + staff.staffId();
  }
}
