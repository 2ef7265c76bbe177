package points.ledger.refund;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import points.ledger.refund.ParkedRefund.Status;
import points.ledger.registry.SetupRequests;
import points.ledger.trail.TrailChange;

/** Parked refunds, as their callers see them. */
public interface ParkedRefundTable {

  /** A row, and the content that its key stands for. */
  record Found(ParkedRefund refund, UUID fingerprint) {}

  /**
   * Parks a refund.
   *
   * @return none when there is one of the same key, or of the same order and refund id, or the sale
   */
  Future<List<Found>> park(RefundRequest wanted);

  /**
   * Looks up the order of a refund and what is parked for it, in one statement. The statement sees
   * the sales first and waits then for any node that is parking the same refund. So if it shows a
   * sale and no parked refund, no node has parked the refund or will.
   */
  Future<OrderSnapshot> lookUp(RefundRequest wanted);

  /** The rows of the same key, and of the same order and refund id. */
  Future<List<Found>> find(RefundRequest wanted);

  /** That of the same order and refund id. */
  Future<Optional<ParkedRefund>> one(RefundRequest wanted);

  /**
   * Returns a program's refunds that were not applied, in the order in which they were parked.
   *
   * @param status only those; null for all
   */
  Future<List<ParkedRefund>> page(String programId, @Nullable Status status, long after, int limit);

  /**
   * Takes one back that waits for its sale.
   *
   * @param trail the change as the audit trail has it
   * @return empty when none waits; failed with {@link SetupRequests.KeyReusedException} when the
   *     key stands for another
   */
  Future<Optional<ParkedRefund>> withdraw(RefundRequest named, TrailChange trail);
}
