package points.ledger;

import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.Optional;
import points.ledger.command.Command;
import points.ledger.command.MembershipCommand.Open;
import points.ledger.command.Outcome;
import points.ledger.command.Precondition;
import points.ledger.member.ExpiringMembers;
import points.ledger.member.IdentifierTakenException;
import points.ledger.member.Profiles;
import points.ledger.model.MemberKey;
import points.ledger.model.StateSnapshot;
import points.ledger.proof.Proofs;
import points.ledger.refund.RefundRequest;
import points.ledger.refund.RefundService;
import points.ledger.review.LateOrders;
import points.ledger.store.PgEntryReader;

/** The ledger as its callers see it: takes commands, returns outcomes, and answers reads. */
public interface Ledger {

  /**
   * Has a command decided and, if it is accepted, committed.
   *
   * @return the outcome; fails only by a fault of this program
   */
  Future<Outcome> submit(Command command);

  /** The same of a command that is refused when its precondition does not hold. */
  Future<Outcome> submit(Command command, Precondition precondition);

  /**
   * Opens a member's account with what it had in another system.
   *
   * <p>The profile is stored before the balance: an identifier of another member refuses the whole
   * call.
   *
   * @param profile in the form in which it is kept; a profile that is there already stays
   * @return as {@link #submit(Command)}; failed with {@link IdentifierTakenException}, and nothing
   *     is changed then
   */
  Future<Outcome> open(Open opening, Profiles.Change profile);

  /** The outcome that a command would have now. Nothing is written. */
  Future<Outcome> preview(Command command);

  /** The outcome that a refund would have now. Nothing is written, and nothing is parked. */
  Future<Outcome> preview(RefundRequest wanted);

  /** Orders of tills that may have been offline for long. */
  LateOrders lateOrders();

  /** Refunds of orders. */
  RefundService refunds();

  /** A member's newest committed state; empty when it is not enrolled. */
  Future<Optional<StateSnapshot>> state(MemberKey member);

  /** The entries, as they were written. */
  PgEntryReader entries();

  /** Members with points that expire soon. */
  ExpiringMembers expiring();

  /** Checks of members' states against their entries. */
  Proofs proofs();

  /** The clock by which commands are decided; callers date what they show and ask by it, too. */
  InstantSource time();
}
