package points.load.account;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What must hold between a member's entries, lots and balance whoever wrote them. With {@code t}
 * the balance's {@code asOf}, and {@code L(x)} the sum of the points of all lots with expiry {@code
 * x} over all entries:
 *
 * <ol>
 *   <li>the sequences of the entries, newest first, are {@code balance.sequence, …, 2, 1};
 *   <li>the points of an entry are the sum of its lots' points, and of what it set aside, less what
 *       is owed more;
 *   <li>no {@code L(x)} is negative: nobody spent what was not there;
 *   <li>the listed lots that are open at {@code t} are exactly the {@code L(x)} that are not zero
 *       and have {@code x} after {@code t} or never expire;
 *   <li>{@code available} is the sum of {@code L(x)} over {@code x} after {@code t} or never.
 * </ol>
 *
 * From 2 and 5 follows that the sum of all entries is {@code available} plus what is set aside,
 * less what is owed, plus the points that have expired but whose expiry has not been written down
 * yet; so nothing is said about that sum by itself.
 */
public final class Equations {
  private final Account account;
  private final Instant asOf;
  private final List<Mismatch> mismatches = new ArrayList<>();

  private Equations(Account account) {
    this.account = account;
    this.asOf = account.balance().asOf();
  }

  /** What does not hold; empty when all is well. */
  public static List<Mismatch> broken(Account account) {
    Equations equations = new Equations(account);
    equations.sequencesHaveNoGap();
    equations.entriesAreTheSumOfTheirLots();
    Map<Optional<Instant>, Long> byExpiry = lotsByExpiry(account.entries());
    equations.noLotIsNegative(byExpiry);
    equations.listedLotsAre(byExpiry);
    equations.availableIs(byExpiry);
    return List.copyOf(equations.mismatches);
  }

  /** {@code L}: the points left of every expiry, whether it has passed or not. */
  private static Map<Optional<Instant>, Long> lotsByExpiry(List<Entry> entries) {
    Map<Optional<Instant>, Long> byExpiry = new HashMap<>();
    entries.stream()
        .flatMap(entry -> entry.lots().stream())
        .forEach(lot -> byExpiry.merge(lot.expiresAt(), lot.points(), Math::addExact));
    return byExpiry;
  }

  private void sequencesHaveNoGap() {
    long expected = account.balance().sequence();
    for (Entry entry : account.entries()) {
      if (entry.sequence() != expected) {
        found("entry %d stands where %d belongs".formatted(entry.sequence(), expected));
        return;
      }
      expected--;
    }
    if (expected != 0) {
      found("the history ends before its first %d entries".formatted(expected));
    }
  }

  private void entriesAreTheSumOfTheirLots() {
    for (Entry entry : account.entries()) {
      long lots =
          entry.lots().stream().mapToLong(Lot::points).reduce(entry.elsewhere(), Math::addExact);
      if (lots != entry.points()) {
        found(
            "%s has %d points but lots of %d"
                .formatted(entry.transactionId(), entry.points(), lots));
      }
    }
  }

  private void noLotIsNegative(Map<Optional<Instant>, Long> byExpiry) {
    byExpiry.forEach(
        (expiry, points) -> {
          if (points < 0) {
            found(
                "%d points too many were taken from the lot %s".formatted(-points, named(expiry)));
          }
        });
  }

  private void listedLotsAre(Map<Optional<Instant>, Long> byExpiry) {
    Map<Optional<Instant>, Long> expected = new HashMap<>(byExpiry);
    expected.values().removeIf(points -> points == 0);
    expected.keySet().removeIf(expiry -> !Lot.openAt(expiry, asOf));
    Map<Optional<Instant>, Long> listed = new HashMap<>();
    account.lots().stream()
        .filter(lot -> lot.openAt(asOf))
        .forEach(lot -> listed.merge(lot.expiresAt(), lot.points(), Math::addExact));
    if (!listed.equals(expected)) {
      found("open lots are %s, the entries leave %s".formatted(shown(listed), shown(expected)));
    }
  }

  private void availableIs(Map<Optional<Instant>, Long> byExpiry) {
    long expected =
        byExpiry.entrySet().stream()
            .filter(lot -> Lot.openAt(lot.getKey(), asOf))
            .mapToLong(Map.Entry::getValue)
            .reduce(0, Math::addExact);
    if (account.balance().available() != expected) {
      found(
          "available is %d, the entries leave %d"
              .formatted(account.balance().available(), expected));
    }
  }

  private static String shown(Map<Optional<Instant>, Long> lots) {
    return lots.entrySet().stream()
        .map(lot -> lot.getValue() + " " + named(lot.getKey()))
        .sorted()
        .toList()
        .toString();
  }

  private static String named(Optional<Instant> expiry) {
    return expiry.map(end -> "expiring at " + end).orElse("never expiring");
  }

  private void found(String what) {
    mismatches.add(new Mismatch(account.memberId(), what));
  }
}
