package points.ledger.rating;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import points.ledger.model.MemberKey;

/** Does to ratings what the end of their member asks for. Done again, it changes nothing more. */
public final class MemberRatings {

  private static final String TAKE_TURN = "SELECT pg_advisory_xact_lock(rating_turn($1, $2))";

  private static final String FORGET =
      """
      UPDATE rating SET text = NULL
       WHERE program_id = $1 AND member_id = $2 AND text IS NOT NULL
      """;

  private static final String PASS_ON =
      "UPDATE rating SET member_id = $3 WHERE program_id = $1 AND member_id = $2";

  private MemberRatings() {}

  /**
   * Makes ratings and other ends of a member wait until the transaction is over.
   *
   * <p>A rating looks, in its own turn, whether the member has ended.
   */
  public static Future<Void> takeTurn(SqlClient transaction, MemberKey member) {
    return transaction
        .preparedQuery(TAKE_TURN)
        .execute(Tuple.of(member.programId(), member.memberId()))
        .mapEmpty();
  }

  /**
   * Empties the texts of a member that has left, whose turn was taken. Its stars stay: they belong
   * to the store.
   */
  public static Future<Void> forgetTexts(SqlClient transaction, MemberKey member) {
    return transaction
        .preparedQuery(FORGET)
        .execute(Tuple.of(member.programId(), member.memberId()))
        .mapEmpty();
  }

  /**
   * Makes the ratings of a merged member, whose turn was taken, those of the other, which can leave
   * later.
   */
  public static Future<Void> passOn(SqlClient transaction, MemberKey member, MemberKey into) {
    return transaction
        .preparedQuery(PASS_ON)
        .execute(Tuple.of(member.programId(), member.memberId(), into.memberId()))
        .mapEmpty();
  }
}
