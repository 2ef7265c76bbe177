package points.gateway.call;

import io.vertx.core.Future;
import java.util.Optional;
import points.gateway.web.Problem;
import points.gateway.web.RefusalProblem;
import points.ledger.Ledger;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.model.StateSnapshot;

/**
 * Whether a member can have what is to be sent to it. This is said for the caller's sake: what
 * cannot stay where it arrives comes back.
 */
public final class ReceiverCheck {

  private final Ledger ledger;

  public ReceiverCheck(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Empty when it can. */
  public Future<Optional<Problem>> check(MemberKey receiver, boolean mayBeFrozen) {
    return ledger
        .state(receiver)
        .map(
            found ->
                found
                    .map(StateSnapshot::state)
                    .map(state -> problem(receiver.memberId(), state, mayBeFrozen))
                    .orElseGet(
                        () ->
                            Optional.of(
                                Problem.of(
                                    RefusalProblem.MEMBER_NOT_FOUND,
                                    "The program has no member " + receiver.memberId() + "."))));
  }

  private static Optional<Problem> problem(String id, MemberState state, boolean mayBeFrozen) {
    return switch (state.status()) {
      case ACTIVE -> Optional.empty();
      case FROZEN ->
          mayBeFrozen
              ? Optional.empty()
              : Optional.of(
                  Problem.of(RefusalProblem.MEMBER_FROZEN, "Member " + id + " is frozen."));
      case CLOSED ->
          Optional.of(
              Problem.of(RefusalProblem.MEMBER_CLOSED, "Member " + id + " has left for good."));
      case MERGED -> {
        String into = String.valueOf(state.mergedInto());
        yield Optional.of(
            Problem.of(RefusalProblem.MEMBER_MERGED, "Member " + id + " goes on as " + into + ".")
                .with("memberId", into));
      }
    };
  }
}
