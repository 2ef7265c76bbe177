package points.ledger.member;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import points.ledger.database.PgClient;
import points.ledger.model.MemberKey;

/** Pools of points that several members share. */
public final class FamilyPools {

  /** Greatest number of members that share a pool. */
  public static final int MEMBERS_MAX = 20;

  /** The result of a request to make a pool. Only {@link Done} has changed anything. */
  public sealed interface Created {

    /** The pool is made. */
    record Done(FamilyPool pool) implements Created {}

    /**
     * Some of those who are to share it are no members of the program, or have ended.
     *
     * @param known the ids of the others
     */
    record UnknownMembers(Set<String> known) implements Created {}

    /** A member or a pool of the program has the id. */
    record IdTaken() implements Created {}
  }

  /** The result of a member's request to join. */
  public enum Joined {
    DONE,
    NO_POOL,
    NO_MEMBER,
    FULL
  }

  private static final String EXIST =
      """
      SELECT member_id FROM member
       WHERE program_id = $1 AND member_id = ANY ($2) AND status IN ('ACTIVE', 'FROZEN')
      """;

  private static final String CREATE =
      "INSERT INTO pool (program_id, pool_id, name) VALUES ($1, $2, $3)";

  private static final String FILL =
      """
      INSERT INTO pool_member (program_id, pool_id, member_id)
      SELECT $1, $2, unnest($3::text[]) ON CONFLICT DO NOTHING
      """;

  private static final String FIND =
      """
      SELECT p.pool_id, p.name, p.created_at,
             ARRAY(SELECT m.member_id FROM pool_member m
                    WHERE m.program_id = p.program_id AND m.pool_id = p.pool_id
                    ORDER BY m.member_id) AS member_ids
        FROM pool p WHERE p.program_id = $1 AND p.pool_id = $2
      """;

  /** Makes members that join at the same time wait for each other, so that the count is right. */
  private static final String LOCK =
      "SELECT FROM pool WHERE program_id = $1 AND pool_id = $2 FOR UPDATE";

  /** Returns a row when there is such a pool. */
  private static final String LEAVE =
      """
      WITH gone AS (
        DELETE FROM pool_member WHERE program_id = $1 AND pool_id = $2 AND member_id = $3
        RETURNING member_id
      )
      SELECT EXISTS (SELECT FROM gone) AS has_left FROM pool WHERE program_id = $1 AND pool_id = $2
      """;

  private final PgClient connections;
  private final Profiles profiles;

  public FamilyPools(Pool pool, Profiles profiles) {
    this.connections = new PgClient(pool);
    this.profiles = profiles;
  }

  private static Future<Set<String>> membersOf(
      SqlClient transaction, String programId, List<String> memberIds) {
    return transaction
        .preparedQuery(EXIST)
        .execute(Tuple.of(programId).addArrayOfString(memberIds.toArray(String[]::new)))
        .map(
            rows -> {
              var there = new HashSet<String>();
              rows.forEach(row -> there.add(row.getString("member_id")));
              return there;
            });
  }

  /** Makes a pool and enrols the member that has its points, in the caller's transaction. */
  public Future<Created> create(
      SqlClient transaction, MemberKey pool, String name, List<String> memberIds) {
    return membersOf(transaction, pool.programId(), memberIds)
        .compose(
            there ->
                there.containsAll(memberIds)
                    ? enrol(transaction, pool, name, memberIds)
                    : Future.succeededFuture(new Created.UnknownMembers(there)));
  }

  private Future<Created> enrol(
      SqlClient transaction, MemberKey pool, String name, List<String> memberIds) {
    return profiles
        .enrol(transaction, pool, new Profiles.Change(Map.of()))
        .compose(
            enrolled ->
                enrolled.isEmpty()
                    ? Future.succeededFuture(new Created.IdTaken())
                    : fill(transaction, pool, name, memberIds).map(Created.Done::new));
  }

  private static Future<FamilyPool> fill(
      SqlClient transaction, MemberKey pool, String name, List<String> memberIds) {
    Tuple key = Tuple.of(pool.programId(), pool.memberId());
    return transaction
        .preparedQuery(CREATE)
        .execute(Tuple.of(pool.programId(), pool.memberId(), name))
        .compose(made -> join(transaction, pool, memberIds))
        .compose(filled -> transaction.preparedQuery(FIND).execute(key))
        .map(rows -> first(rows).orElseThrow());
  }

  private static Future<Void> join(SqlClient transaction, MemberKey pool, List<String> memberIds) {
    return transaction
        .preparedQuery(FILL)
        .execute(Tuple.of(pool.programId(), pool.memberId(), memberIds.toArray(String[]::new)))
        .mapEmpty();
  }

  /** A pool with its members; empty when there is none of this name. */
  public Future<Optional<FamilyPool>> find(MemberKey pool) {
    return connections
        .read(FIND, Tuple.of(pool.programId(), pool.memberId()))
        .map(FamilyPools::first);
  }

  /** Lets a member share the pool; one that does already goes on doing so. */
  public Future<Joined> join(
      MemberKey pool, String memberId, Function<SqlClient, Future<Void>> recorder) {
    return connections.inTransaction(
        transaction ->
            transaction
                .preparedQuery(LOCK)
                .execute(Tuple.of(pool.programId(), pool.memberId()))
                .compose(
                    locked ->
                        locked.size() == 0
                            ? Future.succeededFuture(Joined.NO_POOL)
                            : join(transaction, pool, memberId, recorder)));
  }

  private Future<Joined> join(
      SqlClient transaction,
      MemberKey pool,
      String memberId,
      Function<SqlClient, Future<Void>> recorder) {
    return membersOf(transaction, pool.programId(), List.of(memberId))
        .compose(
            there ->
                there.isEmpty()
                    ? Future.succeededFuture(Joined.NO_MEMBER)
                    : transaction
                        .preparedQuery(FIND)
                        .execute(Tuple.of(pool.programId(), pool.memberId()))
                        .map(rows -> first(rows).orElseThrow().memberIds())
                        .compose(members -> join(transaction, pool, memberId, members, recorder)));
  }

  private static Future<Joined> join(
      SqlClient transaction,
      MemberKey pool,
      String memberId,
      List<String> members,
      Function<SqlClient, Future<Void>> recorder) {
    if (members.contains(memberId)) {
      return Future.succeededFuture(Joined.DONE);
    } else if (members.size() >= MEMBERS_MAX) {
      return Future.succeededFuture(Joined.FULL);
    }
    return join(transaction, pool, List.of(memberId))
        .compose(joined -> recorder.apply(transaction))
        .map(Joined.DONE);
  }

  /**
   * Ends a member's share of the pool. A member that does not share it stays out.
   *
   * @return false when there is no such pool
   */
  public Future<Boolean> leave(
      MemberKey pool, String memberId, Function<SqlClient, Future<Void>> recorder) {
    return connections.inTransaction(
        transaction ->
            transaction
                .preparedQuery(LEAVE)
                .execute(Tuple.of(pool.programId(), pool.memberId(), memberId))
                .compose(
                    pools ->
                        pools.size() > 0 && pools.iterator().next().getBoolean("has_left")
                            ? recorder.apply(transaction).map(true)
                            : Future.succeededFuture(pools.size() > 0)));
  }

  private static Optional<FamilyPool> first(RowSet<Row> rows) {
    if (rows.size() == 0) {
      return Optional.empty();
    }
    Row row = rows.iterator().next();
    return Optional.of(
        new FamilyPool(
            row.getString("pool_id"),
            row.getString("name"),
            List.of(row.getArrayOfStrings("member_ids")),
            row.getOffsetDateTime("created_at").toInstant()));
  }
}
