package points.ledger.order;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import points.ledger.account.Accounts;
import points.ledger.account.Lot;
import points.ledger.account.Lots;
import points.ledger.account.Movement;
import points.ledger.account.Movement.Place;
import points.ledger.model.Detail;
import points.ledger.model.Entry;

/**
 * The lots of one account that a sale was paid from, and how much of each has not come back.
 *
 * <p>Points that the sale left owing come back first, then the lots that expire last. A refund that
 * was reversed leaves its own lots open again.
 */
public final class SpentLots {

  /**
   * A part of what a sale was paid with.
   *
   * @param lot that it came from; {@link Lot#NEVER} where there was none
   * @param owed whether the sale left it owing: no points were there to pay it
   */
  public record Part(Lot lot, boolean owed) {

    private Part of(long points) {
      return new Part(new Lot(lot.expiresAt(), points), owed);
    }
  }

  private static final class Open {
    private final Part part;
    private long left;

    private Open(Part part) {
      this.part = part;
      this.left = part.lot().points();
    }

    private long take(long most) {
      long part = Math.min(most, left);
      left -= part;
      return part;
    }
  }

  private final String account;
  private final List<Open> lots = new ArrayList<>();

  /** By refund, what it closed. */
  private final Map<String, Map<Open, Long>> closed = new HashMap<>();

  /** By refund, what it gave back of a sale that comes later here. */
  private final Map<String, Long> early = new LinkedHashMap<>();

  private final Set<String> reversed = new HashSet<>();

  private SpentLots(String account) {
    this.account = account;
  }

  /**
   * As they are after all that has happened. The clocks of several nodes differ: a refund may seem
   * to be older than its sale, and its reversal older than the refund.
   *
   * @param happened sales, refunds, also such as were reversed, and their reversals, oldest first
   *     by the clocks of those who recorded them
   */
  static SpentLots of(String account, List<Entry> happened) {
    var spent = new SpentLots(account);
    for (Entry entry : happened) {
      if (entry.detail() instanceof Detail.Refunded refunded) {
        spent.close(entry.transactionId(), refunded.givenBack().getOrDefault(account, 0L));
      } else if (entry.kind() == Entry.Kind.REVERSAL) {
        spent.reopen(String.valueOf(entry.refersToId()));
      } else {
        spent.open(entry);
      }
    }
    return spent;
  }

  private void open(Entry sale) {
    List<Lot> paid = sale.kind() == Entry.Kind.CAPTURE ? captured(sale) : paid(sale);
    paid.forEach(lot -> lots.add(new Open(new Part(lot, false))));
    long owed = owed(sale);
    if (owed > 0) {
      lots.add(new Open(new Part(new Lot(Lot.NEVER, owed), true)));
    }
    lots.sort(Comparator.comparing((Open it) -> it.part.lot().expiresAt()).reversed());
    var waiting = new LinkedHashMap<>(early);
    early.clear();
    waiting.forEach(this::close);
  }

  /** That of an offline order, and of a moved sale that came back when its payment was spent. */
  private long owed(Entry sale) {
    return sale.movements().stream()
        .filter(it -> it.account().equals(account) && it.place() == Place.DEBT)
        .mapToLong(it -> Math.max(0, it.points()))
        .sum();
  }

  private List<Lot> paid(Entry sale) {
    var paid = new ArrayList<>(taken(sale));
    long gone = expiredBefore(sale);
    if (gone > 0) {
      paid.add(new Lot(sale.recordedAt(), gone));
    }
    return paid;
  }

  /**
   * Returns the points that a moved sale was paid with first, and that had expired when it was
   * moved.
   */
  private long expiredBefore(Entry sale) {
    return account.equals(Accounts.POINTS)
            && sale.kind() == Entry.Kind.MOVE_RETURN
            && sale.detail() instanceof Detail.MovedSale moved
        ? moved.spent() - sale.spent(account) - owed(sale)
        : 0;
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

  private void close(String refund, long points) {
    if (reversed.contains(refund)) {
      return;
    }
    Map<Open, Long> parts = closed.computeIfAbsent(refund, it -> new HashMap<>());
    long left = points;
    for (Open open : lots) {
      long part = open.take(left);
      left -= part;
      parts.merge(open, part, Long::sum);
    }
    if (left > 0) {
      early.put(refund, left);
    }
  }

  private void reopen(String refund) {
    reversed.add(refund);
    early.remove(refund);
    closed.getOrDefault(refund, Map.of()).forEach((open, part) -> open.left += part);
  }

  /** All that was paid. */
  long total() {
    return lots.stream().mapToLong(it -> it.part.lot().points()).sum();
  }

  /** Returns the points that have not come back. */
  public long left() {
    return lots.stream().mapToLong(it -> it.left).sum();
  }

  /** The next of them that come back. */
  public List<Part> next(long points) {
    var next = new ArrayList<Part>();
    long left = points;
    for (Open open : lots) {
      long part = Math.min(left, open.left);
      left -= part;
      if (part > 0) {
        next.add(open.part.of(part));
      }
    }
    return next;
  }
}
