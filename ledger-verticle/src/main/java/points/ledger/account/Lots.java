package points.ledger.account;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A member's open lots, by expiry, never-expiring last; no two expire at the same instant and none
 * is empty. Immutable.
 */
public final class Lots {

  public static final Lots NONE = new Lots(List.of(), 0);

  private final List<Lot> byExpiry;
  private final long total;

  private Lots(List<Lot> byExpiry, long total) {
    this.byExpiry = byExpiry;
    this.total = total;
  }

  /**
   * Takes over lots that were stored.
   *
   * @throws IllegalArgumentException if they are not in order, share an expiry or are not positive
   */
  public static Lots of(List<Lot> byExpiry) {
    long total = 0;
    Instant before = Instant.MIN;
    for (Lot lot : byExpiry) {
      if (lot.points() <= 0 || !lot.expiresAt().isAfter(before)) {
        throw new IllegalArgumentException("not the open lots of a member: " + byExpiry);
      }
      before = lot.expiresAt();
      total = Math.addExact(total, lot.points());
    }
    return byExpiry.isEmpty() ? NONE : new Lots(List.copyOf(byExpiry), total);
  }

  public List<Lot> byExpiry() {
    return byExpiry;
  }

  /** The points of all lots, expired ones that are still here included. */
  public long total() {
    return total;
  }

  /** Adds points, into the lot of the same expiry if there is one. */
  public Lots plus(Lot added) {
    if (added.points() == 0) {
      return this;
    }
    var lots = new ArrayList<Lot>(byExpiry.size() + 1);
    Lot left = added;
    for (Lot lot : byExpiry) {
      int order = left == null ? -1 : lot.expiresAt().compareTo(left.expiresAt());
      if (order == 0) {
        lots.add(new Lot(lot.expiresAt(), lot.points() + added.points()));
        left = null;
        continue;
      }
      if (order > 0) {
        lots.add(added);
        left = null;
      }
      lots.add(lot);
    }
    if (left != null) {
      lots.add(left);
    }
    return new Lots(lots, total + added.points());
  }

  /** Adds a lot whose points are above 0, or takes from the one of its expiry. */
  public Lots changed(Lot lot) {
    return lot.points() >= 0 ? plus(lot) : minus(lot.negated());
  }

  /** The points of the lot of this expiry; 0 when there is none. */
  public long of(Instant expiresAt) {
    return byExpiry.stream()
        .filter(lot -> lot.expiresAt().equals(expiresAt))
        .mapToLong(Lot::points)
        .sum();
  }

  private Lots minus(Lot taken) {
    var rest = new ArrayList<Lot>(byExpiry.size());
    long missing = taken.points();
    for (Lot lot : byExpiry) {
      long part = lot.expiresAt().equals(taken.expiresAt()) ? Math.min(missing, lot.points()) : 0;
      missing -= part;
      if (part < lot.points()) {
        rest.add(new Lot(lot.expiresAt(), lot.points() - part));
      }
    }
    if (missing > 0) {
      throw new IllegalArgumentException("take " + taken + " of " + byExpiry);
    }
    return new Lots(rest, total - taken.points());
  }

  /**
   * Takes points, from the lot that expires first.
   *
   * @param points 1 to {@link #total()}
   */
  public Taken take(long points) {
    var taken = new ArrayList<Lot>(2);
    var rest = new ArrayList<Lot>(byExpiry.size());
    long missing = points;
    for (Lot lot : byExpiry) {
      long part = Math.min(missing, lot.points());
      missing -= part;
      if (part > 0) {
        taken.add(new Lot(lot.expiresAt(), part));
      }
      if (part < lot.points()) {
        rest.add(new Lot(lot.expiresAt(), lot.points() - part));
      }
    }
    if (missing > 0) {
      throw new IllegalArgumentException("take " + points + " of " + total);
    }
    return new Taken(taken, new Lots(rest, total - points));
  }

  /** Takes the lots that have expired by {@code now}. */
  public Taken takeExpired(Instant now) {
    int expired = 0;
    while (expired < byExpiry.size() && byExpiry.get(expired).hasExpiredBy(now)) {
      expired++;
    }
    if (expired == 0) {
      return new Taken(List.of(), this);
    }
    List<Lot> gone = byExpiry.subList(0, expired);
    return new Taken(gone, of(byExpiry.subList(expired, byExpiry.size())));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Lots lots && byExpiry.equals(lots.byExpiry);
  }

  @Override
  public int hashCode() {
    return byExpiry.hashCode();
  }

  @Override
  public String toString() {
    return byExpiry.toString();
  }

  /** The lots that were taken, positive, and those that are left. */
  public record Taken(List<Lot> lots, Lots rest) {

    boolean isNothing() {
      return lots.isEmpty();
    }

    long points() {
      return lots.stream().mapToLong(Lot::points).sum();
    }

    public List<Lot> negated() {
      return lots.stream().map(Lot::negated).toList();
    }
  }
}
