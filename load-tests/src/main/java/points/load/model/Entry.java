package points.load.model;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of the ledger.
 *
 * @param points what the member has more of them by it, wherever they are
 * @param balance points that can be spent after it
 * @param movements all that it changed
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

  /** What it is the effect of. */
  public enum Kind {
    ACCRUAL,
    DEDUCTION,
    ADJUSTMENT,
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
    MOVE_RETURN
  }

  /** Where it came from; what does not belong to the kind is null. */
  public record Origin(
      @Nullable String storeId,
      @Nullable String orderId,
      @Nullable Long amount,
      @Nullable String operator,
      @Nullable String reason) {
    /** Of an entry that nobody asked for. */
    public static final Origin NONE = new Origin(null, null, null, null, null);
  }

  /** A line of an order with its share of the points; of a refund, what came back of it. */
  public record Line(String lineId, long amount, long points) {}

  /**
   * What entries of some kinds say besides.
   *
   * @param refersTo the sequence of the entry that this one ends or undoes
   * @param part which of several of its kind for one order it is
   * @param balances what can be spent after it of the other accounts that it changed
   * @param detail as JSON; empty when there is none
   * @param metadata of the caller's own
   */
  public record Extra(
      @Nullable Long refersTo,
      String part,
      Map<String, Long> balances,
      List<Line> lines,
      JsonObject detail,
      Map<String, String> metadata) {
    /** Of most entries. */
    public static final Extra NONE = new Extra(null, "", Map.of(), List.of(), new JsonObject());

    /** Of a call without metadata. */
    public Extra(
        @Nullable Long refersTo,
        String part,
        Map<String, Long> balances,
        List<Line> lines,
        JsonObject detail) {
      this(refersTo, part, balances, lines, detail, Map.of());
    }
  }

  /** An entry by which points come or go, and nothing else. */
  public Entry(
      String memberId,
      long sequence,
      Kind kind,
      long points,
      long balance,
      List<Lot> lots,
      Origin origin,
      Instant occurredAt,
      Instant recordedAt,
      @Nullable String key) {
    this(
        memberId,
        sequence,
        kind,
        points,
        balance,
        lots.stream().map(Movement::plain).toList(),
        origin,
        Extra.NONE,
        occurredAt,
        recordedAt,
        key);
  }

  /** How the gateway names it to callers. */
  public String transactionId() {
    return memberId + "-" + sequence;
  }

  /** The points that can be spent that it made or took. */
  public List<Lot> lots() {
    return movements.stream()
        .filter(Movement::isPlain)
        .map(it -> new Lot(it.expiresAt(), it.points()))
        .toList();
  }

  /** What the member has more of an account by it, wherever that is. */
  public long worth(String account) {
    return movements.stream()
        .filter(it -> it.account().equals(account))
        .mapToLong(Movement::worth)
        .sum();
  }

  /** What it moved in one place of an account, signed. */
  public long moved(String account, Movement.Place place) {
    return movements.stream()
        .filter(it -> it.account().equals(account) && it.place() == place)
        .mapToLong(Movement::points)
        .sum();
  }

  /** What it took from what can be spent of an account. */
  public long spent(String account) {
    return -movements.stream()
        .filter(it -> it.account().equals(account) && it.place() == Movement.Place.AVAILABLE)
        .mapToLong(it -> Math.min(0, it.points()))
        .sum();
  }

  /** Points that it leaves its member owing. */
  public long owed() {
    return movements.stream()
        .filter(it -> it.account().equals(Movement.POINTS) && it.place() == Movement.Place.DEBT)
        .mapToLong(it -> Math.max(0, it.points()))
        .sum();
  }

  /** What a sale was paid with from an account, whether that was there or is owed. */
  public long paidWith(String account) {
    return spent(account) + (account.equals(Movement.POINTS) ? owed() : 0);
  }

  /**
   * The transaction that it ends or undoes; empty when there is none. A reversal names one of a
   * member that was merged into its own by its part.
   */
  public String undone() {
    Long own = extra.refersTo();
    if (own != null) {
      return memberId + "-" + own;
    }
    return kind == Kind.REVERSAL ? extra.part() : "";
  }

  public boolean refersTo(long other) {
    return extra.refersTo() != null && extra.refersTo() == other;
  }

  /** Whether it ends or undoes that one. */
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
