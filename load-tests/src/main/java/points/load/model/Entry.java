package points.load.model;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import points.load.model.Movement.Place;

/**
 * One immutable line of the ledger: the effect of one command, or of time, on one member.
 *
 * @param points the change of the member's points, wherever they are
 * @param balance points that can be spent after it
 * @param movements all changes that it made
 * @param key the idempotency key; null when no caller asked for it
 */
public record Entry(
    String memberId,
    long sequence,
    Kind kind,
    long points,
    long balance,
    List<Movement> movements,
    Origin origin,
    Extra extra,
    Instant occurredAt,
    Instant recordedAt,
    @Nullable String key) {

  /** The field of the detail in which the gateway says why an order earned what it did. */
  public static final String WHY = "why";

  /** The field of the detail in which the ledger keeps the awards of a rule book. */
  public static final String AWARDED = "awarded";

  /** The field of the detail in which the ledger keeps the change of a member's counters. */
  public static final String FACTS = "facts";

  /** The kinds of effects. */
  public enum Kind {
    ACCRUAL,
    DEDUCTION,
    ADJUSTMENT,
    GIFT,
    EXPIRY,
    FREEZE,
    UNFREEZE,
    HOLD,
    CAPTURE,
    RELEASE,
    REFUND,
    REVERSAL,
    TOP_UP,
    PAYMENT,
    EXCHANGE,
    ACTIVATION,
    CANCELLATION,
    TRANSFER_OUT,
    TRANSFER_IN,
    TRANSFER_RETURN,
    MERGE_OUT,
    MERGE_IN,
    CLOSING,
    OPENING,
    MOVE_OUT,
    MOVE_IN,
    MOVE_RETURN,
    TIER_REVIEW,
    TIER_GRANT,
    TIER_WITHDRAWAL
  }

  /** An order, known by its store and its number there. */
  public record Order(String storeId, String orderId) {
    @Override
    public String toString() {
      return "store " + storeId + " order " + orderId;
    }
  }

  /**
   * The origin of an entry; a field that its kind does not have is null.
   *
   * @param operator as callers see it: in an entry of a pool, the member for whom it is made
   */
  public record Origin(
      @Nullable String storeId,
      @Nullable String orderId,
      @Nullable Long amount,
      @Nullable String operator,
      @Nullable String reason) {
    /** The origin of an entry that no caller asked for. */
    public static final Origin NONE = new Origin(null, null, null, null, null);
  }

  /**
   * A line of an order with its share of the points; in a refund, the part that was returned.
   *
   * @param amount in minor units; 0 where the gateway does not state it
   */
  public record Line(String lineId, long amount, long points) {}

  /**
   * Fields that only entries of some kinds have.
   *
   * @param refersTo the sequence of the entry that this one ends or undoes
   * @param part of several entries of one kind for one order: the refund id, or the moved sale
   * @param balances the available sum afterwards of each other account that the entry changed
   * @param detail as the ledger stores it; empty when there is none
   * @param metadata the caller's own
   */
  public record Extra(
      @Nullable Long refersTo,
      String part,
      Map<String, Long> balances,
      List<Line> lines,
      JsonObject detail,
      Map<String, String> metadata) {
    /** The extra fields of most entries. */
    public static final Extra NONE =
        new Extra(null, "", Map.of(), List.of(), new JsonObject(), Map.of());
  }

  /** The name of the entry towards callers. */
  public String transactionId() {
    return memberId + "-" + sequence;
  }

  /** The order that it belongs to. */
  public Optional<Order> order() {
    return origin.storeId() == null || origin.orderId() == null
        ? Optional.empty()
        : Optional.of(new Order(origin.storeId(), origin.orderId()));
  }

  /** The amount of the order, in minor units. */
  public Optional<Long> amount() {
    return Optional.ofNullable(origin.amount());
  }

  /** The points of each line, in the order's own sequence. */
  public List<Line> lines() {
    return extra.lines();
  }

  /** The caller's own metadata. */
  public Map<String, String> metadata() {
    return extra.metadata();
  }

  /** Whether it returns all or part of an order. */
  public boolean isRefund() {
    return kind == Kind.REFUND;
  }

  /** The store that took a refund back, if it is not the one that sold. */
  public Optional<String> refundStoreId() {
    return isRefund() ? Optional.ofNullable(extra.detail().getString("storeId")) : Optional.empty();
  }

  /** Points of an undone sale that had expired unspent before. */
  public long lapsed() {
    return RefundDetails.basis(this)
        .getJsonObject("lapsed", new JsonObject())
        .getLong(Movement.POINTS, 0L);
  }

  /** The changes of points that can be spent. */
  public List<Lot> lots() {
    return moves(it -> it.isOf(Movement.POINTS, Place.AVAILABLE))
        .map(it -> new Lot(it.expiresAt(), it.points()))
        .toList();
  }

  /** The change of an account's total, wherever it is. */
  public long worth(String account) {
    return moves(it -> it.account().equals(account)).mapToLong(Movement::worth).sum();
  }

  /** The change of points that are held, pending or owed. */
  public long elsewhere() {
    return moves(it -> it.account().equals(Movement.POINTS) && it.place() != Place.AVAILABLE)
        .mapToLong(Movement::worth)
        .sum();
  }

  /** The change of one place of an account. */
  public long moved(String account, Place place) {
    return moves(it -> it.isOf(account, place)).mapToLong(Movement::points).sum();
  }

  /** The sum that it took from the available part of an account. */
  public long spent(String account) {
    return -moves(it -> it.isOf(account, Place.AVAILABLE))
        .mapToLong(it -> Math.min(0, it.points()))
        .sum();
  }

  /** Points by which the member's debt grew. */
  public long owed() {
    return moves(it -> it.isOf(Movement.POINTS, Place.DEBT))
        .mapToLong(it -> Math.max(0, it.points()))
        .sum();
  }

  /** The sum that a sale brought into an account, wherever it is now; a capture brings none. */
  public long broughtIn(String account) {
    return kind == Kind.CAPTURE
        ? 0
        : moves(it -> it.account().equals(account)).mapToLong(it -> Math.max(0, it.worth())).sum();
  }

  /** The sum that paid for a sale from an account, whether it was there, held or is owed now. */
  public long paidWith(String account) {
    if (kind == Kind.CAPTURE) {
      return extra.detail().getLong(account, 0L);
    }
    return spent(account) + (account.equals(Movement.POINTS) ? owed() : 0);
  }

  private Stream<Movement> moves(Predicate<Movement> which) {
    return movements.stream().filter(which);
  }

  /**
   * The transaction that it ends or undoes; empty when there is none. A reversal of an entry of a
   * member that was merged into this one names that entry by its part.
   */
  public String undone() {
    Long own = extra.refersTo();
    if (own != null) {
      return memberId + "-" + own;
    }
    return kind == Kind.REVERSAL ? extra.part() : "";
  }

  /** Whether it ends or undoes the member's own entry of that sequence. */
  public boolean refersTo(long other) {
    return extra.refersTo() != null && extra.refersTo() == other;
  }

  /** Whether it ends or undoes that entry, which may be another member's. */
  public boolean refersTo(Entry other) {
    return undone().equals(other.transactionId());
  }

  /** One line for people. */
  @Override
  public String toString() {
    return "entry %s %s of %d, balance %d, %s, %s, %s, recorded at %s, key %s"
        .formatted(
            transactionId(), kind, points, balance, movements, origin, extra, recordedAt, key);
  }
}
