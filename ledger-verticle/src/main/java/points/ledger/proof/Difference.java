package points.ledger.proof;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Lot;
import points.ledger.account.Lots;
import points.ledger.account.Movement.Place;
import points.ledger.model.MemberState;
import points.ledger.model.Reservation;

/**
 * A difference between two accounts of one member, mostly its entries, folded again, and its row.
 *
 * @param what the field, such as {@code status}; {@code points} of a lot or a debt
 * @param account its account; null where it is the member's own
 * @param place its place in the account; null where it is the member's own
 * @param reserve in {@link Place#HELD} and {@link Place#PENDING} the sequence of what is set aside;
 *     else 0
 * @param expiresAt of the lot; null where there is none, {@link Lot#NEVER} for a lot that stays
 * @param expected by the entries
 * @param found in its stead
 */
public record Difference(
    String what,
    @Nullable String account,
    @Nullable Place place,
    long reserve,
    @Nullable Instant expiresAt,
    String expected,
    String found) {

  /** A lot of an account, or a debt, which has no expiry. */
  private record Lodged(String account, Place place, long reserve, Instant expiresAt)
      implements Comparable<Lodged> {
    @Override
    public int compareTo(Lodged other) {
      int order = account.compareTo(other.account);
      order = order == 0 ? place.compareTo(other.place) : order;
      order = order == 0 ? Long.compare(reserve, other.reserve) : order;
      return order == 0 ? expiresAt.compareTo(other.expiresAt) : order;
    }
  }

  /** A difference in what a member is, rather than in what it has. */
  public static Difference of(String what, Object expected, Object found) {
    return new Difference(
        what, null, null, 0, null, String.valueOf(expected), String.valueOf(found));
  }

  /** All that differs between what the entries give and what is found. */
  static List<Difference> between(MemberState expected, MemberState found) {
    var differences = new ArrayList<Difference>();
    compare(differences, "sequence", expected.sequence(), found.sequence());
    compare(differences, "status", expected.status(), found.status());
    compare(differences, "lifetimeEarned", expected.lifetimeEarned(), found.lifetimeEarned());
    compare(differences, "lifetimeSpent", expected.lifetimeSpent(), found.lifetimeSpent());
    compare(differences, "mergedInto", expected.mergedInto(), found.mergedInto());
    compareLots(differences, lodged(expected), lodged(found));
    compare(differences, "reserves", terms(expected), terms(found));
    compare(differences, "facts", expected.facts(), found.facts());
    return differences;
  }

  static void compare(
      List<Difference> differences,
      String what,
      @Nullable Object expected,
      @Nullable Object found) {
    if (!Objects.equals(expected, found)) {
      differences.add(of(what, String.valueOf(expected), String.valueOf(found)));
    }
  }

  private static void compareLots(
      List<Difference> differences, Map<Lodged, Long> expected, Map<Lodged, Long> found) {
    Set<Lodged> all = new TreeSet<>(expected.keySet());
    all.addAll(found.keySet());
    for (Lodged it : all) {
      long of = expected.getOrDefault(it, 0L);
      long has = found.getOrDefault(it, 0L);
      if (of != has) {
        Instant expiresAt = it.place() == Place.DEBT ? null : it.expiresAt();
        differences.add(
            new Difference(
                "points",
                it.account(),
                it.place(),
                it.reserve(),
                expiresAt,
                Long.toString(of),
                Long.toString(has)));
      }
    }
  }

  private static Map<Lodged, Long> lodged(MemberState state) {
    Map<Lodged, Long> lodged = new TreeMap<>();
    state
        .accounts()
        .forEach(
            (name, account) -> {
              put(lodged, name, Place.AVAILABLE, 0, account.lots());
              if (account.debt() != 0) {
                lodged.put(new Lodged(name, Place.DEBT, 0, Lot.NEVER), account.debt());
              }
            });
    for (Reservation reserve : state.reserves()) {
      reserve
          .lots()
          .forEach((name, lots) -> put(lodged, name, reserve.place(), reserve.sequence(), lots));
    }
    return lodged;
  }

  private static void put(
      Map<Lodged, Long> lodged, String account, Place place, long reserve, Lots lots) {
    for (Lot lot : lots.byExpiry()) {
      lodged.put(new Lodged(account, place, reserve, lot.expiresAt()), lot.points());
    }
  }

  /** Returns the terms of all reservations without their points: origin and end. */
  private static Map<String, String> terms(MemberState state) {
    Map<String, String> terms = new TreeMap<>();
    for (Reservation it : state.reserves()) {
      terms.put(
          it.place() + " " + it.sequence(),
          it.endsAt() + " for " + it.storeId() + " " + it.orderId());
    }
    return terms;
  }
}
