package points.ledger.commit;

import io.vertx.core.Future;
import java.util.Collection;
import java.util.Map;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;

/** The states of members as they are committed. */
public interface CommittedStates {

  /** The committed states of these members; one that is not enrolled is not among them. */
  Future<Map<MemberKey, MemberState>> states(Collection<MemberKey> members);
}
