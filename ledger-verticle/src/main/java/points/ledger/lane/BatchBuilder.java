package points.ledger.lane;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import points.ledger.cache.KnownState;
import points.ledger.domain.Decision;
import points.ledger.domain.Fold;
import points.ledger.domain.History;
import points.ledger.domain.MemberKey;
import points.ledger.domain.MemberState;
import points.ledger.domain.Needed;
import points.ledger.domain.Outcome;
import points.ledger.domain.Program;
import points.ledger.store.Batch;

/** One batch in the making: the commands of each member folded one after the other. */
final class BatchBuilder {

  /** What was decided of one command. */
  record Decided(QueuedCommand pending, Decision decision) {

    Outcome outcome() {
      return decision.outcome();
    }

    private Batch.Decided line() {
      return new Batch.Decided(pending.command, decision.entries());
    }
  }

  /** All that was decided of one member. */
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
   * Decides one more command, from what those before it left.
   *
   * @return the entries that it cannot be decided without; it is not in the batch then
   */
  @Nullable Needed decide(QueuedCommand pending, KnownState believed, Program rules) {
    MemberKey key = pending.command.member();
    OfMember known = members.get(key);
    OfMember member = known == null ? new OfMember(key, believed.state()) : known;
    Decision decision =
        Fold.decide(member.after, pending.command, current(pending, member), rules, now);
    if (decision instanceof Decision.Undecided undecided) {
      return undecided.needed();
    }
    members.putIfAbsent(key, member);
    if (decision instanceof Decision.Accepted accepted) {
      member.after = accepted.state();
    } else if (decision instanceof Decision.Settled settled) {
      member.after = settled.state();
    }
    member.decided.add(new Decided(pending, decision));
    size++;
    return null;
  }

  /** What was read of entries holds as long as the member stands where it did then. */
  private static @Nullable History current(QueuedCommand pending, OfMember member) {
    History history = pending.history;
    long sequence = KnownState.of(member.after).sequence();
    return history != null && history.asOf() == sequence ? history : null;
  }

  /** Whether commands on this member are in the batch already. */
  boolean has(MemberKey member) {
    return members.containsKey(member);
  }

  int size() {
    return size;
  }

  /** The members in key order: the order in which the database locks them. */
  List<OfMember> members() {
    return List.copyOf(members.values());
  }

  List<QueuedCommand> pending() {
    return members.values().stream()
        .flatMap(member -> member.decided.stream())
        .map(Decided::pending)
        .toList();
  }

  Batch toBatch(boolean looksForKnown) {
    return new Batch(members.values().stream().map(OfMember::row).toList(), looksForKnown);
  }
}
