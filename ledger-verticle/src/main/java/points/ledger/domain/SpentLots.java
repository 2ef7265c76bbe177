package points.ledger.domain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import points.ledger.domain.Movement.Place;

/**
 * The lots of one account that a sale was paid from, and how much of each has not come back. What
 * comes back goes to those that expire last first; a refund that was reversed leaves its own lots
 * open again.
 */
final class SpentLots {

  private static final class Open {
    private final Lot lot;
    private long left;

    private Open(Lot lot) {
      this.lot = lot;
      this.left = lot.points();
    }

    private long take(long most) {
      long part = Math.min(most, left);
      left -= part;
      return part;
    }
  }

  private final String account;
  private final List<Open> lots = new ArrayList<>();

  private SpentLots(String account) {
    this.account = account;
  }

  /**
   * As they are after all that has happened.
   *
   * @param happened sales, refunds, also such as were reversed, and their reversals, oldest first
   */
  static SpentLots of(String account, List<Entry> happened) {
    var spent = new SpentLots(account);
    Map<String, Map<Open, Long>> given = new HashMap<>();
    for (Entry entry : happened) {
      if (entry.detail() instanceof Detail.Refunded refunded) {
        long points = refunded.givenBack().getOrDefault(account, 0L);
        given.put(entry.transactionId(), spent.close(points));
      } else if (entry.kind() == Entry.Kind.REVERSAL) {
        given
            .getOrDefault(entry.member().memberId() + "-" + entry.refersTo(), Map.of())
            .forEach((open, part) -> open.left += part);
      } else {
        spent.open(entry);
      }
    }
    return spent;
  }

  private void open(Entry sale) {
    List<Lot> paid = sale.kind() == Entry.Kind.CAPTURE ? captured(sale) : paid(sale);
    paid.forEach(lot -> lots.add(new Open(lot)));
    lots.sort(Comparator.comparing((Open it) -> it.lot.expiresAt()).reversed());
  }

  /** What it left owing comes back first: it repays what is still owed, whenever that is. */
  private List<Lot> paid(Entry sale) {
    var paid = new ArrayList<>(taken(sale));
    if (account.equals(Accounts.POINTS)
        && sale.detail() instanceof Detail.Uncovered uncovered
        && uncovered.debt() > 0) {
      paid.add(new Lot(Lot.NEVER, uncovered.debt()));
    }
    return paid;
  }

  private List<Lot> taken(Entry sale) {
    return sale.movements().stream()
        .filter(it -> it.account().equals(account) && it.place() == Place.AVAILABLE)
        .filter(it -> it.points() < 0)
        .map(it -> it.lot().negated())
        .toList();
  }

  /** Of what was held, those that expire first were spent. */
  private List<Lot> captured(Entry sale) {
    Lots held = Lots.NONE;
    for (Movement it : sale.movements()) {
      if (it.account().equals(account) && it.place() == Place.HELD) {
        held = held.plus(it.lot().negated());
      }
    }
    long points = captured(sale, account);
    return points == 0 ? List.of() : held.take(points).lots();
  }

  static long captured(Entry capture, String account) {
    if (capture.detail() instanceof Detail.Captured captured) {
      return switch (account) {
        case Accounts.POINTS -> captured.points();
        case Accounts.STORED_VALUE -> captured.storedValue();
        default -> 0;
      };
    }
    return 0;
  }

  private Map<Open, Long> close(long points) {
    Map<Open, Long> closed = new HashMap<>();
    long left = points;
    for (Open open : lots) {
      long part = open.take(left);
      left -= part;
      closed.put(open, part);
    }
    return closed;
  }

  /** All that was paid. */
  long total() {
    return lots.stream().mapToLong(it -> it.lot.points()).sum();
  }

  /** What has not come back. */
  long left() {
    return lots.stream().mapToLong(it -> it.left).sum();
  }

  /** The next of them that come back, as lots of what they were. */
  List<Lot> next(long points) {
    var next = new ArrayList<Lot>();
    long left = points;
    for (Open open : lots) {
      long part = Math.min(left, open.left);
      left -= part;
      if (part > 0) {
        next.add(new Lot(open.lot.expiresAt(), part));
      }
    }
    return next;
  }
}
