package points.ledger.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import points.ledger.domain.Command.Accrue;
import points.ledger.domain.Command.Adjust;
import points.ledger.domain.Command.ChangeStatus;
import points.ledger.domain.Command.Deduct;

/**
 * One member, its commands folded one after the other. After each, entries, lots and balance must
 * say the same.
 */
final class Folding {

  static final Instant NOON = Instant.parse("2026-11-22T04:00:00Z");
  static final MemberKey MEMBER = new MemberKey("program", "member");

  /** One point per minor unit, good through the same day a month later, in Shanghai. */
  static final Program MONTHLY =
      program(new EarningRule(1, 1, Rounding.FLOOR), new Validity.Rolling(Period.ofMonths(1)));

  final Program rules;
  final List<Entry> entries = new ArrayList<>();
  Instant now = NOON;
  @Nullable MemberState state;
  private int requests;

  Folding(Program rules) {
    this.rules = rules;
  }

  static Program program(EarningRule earning, Validity validity) {
    return new Program(
        "program", "a program", "CNY", ZoneId.of("Asia/Shanghai"), earning, validity, true);
  }

  /** The start of this day in Shanghai. */
  static Instant dayOf(String date) {
    return Instant.parse(date + "T00:00:00+08:00");
  }

  Decision decide(Command command) {
    MemberState before = state;
    Decision decision = Fold.decide(before, command, rules, now);
    if (decision instanceof Decision.Accepted accepted) {
      assertThat(accepted.entries()).contains(accepted.answer());
      entries.addAll(accepted.entries());
      state = accepted.state();
      assertInvariants(accepted.state());
    }
    return decision;
  }

  /** Has it accepted, and returns its own entry. */
  Entry accept(Command command) {
    Decision decision = decide(command);
    assertThat(decision).isInstanceOf(Decision.Accepted.class);
    return ((Decision.Accepted) decision).answer();
  }

  /** Has it refused, and returns why. */
  Refusal refuse(Command command) {
    Decision decision = decide(command);
    assertThat(decision).isInstanceOf(Decision.Refused.class);
    return ((Decision.Refused) decision).refusal();
  }

  Accrue accrual(long amount, Line... lines) {
    return accrual(amount, now, lines);
  }

  Accrue accrual(long amount, Instant paid, Line... lines) {
    String key = key();
    return Accrue.of(MEMBER, key, Origin.sale("store", "till", key), paid, amount, List.of(lines));
  }

  Deduct deduction(long points) {
    return Deduct.of(MEMBER, key(), Origin.till("store", null, null, "reason"), points);
  }

  Adjust adjustment(long points) {
    return Adjust.of(MEMBER, key(), Origin.office("operator", "reason"), points);
  }

  ChangeStatus change(Status wanted) {
    return ChangeStatus.of(MEMBER, key(), Origin.office("operator", "reason"), wanted);
  }

  private String key() {
    return "key" + ++requests;
  }

  private void assertInvariants(MemberState after) {
    long balance = 0;
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      balance += entry.points();
      assertThat(entry.sequence()).isEqualTo(i + 1);
      assertThat(entry.balance()).isEqualTo(balance).isNotNegative();
      assertThat(entry.lots().stream().mapToLong(Lot::points).sum()).isEqualTo(entry.points());
      assertThat(entry.lots().stream().map(Lot::expiresAt)).isSorted().doesNotHaveDuplicates();
      if (!entry.lines().isEmpty()) {
        assertThat(entry.lines().stream().mapToLong(EarnedLine::points).sum())
            .isEqualTo(entry.points());
      }
    }
    assertThat(after.sequence()).isEqualTo(entries.size());
    assertThat(after.lots().total()).isEqualTo(balance);
    assertThat(Lots.of(after.lots().byExpiry()).total()).isEqualTo(balance);
    assertThat(after.lifetimeEarned()).isEqualTo(sum(Entry.Kind.ACCRUAL));
    assertThat(after.lifetimeSpent()).isEqualTo(-sum(Entry.Kind.DEDUCTION));
  }

  private long sum(Entry.Kind kind) {
    return entries.stream().filter(it -> it.kind() == kind).mapToLong(Entry::points).sum();
  }
}
