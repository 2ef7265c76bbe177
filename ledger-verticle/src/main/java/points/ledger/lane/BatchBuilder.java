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
import points.ledger.command.Submission.Mode;
import points.ledger.commit.Batch;
import points.ledger.decide.CommandDecider;
import points.ledger.decide.Decision;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.program.Program;

/** Builds one batch: decides the commands of each member one after the other. */
final class BatchBuilder {

  /**
   * A command and its decision.
   *
   * @param entries to be written; none when the command is refused or is not to be committed
   * @param outcome the caller's answer once the batch is confirmed
   */
  record Decided(QueuedCommand queued, List<Entry> entries, Outcome outcome) {

    private Batch.Decided line() {
      return new Batch.Decided(queued.command, entries, queued.isDryRun());
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
      return decided.stream().anyMatch(it -> !it.entries().isEmpty());
    }

    private Batch.Member row() {
      return new Batch.Member(key, before, after, decided.stream().map(Decided::line).toList());
    }
  }

  private final TreeMap<MemberKey, OfMember> members = new TreeMap<>();
  private final Instant now;
  private final BatchBudgets budgets;
  private int size;

  BatchBuilder(Instant now, KnownBudgets budgets) {
    this.now = now;
    this.budgets = new BatchBudgets(budgets);
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
    if (queued.mode == Mode.REPLAY) {
      add(member, new Decided(queued, List.of(), new Outcome.NoEntry()));
      return null;
    }
    Decision decision =
        CommandDecider.decide(
            member.after,
            queued.command,
            current(queued, member),
            rules,
            budgets.of(key.programId(), rules.budgets(), now),
            now);
    if (decision instanceof Decision.NeedsHistory undecided) {
      return undecided.needed();
    }
    if (queued.isDryRun()) {
      add(member, new Decided(queued, List.of(), ofDryRun(decision)));
    } else {
      add(member, new Decided(queued, decision.entries(), decision.outcome()));
      member.after = after(decision, member.after);
      budgets.draw(key.programId(), decision.entries());
    }
    return null;
  }

  private void add(OfMember member, Decided decided) {
    members.putIfAbsent(member.key, member);
    member.decided.add(decided);
    size++;
  }

  private static Outcome ofDryRun(Decision decision) {
    return decision instanceof Decision.Accepted accepted
        ? new Outcome.Previewed(accepted.answer())
        : decision.outcome();
  }

  private static @Nullable MemberState after(Decision decision, @Nullable MemberState before) {
    if (decision instanceof Decision.Accepted accepted) {
      return accepted.state();
    }
    return decision instanceof Decision.TimeApplied applied ? applied.state() : before;
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
    return new Batch(
        members.values().stream().map(OfMember::row).toList(), probesDuplicates, budgets.limits());
  }
}
