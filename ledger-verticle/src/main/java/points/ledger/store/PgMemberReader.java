package points.ledger.store;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import points.ledger.account.Lots;
import points.ledger.commit.CommittedStates;
import points.ledger.database.PgClient;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.model.Status;
import points.ledger.store.json.ExtraJson;

/** Reads members' hot states. */
public final class PgMemberReader implements CommittedStates {

  /** Whether a member has bought: nodes of the release before do not keep that in its row. */
  static final String BOUGHT_EVER = "bought_ever";

  private static final String STATES =
      """
      SELECT m.* FROM unnest($1::text[], $2::text[]) AS k (program_id, member_id)
       CROSS JOIN LATERAL (
         SELECT m.*, has_bought(m) AS bought_ever FROM member m
          WHERE m.program_id = k.program_id AND m.member_id = k.member_id
          LIMIT 1) m
      """;

  private static final String ROW =
      """
      SELECT m.*, has_bought(m) AS bought_ever FROM member m
       WHERE m.program_id = $1 AND m.member_id = $2
      """;

  private final PgClient connections;

  public PgMemberReader(Pool pool) {
    this.connections = new PgClient(pool);
  }

  @Override
  public Future<Map<MemberKey, MemberState>> states(Collection<MemberKey> members) {
    var arguments =
        Tuple.tuple()
            .addArrayOfString(members.stream().map(MemberKey::programId).toArray(String[]::new))
            .addArrayOfString(members.stream().map(MemberKey::memberId).toArray(String[]::new));
    return connections
        .read(STATES, arguments)
        .map(
            rows -> {
              var states = new HashMap<MemberKey, MemberState>();
              for (Row row : rows) {
                states.put(
                    new MemberKey(
                        MemberColumns.PROGRAM_ID.read(row), MemberColumns.MEMBER_ID.read(row)),
                    state(row));
              }
              return states;
            });
  }

  /** A member's row as it stands in the database; empty when it is not enrolled. */
  public Future<Optional<MemberRow>> row(MemberKey member) {
    return connections
        .read(ROW, Tuple.of(member.programId(), member.memberId()))
        .map(
            rows -> rows.size() == 0 ? Optional.empty() : Optional.of(row(rows.iterator().next())));
  }

  private static MemberRow row(Row row) {
    var columns = new LinkedHashMap<String, Long>();
    for (String column : MemberRow.SUMS) {
      columns.put(column, row.getLong(column));
    }
    return new MemberRow(state(row), columns);
  }

  static MemberState state(Row row) {
    JsonObject extra = MemberColumns.EXTRA.readOrNull(row);
    Lots points = Lots.of(Columns.lotsOf(row));
    return new MemberState(
        Status.valueOf(MemberColumns.STATUS.read(row)),
        MemberColumns.SEQUENCE.read(row),
        MemberColumns.LIFETIME_EARNED.read(row),
        MemberColumns.LIFETIME_SPENT.read(row),
        ExtraJson.accounts(points, MemberColumns.DEBT.read(row), extra),
        ExtraJson.reserves(extra),
        ExtraJson.mergedInto(extra),
        ExtraJson.facts(row.getBoolean(BOUGHT_EVER), extra));
  }
}
