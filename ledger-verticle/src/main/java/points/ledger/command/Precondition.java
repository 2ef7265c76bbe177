package points.ledger.command;

import points.ledger.model.Entry;
import points.ledger.model.MemberKey;

/**
 * A condition of a command on something beyond its own member. It is checked for the caller's sake,
 * before the command goes to its lane: a command that was accepted before gets its first answer
 * whether the condition holds still or not.
 */
public sealed interface Precondition {

  /** The member to whom points are sent is active, so that they can stay there. */
  record ReceiverActive(MemberKey receiver) implements Precondition {}

  /** The sale can leave its member, and can stay with the other, who is active. */
  record SaleCanArrive(Entry sale, MemberKey receiver) implements Precondition {}

  /** The member shares the pool. */
  record SharesPool(MemberKey pool, String memberId) implements Precondition {}
}
