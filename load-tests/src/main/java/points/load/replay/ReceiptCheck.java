package points.load.replay;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import points.load.account.Account;
import points.load.account.Entry;
import points.load.account.Entry.Order;
import points.load.account.Equations;
import points.load.account.Lot;
import points.load.account.Mismatch;

/**
 * Holds a member's books against the receipts that were posted. On top of the {@linkplain Equations
 * equations} that hold for any books:
 *
 * <ol>
 *   <li>each receipt that was not refused has exactly one accrual entry of its store and number, at
 *       its time, of its amount, with {@code p(r)} points by the program's earning rule, shared
 *       over its lines by {@linkplain LineShares largest remainder};
 *   <li>that entry made one lot of {@code p(r)} points that ends at {@code x(r)}, worked out from
 *       the program's validity and zone, or none when {@code p(r)} is 0;
 *   <li>{@code lifetimeEarned} is at least the sum of {@code p(r)};
 *   <li>when all of the member's entries are of these receipts, or expiries: {@code lifetimeEarned}
 *       is exactly that sum, and {@code available} is the sum of {@code p(r)} over the receipts
 *       with {@code x(r)} after {@code asOf}. That is the balance computed from the receipts alone.
 * </ol>
 *
 * A member who has other entries (an earlier run, a till that spent points) is still bound by the
 * equations, so nothing that happened before the run is taken on trust and no balance needs to be
 * noted before it. The program must not have changed since the receipts were first posted: an entry
 * keeps the points and the expiry of its own day.
 */
final class ReceiptCheck {
  private final Program program;
  private final Account account;
  private final List<Receipt> receipts;
  private final List<Mismatch> mismatches = new ArrayList<>();

  private ReceiptCheck(Program program, Account account, List<Receipt> receipts) {
    this.program = program;
    this.account = account;
    this.receipts = receipts;
  }

  /**
   * What does not agree; empty when all does.
   *
   * @param receipts the member's, without those the gateway refused
   */
  static List<Mismatch> mismatches(Program program, Account account, List<Receipt> receipts) {
    ReceiptCheck check = new ReceiptCheck(program, account, receipts);
    check.mismatches.addAll(Equations.broken(account));
    check.entries();
    check.balance();
    return List.copyOf(check.mismatches);
  }

  private void entries() {
    Map<Order, List<Entry>> accruals = new HashMap<>();
    account.entries().stream()
        .filter(entry -> entry.kind().equals("accrual"))
        .forEach(
            entry ->
                entry
                    .order()
                    .ifPresent(
                        order ->
                            accruals.computeIfAbsent(order, it -> new ArrayList<>(1)).add(entry)));
    for (Receipt receipt : receipts) {
      List<Entry> found = accruals.getOrDefault(receipt.order(), List.of());
      if (found.size() == 1) {
        entry(receipt, found.get(0));
      } else {
        found(receipt, "has %d entries instead of one".formatted(found.size()));
      }
    }
  }

  private void entry(Receipt receipt, Entry entry) {
    long points = program.pointsFor(receipt);
    if (entry.points() != points) {
      found(receipt, "earned %d points instead of %d".formatted(entry.points(), points));
      return;
    }
    if (entry.amount().orElse(-1L) != receipt.amount()) {
      found(receipt, "has amount %s instead of %d".formatted(entry.amount(), receipt.amount()));
    }
    Instant soldAt = receipt.soldAt().toInstant();
    if (!entry.occurredAt().equals(soldAt)) {
      found(receipt, "occurred at %s instead of %s".formatted(entry.occurredAt(), soldAt));
    }
    LineShares.wrong(receipt, points, entry.lines()).ifPresent(wrong -> found(receipt, wrong));
    Optional<Instant> expiry = program.expiryOf(receipt);
    List<Lot> lots = points == 0 ? List.of() : List.of(new Lot(expiry, points));
    if (!entry.lots().equals(lots)) {
      found(receipt, "made lots %s instead of %s".formatted(entry.lots(), lots));
    }
  }

  private void balance() {
    long earned = receipts.stream().mapToLong(program::pointsFor).reduce(0, Math::addExact);
    long lifetime = account.balance().lifetimeEarned();
    boolean alone = nothingElseHappened();
    if (alone ? lifetime != earned : lifetime < earned) {
      found("lifetimeEarned is %d, these receipts alone earn %d".formatted(lifetime, earned));
    }
    Instant asOf = account.balance().asOf();
    long good =
        receipts.stream()
            .filter(receipt -> Lot.openAt(program.expiryOf(receipt), asOf))
            .mapToLong(program::pointsFor)
            .reduce(0, Math::addExact);
    if (alone && account.balance().available() != good) {
      found(
          "available is %d, the receipts leave %d at %s"
              .formatted(account.balance().available(), good, asOf));
    }
  }

  private boolean nothingElseHappened() {
    Set<Order> ours = receipts.stream().map(Receipt::order).collect(Collectors.toSet());
    return account.entries().stream()
        .allMatch(
            entry ->
                entry.kind().equals("expiry")
                    || (entry.kind().equals("accrual")
                        && entry.order().map(ours::contains).orElse(false)));
  }

  private void found(Receipt receipt, String what) {
    found(receipt.order() + " " + what);
  }

  private void found(String what) {
    mismatches.add(new Mismatch(account.memberId(), what));
  }
}
