package points.ledger.feed;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import points.ledger.database.PgClient;
import points.ledger.database.PgTimestamps;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.store.PgEntryReader;

/**
 * Reads a program's feed from any place on. An event is returned once it is as safe as the answer
 * to the call that made it, so that no failover of PostgreSQL takes it back.
 */
public final class FeedReader {

  /** Greatest number of events that are read at a time. */
  public static final int EVENTS_MAX = 500;

  /** Clocks of nodes and of PostgreSQL may differ by so much. */
  private static final String AT = "SELECT feed_position_at($1, $2::timestamptz - interval '10 s')";

  /** Whether a place can have been given: up to the end, and within a batch of the program. */
  private static final String IS_PLACE =
      """
      SELECT $2 <= last_position + 1
             AND ($3 = 0 OR coalesce((SELECT $3 <= f.events FROM feed f
                                       WHERE f.program_id = $1 AND f.position = $2), false))
        FROM feed_head
      """;

  /**
   * Batches until they have enough events that are not done. Each has at least one, but for the
   * first, of which all may be done.
   */
  private static final String BATCHES =
      """
      WITH place AS MATERIALIZED (
        SELECT position, batch_id, sum(todo) OVER (ORDER BY position) - todo AS before
          FROM (SELECT position, batch_id,
                       CASE position WHEN $2 THEN greatest(events - $4, 0) ELSE events END AS todo
                  FROM feed
                 WHERE program_id = $1 AND position >= $2
                 ORDER BY position LIMIT $3 + 1) f)
      SELECT p.position, b.type, b.member_ids, b.sequences, b.subject, b.data, b.recorded_at
        FROM place p
       CROSS JOIN LATERAL (
         SELECT * FROM feed_batch b WHERE b.batch_id = p.batch_id AND b.program_id = $1 LIMIT 1) b
       WHERE p.before < $3
       ORDER BY p.position
      """;

  /** An entry that a batch names. */
  private record Named(long position, int index, MemberKey member, long sequence) {}

  private final PgClient connections;
  private final PgEntryReader entries;

  /**
   * @param entries reads on the same pool
   */
  FeedReader(Pool pool, PgEntryReader entries) {
    this.connections = new PgClient(pool);
    this.entries = entries;
  }

  /** Returns the place from which on all events are that were written at a time or later. */
  public Future<FeedCursor> placeAt(String programId, Instant since) {
    return connections
        .read(AT, Tuple.of(programId, PgTimestamps.toSql(since)))
        .map(rows -> FeedCursor.before(rows.iterator().next().getLong(0)));
  }

  /** Fails with {@link UnknownCursorException} when a place is none of the program's feed. */
  public Future<Void> check(String programId, FeedCursor place) {
    return connections
        .read(IS_PLACE, Tuple.of(programId, place.position(), place.done()))
        .compose(
            rows ->
                rows.iterator().next().getBoolean(0)
                    ? Future.succeededFuture()
                    : Future.failedFuture(new UnknownCursorException()));
  }

  /**
   * Reads the events after a place.
   *
   * @param limit at most so many, up to {@link #EVENTS_MAX}
   */
  public Future<FeedPage> read(String programId, FeedCursor after, int limit) {
    int wanted = Math.min(limit, EVENTS_MAX);
    // one more than wanted, to see whether there is more
    return connections
        .read(BATCHES, Tuple.of(programId, after.position(), wanted + 1L, after.done()))
        .compose(
            rows -> {
              var found = new ArrayList<Object>();
              rows.forEach(row -> add(found, programId, row, after));
              List<Object> page = found.subList(0, Math.min(wanted, found.size()));
              return items(programId, page)
                  .compose(this::whenSafe)
                  .map(items -> page(items, after, found.size() > wanted));
            });
  }

  private Future<List<FeedItem>> whenSafe(List<FeedItem> items) {
    return items.isEmpty()
        ? Future.succeededFuture(items)
        : entries.awaitReplicated().map(safe -> items);
  }

  private static FeedPage page(List<FeedItem> items, FeedCursor after, boolean hasMore) {
    FeedCursor next = items.isEmpty() ? after : items.get(items.size() - 1).after();
    return new FeedPage(items, next, hasMore);
  }

  /** Adds the events of a batch that are not done: changes, and entries by their names. */
  private static void add(List<Object> found, String programId, Row row, FeedCursor after) {
    long position = row.getLong("position");
    int done = position == after.position() ? after.done() : 0;
    String type = row.getString("type");
    String[] members = row.getArrayOfStrings("member_ids");
    Instant at = row.getOffsetDateTime("recorded_at").toInstant();
    if (members == null) {
      if (done == 0) {
        JsonObject data = row.getJsonObject("data");
        found.add(change(position, 0, programId, type, row.getString("subject"), data, at));
      }
      return;
    }
    Long[] sequences = row.getArrayOfLongs("sequences");
    for (int i = done; i < members.length; i++) {
      found.add(
          type == null
              ? new Named(position, i, new MemberKey(programId, members[i]), sequences[i])
              : change(
                  position,
                  i,
                  programId,
                  type,
                  members[i],
                  new JsonObject().put("memberId", members[i]),
                  at));
    }
  }

  private static FeedItem change(
      long position,
      int index,
      String programId,
      String type,
      @Nullable String subject,
      @Nullable JsonObject data,
      Instant at) {
    return new FeedItem.OfChange(
        position, index, programId, type, subject, data == null ? new JsonObject() : data, at);
  }

  private Future<List<FeedItem>> items(String programId, List<Object> page) {
    List<Named> named =
        page.stream().filter(Named.class::isInstance).map(Named.class::cast).toList();
    if (named.isEmpty()) {
      return Future.succeededFuture(page.stream().map(FeedItem.class::cast).toList());
    }
    return entries
        .listed(
            programId,
            named.stream().map(it -> it.member().memberId()).toArray(String[]::new),
            named.stream().map(Named::sequence).toArray(Long[]::new))
        .map(read -> inPlace(page, named, read));
  }

  private static List<FeedItem> inPlace(List<Object> page, List<Named> named, List<Entry> read) {
    if (read.size() != named.size()) {
      throw new IllegalStateException(
          "the feed names " + named.size() + " entries, and the ledger has " + read.size());
    }
    Iterator<Entry> next = read.iterator(); // in the order of the names
    var items = new ArrayList<FeedItem>(page.size());
    for (Object it : page) {
      items.add(
          it instanceof Named name
              ? new FeedItem.OfEntry(name.position(), name.index(), next.next())
              : (FeedItem) it);
    }
    return items;
  }
}
