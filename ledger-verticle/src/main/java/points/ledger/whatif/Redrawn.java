package points.ledger.whatif;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Accounts;
import points.ledger.account.Lot;
import points.ledger.account.Movement;
import points.ledger.award.Awarded;
import points.ledger.award.FactsChange;
import points.ledger.model.Detail;
import points.ledger.model.EarnedLine;
import points.ledger.model.Entry;

/** Recorded entries with the points that they would have had. */
final class Redrawn {

  private Redrawn() {}

  /** Returns a sale with what it would have earned, paid with what it was paid with. */
  static Entry sale(Entry recorded, Entry answer) {
    var movements = new ArrayList<Movement>(answer.movements());
    recorded.movements().stream().filter(it -> it.worth() < 0).forEach(movements::add);
    return with(
        recorded,
        movements,
        answer.lines(),
        recorded.detail(),
        answer.awarded(),
        answer.changedFacts());
  }

  /** Returns the sale as it comes to another member. */
  static Entry moved(Entry recorded, Entry sale, @Nullable FactsChange change) {
    return with(
        recorded, sale.movements(), sale.lines(), recorded.detail(), sale.awarded(), change);
  }

  /** Returns a refund that takes back other points. */
  static Entry refund(
      Entry recorded, Detail.Refunded detail, long points, long growth, FactsChange change) {
    var takenBack = new TreeMap<>(detail.takenBack());
    put(takenBack, Accounts.POINTS, points);
    put(takenBack, Accounts.GROWTH, growth);
    var refunded =
        new Detail.Refunded(
            detail.refundId(),
            takenBack,
            detail.givenBack(),
            detail.expired(),
            detail.debt(),
            detail.shortfall(),
            detail.charge(),
            detail.whole(),
            detail.basis(),
            detail.storeId());
    return with(recorded, recorded.movements(), recorded.lines(), refunded, null, change);
  }

  private static void put(Map<String, Long> sums, String account, long points) {
    if (points > 0) {
      sums.put(account, points);
    } else {
      sums.remove(account);
    }
  }

  /** Returns an entry that takes back points that were not effective yet. */
  static Entry cancellation(Entry recorded, long points, FactsChange change) {
    var movements = new ArrayList<Movement>(1);
    if (points > 0) {
      movements.add(Movement.available(Accounts.POINTS, new Lot(Lot.NEVER, -points)));
    }
    return with(recorded, movements, recorded.lines(), recorded.detail(), null, change);
  }

  private static Entry with(
      Entry recorded,
      List<Movement> movements,
      List<EarnedLine> lines,
      @Nullable Detail detail,
      @Nullable Awarded awarded,
      @Nullable FactsChange change) {
    return new Entry(
        recorded.member(),
        recorded.sequence(),
        recorded.kind(),
        movements.stream()
            .filter(it -> it.account().equals(Accounts.POINTS))
            .mapToLong(Movement::worth)
            .sum(),
        0,
        List.copyOf(movements),
        recorded.balances(),
        recorded.request(),
        recorded.origin(),
        recorded.amount(),
        lines,
        recorded.refersTo(),
        detail,
        awarded,
        change,
        recorded.occurredAt(),
        recorded.recordedAt());
  }
}
