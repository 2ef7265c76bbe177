package points.ledger.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import points.ledger.database.PgTimestamps;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;

/**
 * Looks through a member's entries for those that are wanted, newest first.
 *
 * <p>Wanted are those of a time or a kind, or changes of the member's level.
 */
public final class EntrySearch {

  /**
   * Greatest number of entries looked at for a page, however few of them match.
   *
   * <p>So a page may have few items or none, and yet not be the last one.
   */
  static final int SCANNED_MAX = 10_000;

  /**
   * The filter of a search.
   *
   * @param from recorded then or later; null for any time
   * @param until recorded before; null for any time
   * @param kind null for any kind
   * @param levels whether only changes of the member's level are wanted
   */
  public record Wanted(
      @Nullable Instant from, @Nullable Instant until, Entry.@Nullable Kind kind, boolean levels) {

    /** Changes of the member's level, at any time. */
    public static final Wanted LEVELS = new Wanted(null, null, null, true);

    public Wanted(@Nullable Instant from, @Nullable Instant until, Entry.@Nullable Kind kind) {
      this(from, until, kind, false);
    }

    public boolean isAny() {
      return from == null && until == null && kind == null && !levels;
    }
  }

  /**
   * A part of what is found.
   *
   * @param next the sequence below which the next part begins; null when this is the last
   */
  public record Part(List<Entry> items, @Nullable Long next) {}

  /** A member's sequences have no gaps, so that a span of them is so many entries. */
  private static final String SEARCH =
      """
      SELECT * FROM entry
       WHERE program_id = $1 AND member_id = $2 AND sequence < $3 AND sequence >= $4
         AND ($5::timestamptz IS NULL OR recorded_at >= $5)
         AND ($6::timestamptz IS NULL OR recorded_at < $6)
         AND ($7::text IS NULL OR kind = $7)
         AND (NOT $9::boolean OR extra #> '{facts,tier,level}' IS NOT NULL
              OR extra #> '{facts,tier,seen}' IS NOT NULL)
       ORDER BY sequence DESC LIMIT $8
      """;

  private final PgEntryReader entries;
  private final int scannedMax;

  public EntrySearch(PgEntryReader entries) {
    this(entries, SCANNED_MAX);
  }

  /**
   * The same that looks at fewer.
   *
   * @param scannedMax entries for a page, at least 1
   */
  public EntrySearch(PgEntryReader entries, int scannedMax) {
    this.entries = entries;
    this.scannedMax = scannedMax;
  }

  /**
   * Returns the entries found below a sequence.
   *
   * @param before not above the one after the member's newest entry
   * @param limit greatest number of entries
   */
  public Future<Part> part(MemberKey member, Wanted wanted, long before, int limit) {
    long lowest = Math.max(1, before - scannedMax);
    Tuple arguments =
        Tuple.of(
            member.programId(),
            member.memberId(),
            before,
            lowest,
            wanted.from() == null ? null : PgTimestamps.toSql(wanted.from()),
            wanted.until() == null ? null : PgTimestamps.toSql(wanted.until()));
    arguments.addString(wanted.kind() == null ? null : wanted.kind().name()).addInteger(limit + 1);
    arguments.addBoolean(wanted.levels());
    return entries.query(SEARCH, arguments).map(found -> part(found, lowest, limit));
  }

  private static Part part(List<Entry> found, long lowest, int limit) {
    if (found.size() > limit) {
      List<Entry> items = List.copyOf(found.subList(0, limit));
      return new Part(items, items.get(limit - 1).sequence());
    }
    return new Part(found, lowest > 1 ? lowest : null);
  }
}
