package points.ledger.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import points.ledger.Around;
import points.ledger.domain.Command.Accrue;
import points.ledger.domain.Command.Deduct;

/** Several members of one program, their commands folded one after the other. */
final class FoldingMembers {

  static final Origin OFFICE = Origin.office("operator", "reason");

  final List<Entry> entries = new ArrayList<>();
  private final Map<MemberKey, MemberState> states = new HashMap<>();
  private final Program rules;
  private int requests;
  Instant now = Folding.NOON;

  FoldingMembers(Program rules) {
    this.rules = rules;
  }

  static MemberKey member(String memberId) {
    return new MemberKey("program", memberId);
  }

  Entry accept(Command command) {
    Decision decision = decide(command);
    assertThat(decision).isInstanceOf(Decision.Accepted.class);
    return ((Decision.Accepted) decision).answer();
  }

  Refusal refuse(Command command) {
    Decision decision = decide(command);
    assertThat(decision).isInstanceOf(Decision.Refused.class);
    return ((Decision.Refused) decision).refusal();
  }

  private Decision decide(Command command) {
    now = now.plusSeconds(1);
    MemberKey member = command.member();
    MemberState before = states.get(member);
    Decision decision = Fold.decide(before, command, rules, now);
    if (decision instanceof Decision.Undecided undecided) {
      long asOf = before == null ? -1 : before.sequence();
      History history = Around.history(member, undecided.needed(), asOf, entries);
      decision = Fold.decide(before, command, history, rules, now);
    }
    if (decision instanceof Decision.Accepted accepted) {
      keep(member, accepted.entries(), accepted.state());
    } else if (decision instanceof Decision.Settled settled) {
      keep(member, settled.entries(), settled.state());
    }
    return decision;
  }

  /** The state is what the entries add up to. */
  private void keep(MemberKey member, List<Entry> made, MemberState state) {
    entries.addAll(made);
    states.put(member, state);
    var folded = new Refolding();
    entries.stream().filter(it -> it.member().equals(member)).forEach(folded::add);
    assertThat(folded.differencesFrom(state)).isEmpty();
  }

  /** What is written down once time has passed. */
  void settle(MemberKey member) {
    decide(new Command.Settle(member, new Request(key(), Fingerprint.of("settle").toUuid())));
  }

  Entry earn(MemberKey member, String order, long amount, SaleTerms terms) {
    Origin origin = Origin.sale("store", "till", order);
    return accept(Accrue.of(member, key(), origin, now, amount, List.of(), terms));
  }

  Entry earn(MemberKey member, String order, long amount) {
    return earn(member, order, amount, SaleTerms.NONE);
  }

  Entry spend(MemberKey member, long points) {
    return accept(Deduct.of(member, key(), Origin.till("store", null, null, "offset"), points));
  }

  /** With all that it brings to the other. */
  void merge(MemberKey member, MemberKey into) {
    Entry out = accept(MembershipCommand.Merge.of(member, key(), OFFICE, into.memberId()));
    accept(Transferring.merging(out, into));
    for (long earnedBy : Transferring.pendingOf(out)) {
      Entry earner =
          entries.stream()
              .filter(it -> it.member().equals(member) && it.sequence() == earnedBy)
              .findFirst()
              .orElseThrow();
      accept(Transferring.mergingPending(out, into, earner));
    }
  }

  OrderCommand.Reverse reversal(Entry entry, MemberKey decidedOn) {
    return OrderCommand.Reverse.of(entry.member(), key(), OFFICE, entry.sequence())
        .decidedOn(decidedOn);
  }

  OrderCommand.Refund refund(
      MemberKey member, String order, String refundId, @Nullable Long amount) {
    Origin origin = Origin.sale("store", "till", order);
    return OrderCommand.Refund.of(member, key(), origin, refundId, List.of(), amount);
  }

  PendingCommand endPending(MemberKey member, boolean activates) {
    Reserve pending = state(member).reserves().get(0);
    return PendingCommand.of(member, key(), OFFICE, pending.sequence(), activates);
  }

  MemberState state(MemberKey member) {
    return Objects.requireNonNull(states.get(member)).at(now);
  }

  long available(MemberKey member, String account) {
    return state(member).accounts().of(account).lots().total();
  }

  long debt(MemberKey member) {
    return state(member).accounts().points().debt();
  }

  @Nullable Undone undone(Entry entry) {
    var needed = new Needed.OfEntry(entry.member(), entry.sequence());
    return Undone.of(entry, new History(needed, Long.MAX_VALUE, Around.of(needed, entries)));
  }

  String key() {
    return "key" + ++requests;
  }
}
