package points.load.fault.ledger;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line of the ledger. */
public record Entry(
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

  /** What it is the effect of. */
  public enum Kind {
    ACCRUAL,
    DEDUCTION,
    ADJUSTMENT,
    EXPIRY,
    FREEZE,
    UNFREEZE
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

  /** How the gateway names it to callers. */
  public String transactionId() {
    return memberId + "-" + sequence;
  }

  /** One line for people. */
  @Override
  public String toString() {
    return "entry %s %s of %d, balance %d, lots %s, %s, recorded at %s, key %s"
        .formatted(transactionId(), kind, points, balance, lots, origin, recordedAt, key);
  }
}
