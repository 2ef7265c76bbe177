package points.ledger.command;

import points.ledger.model.Entry;
import points.ledger.model.MemberKey;

/**
 * A condition of a command on something beyond its own member. It is checked for the caller's sake,
 * before the command goes to its lane: a command that was accepted before gets its first answer
 * whether the condition holds still or not.
 */
public sealed interface Precondition {

  /** Returns what the check of this kind of precondition returns. */
  <R> R by(Checks<R> checks);

  /** One check for each kind of precondition: javac refuses a kind that has none. */
  interface Checks<R> {
    R receiverActive(ReceiverActive wanted);

    R saleCanArrive(SaleCanArrive wanted);

    R sharesPool(SharesPool wanted);
  }

  /** The member to whom points are sent is active, so that they can stay there. */
  record ReceiverActive(MemberKey receiver) implements Precondition {
    @Override
    public <R> R by(Checks<R> checks) {
      return checks.receiverActive(this);
    }
  }

  /** The sale can leave its member, and can stay with the other, who is active. */
  record SaleCanArrive(Entry sale, MemberKey receiver) implements Precondition {
    @Override
    public <R> R by(Checks<R> checks) {
      return checks.saleCanArrive(this);
    }
  }

  /** The member shares the pool. */
  record SharesPool(MemberKey pool, String memberId) implements Precondition {
    @Override
    public <R> R by(Checks<R> checks) {
      return checks.sharesPool(this);
    }
  }
}
