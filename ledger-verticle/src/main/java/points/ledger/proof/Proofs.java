package points.ledger.proof;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.Pool;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import points.ledger.decide.TimeEffects;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.store.MemberRow;
import points.ledger.store.PgEntryReader;
import points.ledger.store.PgMemberReader;

/**
 * Folds members' entries again and holds them against their rows. The row is read first, and then
 * the entries up to its sequence: they never change, so both are of one moment without a snapshot.
 * Entries are read in pages; at no time is there more than one in memory.
 */
public final class Proofs {

  /** A member with more entries is not proved while its caller waits. */
  public static final long ENTRIES_MAX = 1_000_000;

  private static final int PAGE = 1_000;

  /** A member has more entries than are folded while somebody waits. */
  public static final class TooLongException extends Exception {
    private static final long serialVersionUID = 1;
    private final long entries;

    private TooLongException(long entries) {
      super("too many entries to fold: " + entries, null, false, false);
      this.entries = entries;
    }

    public long entries() {
      return entries;
    }
  }

  /** Callers asked for more proofs than a node makes at a time. */
  public static final class TooManyException extends Exception {
    private static final long serialVersionUID = 1;

    private TooManyException() {
      super("too many proofs at once", null, false, false);
    }
  }

  /** Greatest number of proofs at once on a node; each has a connection for much of its time. */
  private static final int AT_ONCE_MAX = 2;

  private static final long TIME_MS = 60_000;

  /** Nobody waits for the auditor; an hour is enough for ten million entries. */
  private static final long AUDIT_MS = 3_600_000;

  private final AtomicInteger underWay = new AtomicInteger();
  private final PgMemberReader members;
  private final PgEntryReader entries;

  public Proofs(Pool pool, InstantSource time) {
    this.members = new PgMemberReader(pool);
    this.entries = new PgEntryReader(pool, time);
  }

  /**
   * Proves what a member has now.
   *
   * @param now the instant at which both states are shown; the comparison is of what is written
   * @return empty when there is no such member; failed with {@link TooLongException}, {@link
   *     TooManyException}, and with a {@link java.util.concurrent.TimeoutException} after a minute
   */
  public Future<Optional<Proof>> now(MemberKey member, Instant now) {
    return ofRow(
        member,
        row ->
            fold(member, row.state().sequence(), null, TIME_MS)
                .map(folded -> compared(row, folded, now)));
  }

  /**
   * Returns a member's state at an instant, by the entries that were recorded up to it.
   *
   * @return as {@link #now}
   */
  public Future<Optional<Proof>> at(MemberKey member, Instant at) {
    return ofRow(
        member,
        row ->
            fold(member, row.state().sequence(), at, TIME_MS)
                .map(
                    folded ->
                        new Proof(
                            folded.entries(),
                            at,
                            TimeEffects.at(folded.state(), at),
                            null,
                            folded.differences())));
  }

  /**
   * Returns all differences between a member's entries and its row, however many entries there are.
   *
   * <p>There are none when the member has gone.
   */
  public Future<List<Difference>> differences(MemberKey member) {
    return members
        .row(member)
        .compose(
            row ->
                row.isEmpty()
                    ? Future.succeededFuture(List.<Difference>of())
                    : fold(member, row.get().state().sequence(), null, AUDIT_MS)
                        .map(folded -> differences(row.get(), folded)))
        .recover(
            cause ->
                cause instanceof IllegalArgumentException unreadable
                    ? Future.succeededFuture(List.of(unreadable(unreadable)))
                    : Future.failedFuture(cause));
  }

  /** Lots out of order, say: what no writer of ours writes. */
  private static Difference unreadable(IllegalArgumentException cause) {
    return Difference.of(
        "row or entries", "such as can be read", String.valueOf(cause.getMessage()));
  }

  /** The use of a row once it is read. */
  private interface Use {
    Future<Proof> of(MemberRow row);
  }

  private Future<Optional<Proof>> ofRow(MemberKey member, Use use) {
    if (underWay.incrementAndGet() > AT_ONCE_MAX) {
      underWay.decrementAndGet();
      return Future.failedFuture(new TooManyException());
    }
    return read(member, use).onComplete(done -> underWay.decrementAndGet());
  }

  private Future<Optional<Proof>> read(MemberKey member, Use use) {
    return members
        .row(member)
        .compose(
            row -> {
              if (row.isEmpty()) {
                return Future.succeededFuture(Optional.empty());
              }
              long sequence = row.get().state().sequence();
              return sequence > ENTRIES_MAX
                  ? Future.failedFuture(new TooLongException(sequence))
                  : use.of(row.get()).map(Optional::of);
            });
  }

  private static Proof compared(MemberRow row, EntryReplay folded, Instant now) {
    return new Proof(
        folded.entries(),
        now,
        TimeEffects.at(folded.state(), now),
        TimeEffects.at(row.state(), now),
        differences(row, folded));
  }

  private static List<Difference> differences(MemberRow row, EntryReplay folded) {
    var differences = new ArrayList<>(folded.differencesFrom(row.state()));
    for (Map.Entry<String, Long> expected : row.expectedSums().entrySet()) {
      long found = row.sums().getOrDefault(expected.getKey(), 0L);
      if (found != expected.getValue()) {
        differences.add(
            new Difference(
                "column " + expected.getKey(),
                null,
                null,
                0,
                null,
                expected.getValue().toString(),
                Long.toString(found)));
      }
    }
    return List.copyOf(differences);
  }

  private Future<EntryReplay> fold(
      MemberKey member, long upTo, @Nullable Instant recordedUpTo, long timeMs) {
    var walk = new Walk(member, upTo, recordedUpTo, timeMs);
    walk.next(0);
    return walk.done.future();
  }

  /**
   * The way through a member's pages. Not a chain of futures: one as long as the pages are many
   * would complete through all of them at once, and the stack is not endless.
   */
  private final class Walk {
    private final MemberKey member;
    private final long upTo;
    private final @Nullable Instant recordedUpTo;
    private final EntryReplay folded = new EntryReplay();
    private final Promise<EntryReplay> done = Promise.promise();
    private final long timeMs;
    private final long endsNanos;

    private Walk(MemberKey member, long upTo, @Nullable Instant recordedUpTo, long timeMs) {
      this.member = member;
      this.upTo = upTo;
      this.recordedUpTo = recordedUpTo;
      this.timeMs = timeMs;
      this.endsNanos = System.nanoTime() + timeMs * 1_000_000;
    }

    private void next(long after) {
      if (System.nanoTime() - endsNanos > 0) {
        done.fail(new TimeoutException("not folded in " + timeMs + " ms"));
        return;
      }
      entries
          .pageFrom(member, after, upTo, PAGE)
          .map(this::add)
          .onSuccess(
              last -> {
                if (last < 0) {
                  done.complete(folded);
                } else {
                  next(last);
                }
              })
          .onFailure(done::fail);
    }

    /** The sequence after which to go on; -1 at the end. */
    private long add(List<Entry> page) {
      for (Entry entry : page) {
        if (recordedUpTo != null && entry.recordedAt().isAfter(recordedUpTo)) {
          return -1;
        }
        folded.add(entry);
      }
      return page.size() < PAGE ? -1 : page.get(PAGE - 1).sequence();
    }
  }
}
