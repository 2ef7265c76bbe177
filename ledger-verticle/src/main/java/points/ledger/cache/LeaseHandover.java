package points.ledger.cache;

import io.vertx.core.Future;
import java.util.Collection;

/** Asks another node for the leases that it holds. */
@FunctionalInterface
public interface LeaseHandover {

  /**
   * Asks a node to finish its work on these members and to release their leases.
   *
   * @param holder the node's id
   * @param members the members' keys in the state cache
   * @return fails when the node does not answer in a short time
   */
  Future<Void> request(String holder, Collection<String> members);
}
