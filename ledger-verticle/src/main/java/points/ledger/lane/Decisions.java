package points.ledger.lane;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import points.ledger.domain.Decision;
import points.ledger.domain.Fold;
import points.ledger.domain.MemberKey;
import points.ledger.domain.MemberState;
import points.ledger.domain.Outcome;
import points.ledger.domain.Program;
import points.ledger.store.Batch;

/** One batch in the making: the commands of each member folded one after the other. */
final class Decisions {

  /** What was decided of one command. */
  record Decided(Pending pending, Decision decision) {

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

  Decisions(Instant now) {
    this.now = now;
  }

  /** Decides one more command, from what those before it left. */
  void decide(Pending pending, Believed believed, Program rules) {
    MemberKey key = pending.command.member();
    OfMember member = members.computeIfAbsent(key, k -> new OfMember(k, believed.state()));
    Decision decision = Fold.decide(member.after, pending.command, rules, now);
    if (decision instanceof Decision.Accepted accepted) {
      member.after = accepted.state();
    }
    member.decided.add(new Decided(pending, decision));
    size++;
  }

  int size() {
    return size;
  }

  /** The members in key order: the order in which the database locks them. */
  List<OfMember> members() {
    return List.copyOf(members.values());
  }

  List<Pending> pending() {
    return members.values().stream()
        .flatMap(member -> member.decided.stream())
        .map(Decided::pending)
        .toList();
  }

  Batch toBatch(boolean looksForKnown) {
    return new Batch(members.values().stream().map(OfMember::row).toList(), looksForKnown);
  }
}
