package points.ledger.refund;

import io.vertx.core.Future;
import java.util.function.Function;
import points.ledger.command.Command;
import points.ledger.command.OrderCommand.Reverse;
import points.ledger.command.Outcome;
import points.ledger.forward.MergeRedirect;
import points.ledger.outbox.OutboxTable;

/**
 * Reverses entries, on the member that has the points now.
 *
 * <p>That is the entry's own member, or the one into which it was merged.
 */
public final class ReversalService {

  private final MergeRedirect arrived;

  /**
   * @param outbox knows what merges have still to bring
   * @param submit has a command decided on its member
   */
  public ReversalService(OutboxTable outbox, Function<Command, Future<Outcome>> submit) {
    this.arrived =
        new MergeRedirect(submit, merged -> outbox.leaves(merged).map(leaves -> !leaves));
  }

  /** Undoes an entry; nothing is applied while a merge has not brought all there yet. */
  public Future<Outcome> submit(Reverse reverse) {
    return arrived.submit(reverse.member(), reverse::decidedOn);
  }
}
