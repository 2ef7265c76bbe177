package points.load.replay.check;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import points.load.model.Entry;
import points.load.model.Entry.Order;
import points.load.model.Lot;
import points.load.model.MemberEquations;
import points.load.model.MemberSnapshot;
import points.load.model.Mismatch;
import points.load.replay.posting.AccrualPoster;
import points.load.replay.program.Program;
import points.load.replay.receipt.Receipt;
import points.load.replay.refund.Refund;

/**
 * Compares a member's entries and balance with the receipts that were posted. On top of the
 * {@linkplain MemberEquations equations} that hold for any books:
 *
 * <ol>
 *   <li>each receipt that was not refused has exactly one accrual entry of its store and number, at
 *       its time, of its amount, with {@code p(r)} points by the program's earning rule, shared
 *       over its lines by {@linkplain LineSharesCheck largest remainder};
 *   <li>that entry made one lot of {@code p(r)} points, less what the member owed, that ends at
 *       {@code x(r)}, worked out from the program's validity and zone, or none when nothing is
 *       left;
 *   <li>each refund of it has exactly one entry, and they take back {@code t(r)} points by {@link
 *       Returned};
 *   <li>{@code lifetimeEarned} is at least the sum of {@code p(r) - t(r)}, unless others took
 *       something back;
 *   <li>when all of the member's entries are of these receipts, or expiries: {@code lifetimeEarned}
 *       is exactly that sum, and {@code available} is the sum of {@code p(r) - t(r)} over the
 *       receipts with {@code x(r)} after {@code asOf}. That is the balance computed from the
 *       receipts alone. Where something was refunded whose points had expired by then, others were
 *       taken or are owed, and this is not looked at.
 * </ol>
 *
 * A member who has other entries (an earlier run, a till that spent points) is still bound by the
 * equations, so nothing that happened before the run is taken on trust and no balance needs to be
 * noted before it. The program must not have changed since the receipts were first posted: an entry
 * keeps the points and the expiry of its own day.
 */
public final class ReceiptCheck {
  private final Program program;
  private final MemberSnapshot member;
  private final List<Receipt> receipts;
  private final Map<Order, List<Refund>> planned;
  private final Map<Order, Long> takenBack = new HashMap<>();
  private final List<Mismatch> mismatches = new ArrayList<>();

  private ReceiptCheck(
      Program program,
      MemberSnapshot member,
      List<Receipt> receipts,
      Map<Order, List<Refund>> planned) {
    this.program = program;
    this.member = member;
    this.receipts = receipts;
    this.planned = planned;
  }

  /**
   * Returns the differences; empty when there is none.
   *
   * @param receipts the member's, without those the gateway refused
   * @param refunds those that were posted of them
   */
  public static List<Mismatch> mismatches(
      Program program,
      MemberSnapshot member,
      List<Receipt> receipts,
      Map<Order, List<Refund>> refunds) {
    ReceiptCheck check = new ReceiptCheck(program, member, receipts, refunds);
    check.mismatches.addAll(MemberEquations.broken(member));
    check.entries();
    check.balance();
    return List.copyOf(check.mismatches);
  }

  private void entries() {
    Map<Order, List<Entry>> accruals = byOrder(Entry.Kind.ACCRUAL);
    Map<Order, List<Entry>> refunds = byOrder(Entry.Kind.REFUND);
    for (Receipt receipt : receipts) {
      List<Entry> found = accruals.getOrDefault(receipt.order(), List.of());
      if (found.size() == 1) {
        entry(receipt, found.get(0));
        refunds(receipt, found.get(0), refunds.getOrDefault(receipt.order(), List.of()));
      } else {
        found(receipt, "has %d entries instead of one".formatted(found.size()));
      }
    }
  }

  private Map<Order, List<Entry>> byOrder(Entry.Kind kind) {
    Map<Order, List<Entry>> byOrder = new HashMap<>();
    member.entries().stream()
        .filter(entry -> entry.kind() == kind)
        .forEach(
            entry ->
                entry
                    .order()
                    .ifPresent(
                        order ->
                            byOrder.computeIfAbsent(order, it -> new ArrayList<>(1)).add(entry)));
    return byOrder;
  }

  private void refunds(Receipt receipt, Entry sale, List<Entry> booked) {
    List<Refund> wanted = planned.getOrDefault(receipt.order(), List.of());
    if (!wanted.isEmpty()) {
      RefundCheck check = RefundCheck.of(receipt, sale, wanted, booked);
      check.wrong().forEach(what -> found(receipt, what));
      takenBack.put(receipt.order(), check.takenBack());
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
    if (!entry.metadata().equals(AccrualPoster.metadata(receipt))) {
      found(receipt, "has metadata " + entry.metadata());
    }
    LineSharesCheck.wrong(receipt, program.earning(), entry.lines())
        .ifPresent(wrong -> found(receipt, wrong));
    Optional<Instant> expiry = program.expiryOf(receipt);
    long kept = points - entry.elsewhere(); // what was owed is paid first
    List<Lot> lots = kept == 0 ? List.of() : List.of(new Lot(expiry, kept));
    if (!entry.lots().equals(lots)) {
      found(receipt, "made lots %s instead of %s".formatted(entry.lots(), lots));
    }
  }

  private void balance() {
    long earned = receipts.stream().mapToLong(this::left).reduce(0, Math::addExact);
    long lifetime = member.state().lifetimeEarned();
    boolean alone = nothingElseHappened();
    if (alone ? lifetime != earned : lifetime < earned && !othersTookBack()) {
      found("lifetimeEarned is %d, these receipts alone earn %d".formatted(lifetime, earned));
    }
    Instant asOf = member.asOf();
    long good =
        receipts.stream()
            .filter(receipt -> Lot.openAt(program.expiryOf(receipt), asOf))
            .mapToLong(this::left)
            .reduce(0, Math::addExact);
    if (alone && wasRefundedInTime() && member.state().available() != good) {
      found(
          "available is %d, the receipts leave %d at %s"
              .formatted(member.state().available(), good, asOf));
    }
  }

  private boolean othersTookBack() {
    return member.entries().stream()
        .anyMatch(
            entry ->
                (entry.isRefund() && !isPlanned(entry))
                    || entry.kind() == Entry.Kind.REVERSAL
                    || entry.kind() == Entry.Kind.CANCELLATION);
  }

  /** Returns the points that a receipt earned, less those that refunds took back. */
  private long left(Receipt receipt) {
    return program.pointsFor(receipt) - takenBack.getOrDefault(receipt.order(), 0L);
  }

  /** Refunds took from the lots that their receipts had made. */
  private boolean wasRefundedInTime() {
    Map<Order, Receipt> byOrder = new HashMap<>();
    receipts.forEach(receipt -> byOrder.put(receipt.order(), receipt));
    return member.entries().stream()
        .filter(Entry::isRefund)
        .allMatch(
            entry ->
                entry
                    .order()
                    .map(byOrder::get)
                    .filter(it -> Lot.openAt(program.expiryOf(it), entry.occurredAt()))
                    .isPresent());
  }

  private boolean nothingElseHappened() {
    Set<Order> ours = receipts.stream().map(Receipt::order).collect(Collectors.toSet());
    return member.entries().stream()
        .allMatch(
            entry ->
                entry.kind() == Entry.Kind.EXPIRY
                    || ((entry.kind() == Entry.Kind.ACCRUAL || isPlanned(entry))
                        && entry.order().map(ours::contains).orElse(false)));
  }

  private boolean isPlanned(Entry entry) {
    return entry.isRefund()
        && entry.order().map(planned::get).filter(refunds -> !refunds.isEmpty()).isPresent();
  }

  private void found(Receipt receipt, String what) {
    found(receipt.order() + " " + what);
  }

  private void found(String what) {
    mismatches.add(new Mismatch(member.memberId(), what));
  }
}
