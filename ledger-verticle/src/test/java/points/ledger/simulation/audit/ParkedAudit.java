package points.ledger.simulation.audit;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import points.ledger.model.Detail;
import points.ledger.model.Entry;
import points.ledger.refund.ParkedRefund;
import points.ledger.refund.RefundRequest;
import points.ledger.refund.RefundResult;
import points.ledger.refund.WithdrawResult;
import points.ledger.simulation.postgres.Parking.Row;

/**
 * Follows every parked refund to its one end: applied, refused by the rules, withdrawn or lapsed.
 * One that was withdrawn is never applied, one that has lapsed only when somebody decides so.
 */
public final class ParkedAudit {

  private final HistoryAuditor auditor;
  private final Map<String, Row> byOwnKey = new HashMap<>();

  /** Those that lapsed and that somebody decided to apply all the same. */
  private final Set<Row> accepted = new HashSet<>();

  /** By their entries, which are not in the table yet perhaps. */
  private final Map<Row, Entry> applied = new HashMap<>();

  ParkedAudit(HistoryAuditor auditor) {
    this.auditor = auditor;
  }

  public void parked(Row row) {
    auditor.count("refunds parked");
    Row other = byOwnKey.put(ownKey(row.wanted()), row);
    auditor.check(other == null, () -> "parked twice: " + row);
  }

  /** It waits no longer, because its caller, or its time, has said so. */
  public void endedAs(Row row, String how) {
    auditor.count("parked refunds " + how);
    auditor.note("parked refund " + how, row::toString);
    auditor.check(
        !applied.containsKey(row), () -> how + ", and was applied before: " + applied.get(row));
  }

  public void endedByLedger(Row row, @Nullable String transactionId) {
    auditor.count(transactionId == null ? "parked refunds refused" : "parked refunds applied");
    Entry entry = applied.get(row);
    boolean isOfKey =
        entry == null ? transactionId == null : entry.transactionId().equals(transactionId);
    auditor.check(
        isOfKey || isOfOther(row, transactionId),
        () -> row + " is said to be " + transactionId + ", and left " + entry);
  }

  /** Somebody may have refunded the same without seeing that it is parked: it is one refund. */
  private boolean isOfOther(Row row, @Nullable String transactionId) {
    return transactionId != null
        && auditor
            .past()
            .find(row.wanted().programId(), transactionId)
            .filter(it -> it.detail() instanceof Detail.Refunded)
            .filter(it -> it.part().equals(row.wanted().refundId()))
            .isPresent();
  }

  /** Somebody decides that it is applied although it has lapsed. */
  public void accepted(Row row) {
    accepted.add(row);
  }

  void committed(Entry entry) {
    String key = entry.request() == null ? "" : entry.request().key();
    if (entry.kind() != Entry.Kind.REFUND || !key.startsWith("refund of ") || isShare(entry)) {
      return;
    }
    Row row = byOwnKey.get(entry.member().programId() + " " + key);
    auditor.check(row != null, () -> "a parked refund that nobody parked: " + entry);
    if (row == null) {
      return;
    }
    applied.put(row, entry);
    auditor.check(!row.isWithdrawn(), () -> "a withdrawn refund is applied: " + row + ", " + entry);
    auditor.check(
        !row.isLapsed() || accepted.contains(row),
        () -> "a lapsed refund is applied by itself: " + row + ", " + entry);
  }

  private static boolean isShare(Entry entry) {
    return entry.detail() instanceof Detail.Refunded refunded && refunded.shareOf() != null;
  }

  /** A till is told of its refund. */
  public void told(RefundRequest wanted, RefundResult answer) {
    if (answer instanceof RefundResult.Parked parked) {
      Row row = byOwnKey.get(ownKey(wanted));
      auditor.check(
          row != null && row.fingerprint().equals(wanted.fingerprint()),
          () -> wanted + " is told that it is parked: " + parked + ", " + row);
    } else if (answer instanceof RefundResult.OtherParked) {
      auditor.check(
          byOwnKey.containsKey(ownKey(wanted)), () -> wanted + " is told that another is parked");
    } else if (answer instanceof RefundResult.Unknown) {
      auditor.check(
          wanted.sale().memberId() == null || wanted.points() != null || wanted.orderPart() != null,
          () -> wanted + " could have been parked");
    }
    auditor.count("refund " + answer.getClass().getSimpleName());
  }

  /** A till is told of what it withdraws. */
  public void told(RefundRequest named, WithdrawResult answer) {
    Row row = byOwnKey.get(ownKey(named));
    boolean isTrue =
        answer instanceof WithdrawResult.NotParked
            || (row != null && row.isWithdrawn() == answer instanceof WithdrawResult.Withdrawn);
    auditor.check(isTrue, () -> named + " is told " + answer + ": " + row);
    auditor.count("withdrawal " + answer.getClass().getSimpleName());
  }

  /** At the end of a history those wait whose sale never came, and no others. */
  void ended() {
    for (Row row : byOwnKey.values()) {
      auditor.check(
          row.isEnded() || !row.hasSale(), () -> "its sale is there, and it waits: " + row);
      ParkedRefund.Status status = row.status();
      auditor.check(
          (status == ParkedRefund.Status.APPLIED) == applied.containsKey(row)
              || isOfOther(row, row.transactionId()),
          () -> row + " is " + status + ", and left " + applied.get(row));
    }
  }

  private static String ownKey(RefundRequest wanted) {
    return "%s refund of %s %s %s"
        .formatted(wanted.programId(), wanted.storeId(), wanted.orderId(), wanted.refundId());
  }
}
