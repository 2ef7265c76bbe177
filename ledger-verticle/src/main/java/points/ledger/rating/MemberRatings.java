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

  /** Empties the texts of a member that has left. Its stars stay: they belong to the store. */
  public static Future<Void> forgetTexts(SqlClient transaction, MemberKey member) {
    Tuple named = Tuple.of(member.programId(), member.memberId());
    return transaction
        .preparedQuery(TAKE_TURN)
        .execute(named)
        .compose(taken -> transaction.preparedQuery(FORGET).execute(named))
        .mapEmpty();
  }

  /** Makes the ratings of a merged member those of the other, which can leave later. */
  public static Future<Void> passOn(SqlClient transaction, MemberKey member, MemberKey into) {
    return transaction
        .preparedQuery(TAKE_TURN)
        .execute(Tuple.of(member.programId(), member.memberId()))
        .compose(
            taken ->
                transaction
                    .preparedQuery(PASS_ON)
                    .execute(Tuple.of(member.programId(), member.memberId(), into.memberId())))
        .mapEmpty();
  }
}
