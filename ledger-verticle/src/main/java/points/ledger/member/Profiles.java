package points.ledger.member;

import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import points.ledger.database.PgClient;
import points.ledger.model.Fingerprint;
import points.ledger.model.MemberKey;
import points.ledger.model.Status;
import points.ledger.trail.Recorder;

/** Enrols members, finds them, and keeps what is known of them. */
public final class Profiles {

  /** An identifier by which a member can be found; each is unique in the program. */
  public enum Identifier {
    PHONE,
    CARD_NUMBER,
    OPEN_ID
  }

  /**
   * A phone number.
   *
   * @param written as a caller wrote it
   * @param e164 in the form in which it is kept; empty when no phone can have it
   */
  public record Phone(String written, Optional<String> e164) {}

  /**
   * New values; those that are not to change are left out, those to be cleared are empty.
   *
   * @param columns by column name: phone, card_number, open_id, name
   */
  public record Change(Map<String, Optional<String>> columns) {

    /** Adds the new values to the fingerprint of a call. */
    public Fingerprint addTo(Fingerprint content) {
      for (String column : NAMES) {
        content.and(columns.getOrDefault(column, Optional.empty()).orElse(null));
      }
      return content;
    }

    /** The same with the phone number as it is kept. */
    public Change withPhone(UnaryOperator<String> form) {
      Optional<String> phone = columns.get(PHONE);
      if (phone == null || phone.isEmpty()) {
        return this;
      }
      var kept = new HashMap<>(columns);
      kept.put(PHONE, phone.map(form));
      return new Change(kept);
    }
  }

  private static final String PHONE = "phone";

  private static final List<String> NAMES = List.of("phone", "card_number", "open_id", "name");

  private static final String COLUMNS =
      """
      SELECT m.member_id, m.status, m.extra ->> 'mergedInto' AS merged_into, m.enrolled_at,
             p.phone, p.card_number, p.open_id, p.name,
             coalesce(p.updated_at, m.enrolled_at) AS updated_at
      """;

  private static final String BY_ID =
      COLUMNS
          + """
            FROM member m LEFT JOIN member_profile p USING (program_id, member_id)
           WHERE m.program_id = $1 AND m.member_id = $2
          """;

  private static final String PAGE =
      COLUMNS
          + """
            FROM member m LEFT JOIN member_profile p USING (program_id, member_id)
           WHERE m.program_id = $1 AND m.member_id > $2
           ORDER BY m.member_id LIMIT $3
          """;

  private static final String FIND =
      COLUMNS
          + """
            FROM member_profile p JOIN member m USING (program_id, member_id)
           WHERE p.program_id = $1
          """;

  /** The second form is that of numbers that could not be brought into one form. */
  private static final String BY_PHONE =
      FIND + " AND p.phone IN ($2, $3) ORDER BY p.phone = $2 DESC LIMIT 1";

  private static final Map<Identifier, String> BY_IDENTIFIER =
      Map.of(
          Identifier.CARD_NUMBER, FIND + " AND p.card_number = $2",
          Identifier.OPEN_ID, FIND + " AND p.open_id = $2");

  private static final String ENROL =
      """
      INSERT INTO member (program_id, member_id, sequence, previous_sequence, status, available,
                          lifetime_earned, lifetime_spent, lot_expires_at, lot_points, enrolled_at)
      VALUES ($1, $2, 0, -1, 'ACTIVE', 0, 0, 0, '{}', '{}', date_trunc('milliseconds', now()))
      ON CONFLICT (program_id, member_id) DO NOTHING
      """;

  private static final String SAVE =
      """
      INSERT INTO member_profile AS p
             (program_id, member_id, phone, card_number, open_id, name, updated_at)
      SELECT m.program_id, m.member_id, $3, $5, $7, $9, date_trunc('milliseconds', now())
        FROM member m
       WHERE m.program_id = $1 AND m.member_id = $2 AND m.status NOT IN ('CLOSED', 'MERGED')
      ON CONFLICT (program_id, member_id) DO UPDATE
         SET phone       = CASE WHEN $4 THEN excluded.phone ELSE p.phone END,
             card_number = CASE WHEN $6 THEN excluded.card_number ELSE p.card_number END,
             open_id     = CASE WHEN $8 THEN excluded.open_id ELSE p.open_id END,
             name        = CASE WHEN $10 THEN excluded.name ELSE p.name END,
             updated_at  = excluded.updated_at
      """;

  /**
   * One statement for many members a second; who has a profile keeps it, who has ended has none.
   */
  private static final String INTRODUCE =
      """
      WITH enrolled AS (
        INSERT INTO member (program_id, member_id, sequence, previous_sequence, status, available,
                            lifetime_earned, lifetime_spent, lot_expires_at, lot_points, enrolled_at)
        VALUES ($1, $2, 0, -1, 'ACTIVE', 0, 0, 0, '{}', '{}', date_trunc('milliseconds', now()))
        ON CONFLICT (program_id, member_id) DO NOTHING
      )
      INSERT INTO member_profile
             (program_id, member_id, phone, card_number, open_id, name, updated_at)
      SELECT $1, $2, $3, $4, $5, $6, date_trunc('milliseconds', now())
       WHERE NOT EXISTS (SELECT FROM member
                          WHERE program_id = $1 AND member_id = $2
                            AND status IN ('CLOSED', 'MERGED'))
      ON CONFLICT (program_id, member_id) DO NOTHING
      """;

  private final PgClient connections;

  public Profiles(Pool pool) {
    this.connections = new PgClient(pool);
  }

  /**
   * Enrols a member, in the caller's transaction.
   *
   * @return its profile; empty when there is one of this id already; failed with {@link
   *     IdentifierTakenException}
   */
  public Future<Optional<Profile>> enrol(SqlClient transaction, MemberKey member, Change change) {
    return transaction
        .preparedQuery(ENROL)
        .execute(Tuple.of(member.programId(), member.memberId()))
        .compose(
            rows -> {
              if (rows.rowCount() == 0) {
                return Future.succeededFuture(Optional.empty());
              }
              return save(transaction, member, change).compose(saved -> find(transaction, member));
            });
  }

  /**
   * Enrols a member from another system, if it is not there, and stores its profile.
   *
   * <p>A profile that is there already stays. Done again, it changes nothing; nor does a change
   * without values.
   *
   * @return failed with {@link IdentifierTakenException}; nothing is changed then
   */
  public Future<Void> introduce(MemberKey member, Change change) {
    if (change.columns().isEmpty()) {
      return Future.succeededFuture();
    }
    Tuple values = Tuple.of(member.programId(), member.memberId());
    for (String column : NAMES) {
      Optional<String> value = change.columns().get(column);
      values.addString(value == null ? null : value.orElse(null));
    }
    return connections
        .write(INTRODUCE, values)
        .<Void>mapEmpty()
        .recover(cause -> Future.failedFuture(taken(cause)));
  }

  /**
   * Changes what is known of a member; empty when it is not enrolled. One that has ended stays as
   * it is: what it was known by is free for others.
   */
  public Future<Optional<Profile>> change(
      MemberKey member, Change change, Recorder<Optional<Profile>> recorder) {
    return connections.inTransaction(
        transaction ->
            find(transaction, member)
                .compose(
                    before ->
                        save(transaction, member, change)
                            .compose(saved -> find(transaction, member))
                            .compose(it -> recorder.record(transaction, before, it).map(it))));
  }

  /** The program's members by id: so many after one. */
  public Future<List<Profile>> page(String programId, String after, int limit) {
    return connections
        .read(PAGE, Tuple.of(programId, after, limit))
        .map(rows -> rows.stream().map(Profiles::profile).toList());
  }

  /** A member's profile; empty when it is not enrolled. */
  public Future<Optional<Profile>> find(MemberKey member) {
    return connections
        .read(BY_ID, Tuple.of(member.programId(), member.memberId()))
        .map(Profiles::first);
  }

  /** The profile of the member that has this phone number; empty when none has. */
  public Future<Optional<Profile>> find(String programId, Phone phone) {
    String written = phone.written();
    return connections
        .read(BY_PHONE, Tuple.of(programId, phone.e164().orElse(written), written))
        .map(Profiles::first);
  }

  /** The profile of the member that has this card number or open id; empty when none has. */
  public Future<Optional<Profile>> find(String programId, Identifier identifier, String value) {
    return connections
        .read(Objects.requireNonNull(BY_IDENTIFIER.get(identifier)), Tuple.of(programId, value))
        .map(Profiles::first);
  }

  private static Future<Void> save(SqlClient transaction, MemberKey member, Change change) {
    if (change.columns().isEmpty()) {
      return Future.succeededFuture();
    }
    Tuple values = Tuple.of(member.programId(), member.memberId());
    for (String column : NAMES) {
      Optional<String> value = change.columns().get(column);
      values.addString(value == null ? null : value.orElse(null));
      values.addBoolean(change.columns().containsKey(column));
    }
    return transaction
        .preparedQuery(SAVE)
        .execute(values)
        .<Void>mapEmpty()
        .recover(cause -> Future.failedFuture(taken(cause)));
  }

  private static Throwable taken(Throwable cause) {
    if (!(cause instanceof PgException error) || !"23505".equals(error.getSqlState())) {
      return cause;
    }
    return switch (String.valueOf(error.getConstraint())) {
      case "member_profile_phone" -> new IdentifierTakenException(Identifier.PHONE);
      case "member_profile_card_number" -> new IdentifierTakenException(Identifier.CARD_NUMBER);
      case "member_profile_open_id" -> new IdentifierTakenException(Identifier.OPEN_ID);
      default -> cause;
    };
  }

  private static Future<Optional<Profile>> find(SqlClient transaction, MemberKey member) {
    return transaction
        .preparedQuery(BY_ID)
        .execute(Tuple.of(member.programId(), member.memberId()))
        .map(Profiles::first);
  }

  private static Optional<Profile> first(RowSet<Row> rows) {
    return rows.stream().findFirst().map(Profiles::profile);
  }

  private static Profile profile(Row row) {
    return new Profile(
        row.getString("member_id"),
        Status.valueOf(row.getString("status")),
        row.getString("merged_into"),
        row.getString("phone"),
        row.getString("card_number"),
        row.getString("open_id"),
        row.getString("name"),
        row.getOffsetDateTime("enrolled_at").toInstant(),
        row.getOffsetDateTime("updated_at").toInstant());
  }
}
