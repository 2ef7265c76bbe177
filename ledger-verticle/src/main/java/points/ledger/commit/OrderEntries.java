package points.ledger.commit;

import io.vertx.core.Future;
import java.util.Optional;
import points.ledger.command.EntryHistory;
import points.ledger.command.HistoryQuery;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;

/** Committed entries as refunds and the outbox look them up: one by one, and by their order. */
public interface OrderEntries extends CommittedEntries {

  /** One entry; empty when there is none of this number. */
  Future<Optional<Entry>> find(MemberKey member, long sequence);

  /** The entries of an order with those that refer to them. */
  Future<EntryHistory> historyOf(HistoryQuery.OfOrder order);

  /**
   * Completes when all earlier commits are as safe as an answered write. The standby, if there is
   * one, has them too.
   */
  Future<Void> awaitReplicated();
}
