package points.ledger.whatif;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Accounts;
import points.ledger.award.Awarded;
import points.ledger.award.EarningFacts;
import points.ledger.award.FactsChange;
import points.ledger.award.OrderFacts;
import points.ledger.command.Command.Accrue;
import points.ledger.command.SaleTerms;
import points.ledger.decide.CommandDecider;
import points.ledger.decide.Decision;
import points.ledger.decide.OrderFactsOf;
import points.ledger.model.EarnedLine;
import points.ledger.model.Entry;
import points.ledger.model.LifetimeTotals;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.model.Status;
import points.ledger.program.Program;
import points.ledger.program.PublishedBook;
import points.ledger.tier.TierRules;

/**
 * Decides the recorded orders of a program again, as if another rule book had been in force.
 *
 * <p>An order is decided by {@link CommandDecider}, like the first time, on the facts that its
 * member would have had, and on the budgets that would have been left. Refunds of it take back
 * points by the same rules as in the ledger. Orders that were paid before the period, and all other
 * entries, have the effects that were recorded.
 */
public final class WhatIf {

  /** Of the orders after the first few, one in so many is asked why promotions gave nothing. */
  private static final int SAMPLE = 10;

  private static final int ALL_UP_TO = 2_000;

  /** Of an order that a limit against abuse holds: none refuses it again. */
  private static final SaleTerms HAPPENED = new SaleTerms(0, 0, false, null, true);

  private final Scenario scenario;
  private final Circumstances circumstances;
  private final Map<MemberKey, SimulatedMember> members = new HashMap<>();
  private final SimulatedOrders orders;
  private final UndoneAgain undoing;
  private final SimulatedBudgets budgets;
  private final SimulatedBudgets recordedBudgets;
  private final Tallies tallies;
  private final @Nullable TierRules tiers;

  /**
   * @param undone the orders and entries that are undone or moved in the period
   */
  public WhatIf(String programId, Scenario scenario, Undone undone) {
    this.scenario = scenario;
    this.circumstances = new Circumstances(scenario);
    this.orders = new SimulatedOrders(undone);
    this.budgets = new SimulatedBudgets(programId, scenario.budgetTerms(), scenario.budgets());
    this.recordedBudgets =
        new SimulatedBudgets(programId, scenario.budgetTerms(), scenario.budgets());
    this.undoing = new UndoneAgain(orders, budgets);
    this.tallies = new Tallies(scenario.book().compiled().book());
    this.tiers = scenario.book().compiled().book().tiers();
  }

  /** Returns whether the member has been met. */
  public boolean knows(MemberKey member) {
    return members.containsKey(member);
  }

  public int members() {
    return members.size();
  }

  /**
   * Decides the entries of one batch again.
   *
   * @param begin the facts that members had before their first entry of the period
   */
  public void decide(List<Entry> batch, Function<MemberKey, EarningFacts> begin) {
    for (Entry entry : DecisionOrder.of(batch)) {
      if (!entry.recordedAt().isBefore(scenario.from())
          && entry.recordedAt().isBefore(scenario.to())) {
        decide(
            entry,
            members.computeIfAbsent(entry.member(), key -> new SimulatedMember(begin.apply(key))));
      }
    }
    budgets.endBatch();
    recordedBudgets.endBatch();
  }

  private void decide(Entry entry, SimulatedMember member) {
    budgets.at(entry.recordedAt(), circumstances.usedUp(entry), circumstances.counted(entry));
    recordedBudgets.at(entry.recordedAt(), Set.of(), Set.of());
    recordedBudgets.charge(entry.factsChange().charges());
    switch (entry.kind()) {
      case ACCRUAL -> order(entry, member);
      case TIER_REVIEW -> member.review(tiers, entry.occurredAt(), entry.recordedAt());
      case MERGE_OUT -> leave(entry, member);
      case MERGE_IN -> arrive(entry, member);
      case TOP_UP -> {
        tallies.topUp(LifetimeTotals.of(entry).earned());
        repeat(entry, member);
      }
      case REFUND, REVERSAL, CANCELLATION, MOVE_OUT, MOVE_IN, MOVE_RETURN -> undo(entry, member);
      default -> repeat(entry, member);
    }
    member.record(entry);
  }

  private void order(Entry entry, SimulatedMember member) {
    Instant paidAt = Circumstances.paidAt(entry);
    long recorded = LifetimeTotals.of(entry).earned();
    PublishedBook then = scenario.books().apply(paidAt);
    TierRules tiersThen = then == null ? null : then.compiled().book().tiers();
    String tierBefore = SimulatedMember.levelAt(tiersThen, member.recorded, paidAt);
    member.before += recorded;
    if (paidAt.isBefore(scenario.from())) {
      tallies.order(entry, false, recorded, entry.awarded(), recorded);
      tallies.tiers(tierBefore, recorded, tierBefore, recorded);
      member.after += recorded;
      keepEffects(entry, member);
      return;
    }
    String tierAfter = SimulatedMember.levelAt(tiers, member.facts.tier(), paidAt);
    Program program = scenario.programs().apply(paidAt).ratingBy(scenario.book());
    Accrue order = commandOf(entry, then);
    sample(order, member.facts, program);
    var state =
        new MemberState(
            Status.ACTIVE,
            entry.sequence() - 1,
            0,
            0,
            Accounts.EMPTY,
            List.of(),
            null,
            member.facts);
    Decision decision =
        CommandDecider.decide(state, order, null, program, budgets, entry.recordedAt());
    if (!(decision instanceof Decision.Accepted accepted)) {
      tallies.refused();
      tallies.order(entry, true, recorded, null, 0);
      tallies.tiers(tierBefore, recorded, tierAfter, 0);
      return;
    }
    Entry answer = accepted.answer();
    Awarded awarded = answer.awarded();
    long points =
        awarded == null ? 0 : awarded.awards().stream().mapToLong(it -> it.points()).sum();
    member.facts = accepted.state().facts();
    member.after += points;
    budgets.charge(answer.factsChange().charges());
    orders.keep(Redrawn.sale(entry, answer), points);
    tallies.order(entry, true, recorded, awarded, points);
    tallies.tiers(tierBefore, recorded, tierAfter, points);
  }

  private Accrue commandOf(Entry entry, @Nullable PublishedBook then) {
    List<String> heldBy = entry.awarded() == null ? List.of() : entry.awarded().heldBy();
    return new Accrue(
        entry.member(),
        Objects.requireNonNull(entry.request()),
        entry.origin(),
        entry.occurredAt(),
        entry.amount() == null ? 0 : entry.amount(),
        entry.lines().stream().map(EarnedLine::line).toList(),
        heldBy.isEmpty() ? SaleTerms.NONE : HAPPENED,
        circumstances.storeOf(entry, then),
        heldBy);
  }

  private void sample(Accrue order, EarningFacts facts, Program program) {
    long place = tallies.rated();
    if (tallies.hasIdle() && (place < ALL_UP_TO || place % SAMPLE == 0)) {
      OrderFacts sale = OrderFactsOf.sale(order, program);
      tallies.withheld(
          program.book().withheld(sale, OrderFactsOf.buyer(order, sale, facts, program)));
    }
  }

  private void undo(Entry entry, SimulatedMember member) {
    long recorded = LifetimeTotals.of(entry).earned();
    member.before += recorded;
    member.review(tiers, entry.recordedAt(), entry.recordedAt());
    UndoneAgain.Effect effect = undoing.of(entry, member);
    if (effect == null) {
      member.after += recorded;
      tallies.other(entry, recorded, recorded);
      keepEffects(entry, member);
      return;
    }
    member.after += effect.points();
    tallies.other(entry, recorded, effect.points());
    member.change(entry, member.judged(effect.change(), tiers, entry));
    budgets.charge(effect.change().charges());
  }

  /** Applies what was recorded, also where it is none of the book's affairs. */
  private void repeat(Entry entry, SimulatedMember member) {
    long recorded = LifetimeTotals.of(entry).earned();
    member.before += recorded;
    member.after += recorded;
    keepEffects(entry, member);
  }

  private void keepEffects(Entry entry, SimulatedMember member) {
    FactsChange change = entry.factsChange();
    budgets.charge(change.charges());
    member.change(entry, member.judged(change.ofMember(), tiers, entry));
  }

  private void leave(Entry entry, SimulatedMember member) {
    member.left = member.facts.whole();
    member.change(entry, member.left.mirrored());
  }

  private void arrive(Entry entry, SimulatedMember member) {
    SimulatedMember other =
        members.get(new MemberKey(entry.member().programId(), String.valueOf(entry.counterpart())));
    if (other == null || other.left == null) {
      keepEffects(entry, member);
    } else if (!entry.isPending()) {
      FactsChange left = other.left;
      other.left = FactsChange.NONE;
      member.review(tiers, entry.recordedAt(), entry.recordedAt());
      member.change(entry, member.judged(left, tiers, entry));
    }
  }

  /** Returns the result so far. */
  public WhatIfResult result() {
    PublishedBook then = scenario.books().apply(scenario.to());
    var movers = new Movers(tiers, then == null ? null : then.compiled().book().tiers());
    members.forEach((key, it) -> movers.add(key, it, scenario.to()));
    return tallies.result(members.size(), budgets.ends(recordedBudgets), movers.result());
  }
}
