package points.ledger.simulation.audit;

import org.jspecify.annotations.Nullable;
import points.ledger.account.Accounts;
import points.ledger.account.Limits;
import points.ledger.account.Movement.Place;
import points.ledger.command.Command.Accrue;
import points.ledger.command.SaleTerms;
import points.ledger.commit.Batch;
import points.ledger.model.Detail;
import points.ledger.model.Entry;
import points.ledger.model.MemberState;
import points.ledger.program.Terms;
import points.ledger.simulation.world.SimulatedPrograms;

/**
 * Holds what an order paid with against what its till asked for. What an offline order could not
 * pay is owed by the member or claimed by the store, as the program says, to the last point.
 */
final class PaymentAudit {

  private final HistoryAuditor auditor;

  PaymentAudit(HistoryAuditor auditor) {
    this.auditor = auditor;
  }

  void committed(Batch.Decided decided, @Nullable MemberState before, @Nullable MemberState after) {
    for (Entry entry : decided.entries()) {
      if (entry.request() == null) {
        continue;
      }
      auditor.check(
          entry.origin().metadata().equals(decided.command().origin().metadata()),
          () -> "the caller's metadata " + decided.command().origin() + " became " + entry);
      if (decided.command() instanceof Accrue accrue) {
        paid(accrue.terms(), entry);
      }
    }
    for (String account : new String[] {Accounts.POINTS, Accounts.STORED_VALUE}) {
      long moved = decided.entries().stream().mapToLong(it -> it.moved(account, Place.DEBT)).sum();
      auditor.check(
          debt(before, account) + moved == debt(after, account),
          () ->
              "%d of %s owed and %d more make %d: %s"
                  .formatted(debt(before, account), account, moved, debt(after, account), decided));
    }
  }

  private static long debt(@Nullable MemberState state, String account) {
    return state == null ? 0 : state.accounts().of(account).debt();
  }

  private void paid(SaleTerms terms, Entry entry) {
    long points = terms.points() - entry.spent(Accounts.POINTS);
    long storedValue = terms.storedValue() - entry.spent(Accounts.STORED_VALUE);
    if (entry.detail() instanceof Detail.Uncovered uncovered) {
      auditor.check(
          terms.offline()
              && uncovered.points() == points
              && uncovered.storedValue() == storedValue
              && points + storedValue > 0,
          () -> "not covered are %d points and %d: %s".formatted(points, storedValue, entry));
      checkTerms(uncovered, entry);
    } else {
      auditor.check(
          points == 0 && storedValue == 0,
          () -> "%d points and %d were not paid: %s".formatted(points, storedValue, entry));
    }
  }

  private void checkTerms(Detail.Uncovered uncovered, Entry entry) {
    Terms rules = SimulatedPrograms.find(entry.member().programId()).terms();
    boolean owes = rules.uncovered() == Terms.Uncovered.DEBT;
    auditor.count(owes ? "points of offline orders owed" : "points of offline orders claimed");
    Terms.PointValue value = rules.refunds().pointValue();
    long worth = owes ? 0 : half(uncovered.points(), value);
    auditor.check(
        uncovered.debt() == (owes ? uncovered.points() : 0)
            && uncovered.claim() == Math.min(Limits.AMOUNT_MAX, worth + uncovered.storedValue()),
        () -> "neither owed nor claimed: " + entry);
  }

  /** Half up, by another way than the ledger goes. */
  private static long half(long points, Terms.PointValue value) {
    double worth = (double) points * value.amount() / value.points();
    return worth > 1e15
        ? Limits.AMOUNT_MAX
        : Math.floorDiv(points * value.amount() * 2 + value.points(), value.points() * 2);
  }
}
