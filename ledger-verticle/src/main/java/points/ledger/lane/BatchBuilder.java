package points.ledger.lane;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import points.ledger.cache.KnownState;
import points.ledger.command.EntryHistory;
import points.ledger.command.HistoryQuery;
import points.ledger.command.Outcome;
import points.ledger.decide.CommandDecider;
import points.ledger.decide.Decision;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.rules.Program;
import points.ledger.store.Batch;

/** Builds one batch: decides the commands of each member one after the other. */
final class BatchBuilder {

  /** A command and its decision. */
  record Decided(QueuedCommand queued, Decision decision) {

    Outcome outcome() {
      return decision.outcome();
    }

    private Batch.Decided line() {
      return new Batch.Decided(queued.command, decision.entries());
    }
  }

  /** All decisions of one member in this batch. */
  static final class OfMember {
    final MemberKey key;
    final @Nullable MemberState before;
    @Nullable MemberState after;
    final List<Decided> decided = new ArrayList<>(1);

    private OfMember(MemberKey key, @Nullable MemberState before) {
      this.key = key;
      this.before = before;
      this.after = before;
    }

    boolean isChanged() {
      return decided.stream().anyMatch(it -> !it.decision().entries().isEmpty());
    }

    private Batch.Member row() {
      return new Batch.Member(key, before, after, decided.stream().map(Decided::line).toList());
    }
  }

  private final TreeMap<MemberKey, OfMember> members = new TreeMap<>();
  private final Instant now;
  private int size;

  BatchBuilder(Instant now) {
    this.now = now;
  }

  /**
   * Decides one more command, on the state that earlier commands of this batch leave.
   *
   * @return the entries that the decision needs first; the command is not in the batch then
   */
  @Nullable HistoryQuery decide(QueuedCommand queued, KnownState known, Program rules) {
    MemberKey key = queued.command.member();
    OfMember started = members.get(key);
    OfMember member = started == null ? new OfMember(key, known.state()) : started;
    Decision decision =
        CommandDecider.decide(member.after, queued.command, current(queued, member), rules, now);
    if (decision instanceof Decision.NeedsHistory undecided) {
      return undecided.needed();
    }
    members.putIfAbsent(key, member);
    if (decision instanceof Decision.Accepted accepted) {
      member.after = accepted.state();
    } else if (decision instanceof Decision.TimeApplied settled) {
      member.after = settled.state();
    }
    member.decided.add(new Decided(queued, decision));
    size++;
    return null;
  }

  /** Entries that were loaded are valid as long as the member's sequence is the same. */
  private static @Nullable EntryHistory current(QueuedCommand queued, OfMember member) {
    EntryHistory history = queued.history;
    long sequence = KnownState.of(member.after).sequence();
    return history != null && history.asOf() == sequence ? history : null;
  }

  /** Whether the batch has commands of this member. */
  boolean has(MemberKey member) {
    return members.containsKey(member);
  }

  int size() {
    return size;
  }

  /** Members in key order, in which PostgreSQL locks them. */
  List<OfMember> members() {
    return List.copyOf(members.values());
  }

  List<QueuedCommand> queued() {
    return members.values().stream()
        .flatMap(member -> member.decided.stream())
        .map(Decided::queued)
        .toList();
  }

  Batch toBatch(boolean probesDuplicates) {
    return new Batch(members.values().stream().map(OfMember::row).toList(), probesDuplicates);
  }
}
