package points.ledger.lane;

import io.vertx.core.Future;
import java.util.Collection;

/** Asks a node that holds leases for them. */
@FunctionalInterface
public interface HandOver {

  /**
   * Has a node finish what it has under way on these members and give their leases up.
   *
   * @param holder the node's id
   * @param members their names among the hot members
   * @return failed when the node does not answer in a short time
   */
  Future<Void> ask(String holder, Collection<String> members);
}
