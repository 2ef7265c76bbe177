package points.gateway.staff;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.text.Normalizer;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import points.gateway.access.Role;
import points.gateway.access.Secrets;
import points.ledger.database.PgClient;
import points.ledger.trail.Recorder;

/** The accounts of the people of all programs. */
public final class StaffAccounts {

  /**
   * The columns that make a {@link StaffMember}, of the table {@code staff} named {@code f}.
   *
   * <p>A password of somebody who signs in by the provider counts for nothing: releases before this
   * one let head office give them one.
   */
  static final String COLUMNS =
      """
      f.program_id, f.staff_id, f.name, f.roles, f.stores, f.language, f.active,
      f.must_change AND f.oidc_subject IS NULL AS must_change,
      f.otp_secret IS NOT NULL AS second_factor,
      f.password_hash IS NOT NULL AND f.oidc_subject IS NULL AS has_password,
      f.oidc_subject IS NOT NULL AS by_provider, f.version, f.created_at, f.updated_at
      """;

  private static final String INSERT =
      """
      INSERT INTO staff AS f (program_id, staff_id, name, name_key, roles, stores, language,
                              password_hash, must_change, one_time_until, created_at, updated_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, true, $10, $9, $9)
      ON CONFLICT DO NOTHING RETURNING
      """
          + COLUMNS;

  private static final String ONE =
      "SELECT " + COLUMNS + " FROM staff f WHERE program_id = $1 AND staff_id = $2";

  private static final String FOR_CHANGE = ONE + " FOR UPDATE";

  private static final String PAGE =
      "SELECT "
          + COLUMNS
          + """
           FROM staff f WHERE program_id = $1 AND staff_id > $2 ORDER BY staff_id LIMIT $3
          """;

  private static final String UPDATE =
      """
      UPDATE staff f SET name = $3, name_key = $4, roles = $5, stores = $6, language = $7,
                         active = $8, version = version + 1, updated_at = $9
       WHERE program_id = $1 AND staff_id = $2
         AND NOT EXISTS (SELECT FROM staff o WHERE o.program_id = $1 AND o.name_key = $4
                                               AND o.staff_id <> $2)
       RETURNING
      """
          + COLUMNS;

  /** Makes two people wait for each other when they take head office from each other at once. */
  private static final String LOCK_HEAD_OFFICE =
      """
      SELECT staff_id FROM staff WHERE program_id = $1 AND active AND 'headOffice' = ANY (roles)
       ORDER BY staff_id FOR UPDATE
      """;

  /** An account to be made. */
  public record NewStaff(
      String programId,
      String name,
      Set<Role> roles,
      @Nullable Set<String> stores,
      @Nullable String language) {}

  /** A change of an account, with all that it will have. */
  public record Change(
      String name,
      Set<Role> roles,
      @Nullable Set<String> stores,
      @Nullable String language,
      boolean active) {

    public Change withName(String other) {
      return new Change(other, roles, stores, language, active);
    }

    public Change withRoles(Set<Role> other) {
      return new Change(name, other, stores, language, active);
    }

    public Change withStores(@Nullable Set<String> other) {
      return new Change(name, roles, other, language, active);
    }

    public Change withLanguage(@Nullable String other) {
      return new Change(name, roles, stores, other, active);
    }

    public Change withActive(boolean other) {
      return new Change(name, roles, stores, language, other);
    }
  }

  private final PgClient database;
  private final InstantSource time;

  StaffAccounts(Pool pool, InstantSource time) {
    this.database = new PgClient(pool);
    this.time = time;
  }

  /** Returns a name in the form in which names are compared. */
  public static String nameKey(String name) {
    return Normalizer.normalize(name.strip(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
  }

  public static String newStaffId() {
    return Secrets.newId("stf_");
  }

  /**
   * Makes an account in the caller's transaction; empty when the name is taken.
   *
   * @param passwordHash of a password that has to be changed at the first sign-in
   */
  public Future<Optional<StaffMember>> create(
      SqlClient transaction, NewStaff staff, String passwordHash) {
    return transaction
        .preparedQuery(INSERT)
        .execute(
            Tuple.tuple()
                .addString(staff.programId())
                .addString(newStaffId())
                .addString(staff.name())
                .addString(nameKey(staff.name()))
                .addArrayOfString(labels(staff.roles()))
                .addArrayOfString(array(staff.stores()))
                .addString(staff.language())
                .addString(passwordHash)
                .addOffsetDateTime(now())
                .addOffsetDateTime(at(time.instant().plus(PasswordChange.ONE_TIME))))
        .map(StaffAccounts::first)
        .compose(made -> StaffEvents.write(transaction, "staff.created", made));
  }

  public Future<Optional<StaffMember>> find(String programId, String staffId) {
    return database.read(ONE, Tuple.of(programId, staffId)).map(StaffAccounts::first);
  }

  /**
   * Returns the program's accounts, those that are not active included.
   *
   * @param after returns only accounts with a greater id, at most {@code limit}
   */
  public Future<List<StaffMember>> page(String programId, String after, int limit) {
    return database
        .read(PAGE, Tuple.of(programId, after, limit))
        .map(
            rows -> {
              var all = new ArrayList<StaffMember>();
              rows.forEach(row -> all.add(member(row)));
              return all;
            });
  }

  /**
   * Changes an account, unless somebody else has changed it meanwhile.
   *
   * @param before the account from which the change was made
   * @param version the version that the caller has read; null when any will do
   * @param recorder appends the change to the audit trail
   */
  public Future<Changed> change(
      StaffMember before, Change change, @Nullable Long version, Recorder<StaffMember> recorder) {
    return database.inTransaction(
        transaction ->
            transaction
                .preparedQuery(LOCK_HEAD_OFFICE)
                .execute(Tuple.of(before.programId()))
                .compose(
                    offices ->
                        transaction
                            .preparedQuery(FOR_CHANGE)
                            .execute(Tuple.of(before.programId(), before.staffId()))
                            .compose(
                                found ->
                                    first(found).orElseThrow().version() == before.version()
                                            && (version == null || version == before.version())
                                        ? change(transaction, before, offices, change, recorder)
                                        : Future.succeededFuture(new Changed.Outdated()))));
  }

  private Future<Changed> change(
      SqlClient transaction,
      StaffMember before,
      RowSet<Row> offices,
      Change change,
      Recorder<StaffMember> recorder) {
    boolean isLast =
        offices.size() == 1
            && offices.iterator().next().getString("staff_id").equals(before.staffId());
    if (isLast && !(change.active() && change.roles().contains(Role.HEAD_OFFICE))) {
      return Future.succeededFuture(new Changed.LastHeadOffice());
    }
    return transaction
        .preparedQuery(UPDATE)
        .execute(
            Tuple.tuple()
                .addString(before.programId())
                .addString(before.staffId())
                .addString(change.name())
                .addString(nameKey(change.name()))
                .addArrayOfString(labels(change.roles()))
                .addArrayOfString(array(change.stores()))
                .addString(change.language())
                .addBoolean(change.active())
                .addOffsetDateTime(now()))
        .map(StaffAccounts::first)
        .compose(after -> StaffEvents.write(transaction, "staff.changed", after))
        .compose(
            after ->
                after.isEmpty()
                    ? Future.succeededFuture(new Changed.NameTaken(change.name()))
                    : Sessions.endUnlessActive(transaction, after.get())
                        .compose(ended -> recorder.record(transaction, before, after.get()))
                        .map(done -> new Changed.Done(before, after.get())));
  }

  static Optional<StaffMember> first(RowSet<Row> rows) {
    return rows.stream().findFirst().map(StaffAccounts::member);
  }

  static StaffMember member(Row row) {
    String[] stores = row.getArrayOfStrings("stores");
    return new StaffMember(
        row.getString("program_id"),
        row.getString("staff_id"),
        row.getString("name"),
        Arrays.stream(row.getArrayOfStrings("roles")).map(Role::of).collect(Collectors.toSet()),
        stores == null ? null : Set.of(stores),
        row.getString("language"),
        row.getBoolean("active"),
        row.getBoolean("must_change"),
        row.getBoolean("second_factor"),
        row.getBoolean("has_password"),
        row.getBoolean("by_provider"),
        row.getLong("version"),
        row.getOffsetDateTime("created_at").toInstant(),
        row.getOffsetDateTime("updated_at").toInstant());
  }

  static String[] labels(Set<Role> roles) {
    return roles.stream().sorted().map(Role::label).toArray(String[]::new);
  }

  static String @Nullable [] array(@Nullable Set<String> stores) {
    return stores == null ? null : new TreeSet<>(stores).toArray(String[]::new);
  }

  private OffsetDateTime now() {
    return at(time.instant());
  }

  static OffsetDateTime at(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC);
  }
}
