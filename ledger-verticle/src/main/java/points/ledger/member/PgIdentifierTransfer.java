package points.ledger.member;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Iterator;
import java.util.Optional;
import points.ledger.database.PgClient;
import points.ledger.model.MemberKey;
import points.ledger.model.Status;
import points.ledger.rating.MemberRatings;

/**
 * Ends or hands over a member's identifiers, its place in pools and its ratings when the member
 * ends. Done again, it changes nothing more.
 */
public final class PgIdentifierTransfer implements IdentifierTransfer {

  /** The old values come back, so that another may have them. */
  private static final String FREE =
      """
      WITH old AS MATERIALIZED (
        SELECT program_id, member_id, phone, card_number, open_id FROM member_profile
         WHERE program_id = $1 AND member_id = $2 FOR UPDATE)
      UPDATE member_profile p
         SET phone = NULL, card_number = NULL, open_id = NULL,
             updated_at = date_trunc('milliseconds', now())
        FROM old
       WHERE p.program_id = old.program_id AND p.member_id = old.member_id
         AND num_nonnulls(old.phone, old.card_number, old.open_id) > 0
      RETURNING old.phone, old.card_number, old.open_id
      """;

  private static final String GIVE =
      """
      INSERT INTO member_profile AS p
             (program_id, member_id, phone, card_number, open_id, updated_at)
      VALUES ($1, $2, $3, $4, $5, date_trunc('milliseconds', now()))
      ON CONFLICT (program_id, member_id) DO UPDATE
         SET phone       = coalesce(p.phone, excluded.phone),
             card_number = coalesce(p.card_number, excluded.card_number),
             open_id     = coalesce(p.open_id, excluded.open_id),
             updated_at  = excluded.updated_at
      """;

  private static final String JOIN_POOLS =
      """
      INSERT INTO pool_member (program_id, pool_id, member_id)
      SELECT program_id, pool_id, $3 FROM pool_member WHERE program_id = $1 AND member_id = $2
      ON CONFLICT (program_id, pool_id, member_id) DO NOTHING
      """;

  private static final String END_OF =
      """
      SELECT status, extra ->> 'mergedInto' AS merged_into FROM member
       WHERE program_id = $1 AND member_id = $2
      """;

  private static final String LEAVE_POOLS =
      "DELETE FROM pool_member WHERE program_id = $1 AND member_id = $2";

  private final PgClient connections;

  public PgIdentifierTransfer(Pool pool) {
    this.connections = new PgClient(pool);
  }

  @Override
  public Future<Void> free(MemberKey member) {
    return connections.inTransaction(
        transaction ->
            MemberRatings.takeTurn(transaction, member)
                .compose(taken -> forget(transaction, member)));
  }

  private static Future<Void> forget(SqlClient transaction, MemberKey member) {
    Tuple named = Tuple.of(member.programId(), member.memberId());
    return transaction
        .preparedQuery(FREE)
        .execute(named)
        .compose(freed -> transaction.preparedQuery(LEAVE_POOLS).execute(named))
        .compose(left -> MemberRatings.forgetTexts(transaction, member));
  }

  @Override
  public Future<Void> passOn(MemberKey member, MemberKey into) {
    return connections.inTransaction(
        transaction ->
            MemberRatings.takeTurn(transaction, member)
                .compose(taken -> heir(transaction, into))
                .compose(
                    heir ->
                        heir.isPresent()
                            ? passOn(transaction, member, heir.get())
                            : forget(transaction, member)));
  }

  /**
   * Returns the member that goes on for one, which may have been merged meanwhile; empty when it
   * has left. Its end waits until this transaction is over.
   */
  private static Future<Optional<MemberKey>> heir(SqlClient transaction, MemberKey member) {
    return MemberRatings.takeTurn(transaction, member)
        .compose(
            taken ->
                transaction
                    .preparedQuery(END_OF)
                    .execute(Tuple.of(member.programId(), member.memberId())))
        .compose(
            rows -> {
              Row row = rows.iterator().next();
              return switch (Status.valueOf(row.getString("status"))) {
                case CLOSED -> Future.succeededFuture(Optional.empty());
                case MERGED ->
                    heir(
                        transaction,
                        new MemberKey(member.programId(), row.getString("merged_into")));
                case ACTIVE, FROZEN -> Future.succeededFuture(Optional.of(member));
              };
            });
  }

  private static Future<Void> passOn(SqlClient transaction, MemberKey member, MemberKey into) {
    Tuple named = Tuple.of(member.programId(), member.memberId());
    return transaction
        .preparedQuery(FREE)
        .execute(named)
        .compose(freed -> give(transaction, into, freed.iterator()))
        .compose(
            given ->
                transaction
                    .preparedQuery(JOIN_POOLS)
                    .execute(Tuple.of(member.programId(), member.memberId(), into.memberId())))
        .compose(joined -> transaction.preparedQuery(LEAVE_POOLS).execute(named))
        .compose(left -> MemberRatings.passOn(transaction, member, into));
  }

  private static Future<Void> give(SqlClient transaction, MemberKey into, Iterator<Row> freed) {
    if (!freed.hasNext()) {
      return Future.succeededFuture();
    }
    Row old = freed.next();
    return transaction
        .preparedQuery(GIVE)
        .execute(
            Tuple.of(
                into.programId(),
                into.memberId(),
                old.getString("phone"),
                old.getString("card_number"),
                old.getString("open_id")))
        .mapEmpty();
  }
}
