package points.ledger.rulebook;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.ledger.book.RuleBook;
import points.ledger.book.json.RuleBookReader;
import points.ledger.database.PgClient;
import points.ledger.engine.CompiledBook;
import points.ledger.form.FieldErrors;

/**
 * Reads the timelines of all programs, and compiles each book once. Of each program these are the
 * newest 200 publications, none older than the one that was in force 400 days ago.
 */
final class TimelineReader {

  private static final Logger LOG = LoggerFactory.getLogger(TimelineReader.class);

  private static final int PUBLICATIONS_MAX = 200;

  /** Books that are read at once: together at most 2.5 MB. */
  private static final int BOOKS_AT_ONCE = 10;

  /** Waits for changes under way; the query after it is a statement of its own and sees them. */
  private static final String TAKE_TURN = "SELECT read_rule_book_timelines()";

  private static final String KEPT =
      """
      SELECT p.program_id, p.number, p.rule_book_id, p.in_force_from, p.time_zone, b.hash, f.begin
        FROM program g
       CROSS JOIN LATERAL (
         SELECT min(o.in_force_from) AS begin,
                max(o.in_force_from) FILTER (WHERE o.in_force_from <= now() - interval '400 days') AS oldest
           FROM rule_book_publication o
          WHERE o.program_id = g.program_id AND o.withdrawn_at IS NULL) f
       CROSS JOIN LATERAL (
         SELECT o.* FROM rule_book_publication o
          WHERE o.program_id = g.program_id AND o.withdrawn_at IS NULL
            AND o.in_force_from >= coalesce(f.oldest, '-infinity')
          ORDER BY o.in_force_from DESC, o.number DESC LIMIT $1) p
        JOIN rule_book b ON b.program_id = p.program_id AND b.rule_book_id = p.rule_book_id
      """;

  private static final String DOCUMENTS =
      """
      SELECT w.hash, w.time_zone, b.document
        FROM unnest($1::text[], $2::text[], $3::text[], $4::text[])
             AS w (program_id, rule_book_id, hash, time_zone)
        JOIN rule_book b ON b.program_id = w.program_id AND b.rule_book_id = w.rule_book_id
      """;

  /** A content: the same document reckons otherwise in another zone, unless it names one. */
  private record Content(String hash, String timeZone) {
    static Content of(Row row) {
      return new Content(row.getString("hash"), row.getString("time_zone"));
    }
  }

  private final Vertx vertx;
  private final PgClient connections;

  /** The books of the last reading; empty for one that this release cannot read. */
  private volatile Map<Content, Optional<CompiledBook>> books = Map.of();

  TimelineReader(Vertx vertx, Pool pool) {
    this.vertx = vertx;
    this.connections = new PgClient(pool);
  }

  /** Reads all timelines, by program. */
  Future<Map<String, Timeline>> read() {
    return connections
        .inTransaction(
            transaction ->
                transaction
                    .preparedQuery(TAKE_TURN)
                    .execute()
                    .compose(
                        turn ->
                            transaction.preparedQuery(KEPT).execute(Tuple.of(PUBLICATIONS_MAX))))
        .map(rows -> StreamSupport.stream(rows.spliterator(), false).toList())
        .compose(rows -> booksOf(rows).map(known -> timelines(rows, known)));
  }

  /** Returns the books of these publications; reads and compiles those that are new. */
  private Future<Map<Content, Optional<CompiledBook>>> booksOf(List<Row> rows) {
    var known = new HashMap<Content, Optional<CompiledBook>>();
    var missing = new HashMap<Content, Row>();
    for (Row row : rows) {
      Content content = Content.of(row);
      Optional<CompiledBook> book = books.get(content);
      if (book != null) {
        known.put(content, book);
      } else {
        missing.put(content, row);
      }
    }
    return compile(List.copyOf(missing.values()), known).onSuccess(all -> books = Map.copyOf(all));
  }

  private Future<Map<Content, Optional<CompiledBook>>> compile(
      List<Row> missing, Map<Content, Optional<CompiledBook>> known) {
    if (missing.isEmpty()) {
      return Future.succeededFuture(known);
    }
    List<Row> now = missing.subList(0, Math.min(BOOKS_AT_ONCE, missing.size()));
    Tuple wanted =
        Tuple.of(
            column(now, "program_id"),
            column(now, "rule_book_id"),
            column(now, "hash"),
            column(now, "time_zone"));
    return connections
        .read(DOCUMENTS, wanted)
        .compose(rows -> vertx.executeBlocking(() -> compiled(rows), false))
        .compose(
            compiled -> {
              known.putAll(compiled);
              return compile(missing.subList(now.size(), missing.size()), known);
            });
  }

  private static String[] column(List<Row> rows, String name) {
    return rows.stream().map(row -> row.getString(name)).toArray(String[]::new);
  }

  private static Map<Content, Optional<CompiledBook>> compiled(Iterable<Row> rows) {
    var compiled = new HashMap<Content, Optional<CompiledBook>>();
    for (Row row : rows) {
      compiled.put(Content.of(row), compiled(row));
    }
    return compiled;
  }

  /** A book of a later release, while nodes are upgraded, may be more than this one can read. */
  private static Optional<CompiledBook> compiled(Row row) {
    var errors = new FieldErrors();
    try {
      ZoneId zone = ZoneId.of(row.getString("time_zone"));
      RuleBook book = RuleBookReader.read(new JsonObject(row.getString("document")), zone, errors);
      if (errors.isEmpty()) {
        return Optional.of(new CompiledBook(book));
      }
      LOG.error(
          "published rule book {} cannot be read: this node rates no order by it, other nodes may;"
              + " upgrade this node, see PointsRulesUnknown in the runbook: {}",
          row.getString("hash"),
          errors.all());
    } catch (RuntimeException e) {
      LOG.error(
          "published rule book {} cannot be compiled: this node rates no order by it; report this"
              + " line and its stack trace, see PointsRulesUnknown in the runbook",
          row.getString("hash"),
          e);
    }
    return Optional.empty();
  }

  private static Map<String, Timeline> timelines(
      List<Row> rows, Map<Content, Optional<CompiledBook>> known) {
    var begins = new HashMap<String, Instant>();
    var kept = new HashMap<String, List<InForce>>();
    for (Row row : rows) {
      String programId = row.getString("program_id");
      begins.put(programId, row.getOffsetDateTime("begin").toInstant());
      kept.computeIfAbsent(programId, id -> new ArrayList<>())
          .add(
              new InForce(
                  row.getInteger("number"),
                  row.getString("rule_book_id"),
                  row.getOffsetDateTime("in_force_from").toInstant(),
                  known.getOrDefault(Content.of(row), Optional.empty()).orElse(null)));
    }
    var timelines = new HashMap<String, Timeline>();
    begins.forEach(
        (id, begin) -> timelines.put(id, new Timeline(begin, kept.getOrDefault(id, List.of()))));
    return Map.copyOf(timelines);
  }
}
