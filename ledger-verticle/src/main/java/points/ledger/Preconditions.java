package points.ledger;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import points.ledger.command.Command;
import points.ledger.command.Outcome;
import points.ledger.command.Precondition;
import points.ledger.command.Precondition.ReceiverActive;
import points.ledger.command.Precondition.SaleCanArrive;
import points.ledger.command.Precondition.SharesPool;
import points.ledger.command.Refusal;
import points.ledger.decide.MoveDecider;
import points.ledger.forward.Submitter;
import points.ledger.member.FamilyPool;
import points.ledger.member.FamilyPools;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.model.StateSnapshot;

/** Checks the preconditions of commands. */
final class Preconditions {

  private final Function<MemberKey, Future<Optional<StateSnapshot>>> states;
  private final FamilyPools pools;
  private final Submitter lanes;

  Preconditions(
      Function<MemberKey, Future<Optional<StateSnapshot>>> states,
      FamilyPools pools,
      Submitter lanes) {
    this.states = states;
    this.pools = pools;
    this.lanes = lanes;
  }

  /** The refusal of a command whose precondition does not hold; empty when it holds. */
  Future<Optional<Refusal>> check(Command command, Precondition precondition) {
    return precondition.by(new ChecksOf(command));
  }

  /** The checks of a command. */
  private final class ChecksOf implements Precondition.Checks<Future<Optional<Refusal>>> {
    private final Command command;

    ChecksOf(Command command) {
      this.command = command;
    }

    @Override
    public Future<Optional<Refusal>> receiverActive(ReceiverActive wanted) {
      return receiver(wanted.receiver());
    }

    @Override
    public Future<Optional<Refusal>> saleCanArrive(SaleCanArrive wanted) {
      return receiver(wanted.receiver())
          .compose(
              unable ->
                  unable.isPresent() ? Future.succeededFuture(unable) : arrives(command, wanted));
    }

    @Override
    public Future<Optional<Refusal>> sharesPool(SharesPool wanted) {
      return pools.find(wanted.pool()).map(found -> shares(found.orElse(null), wanted.memberId()));
    }
  }

  private static Optional<Refusal> shares(@Nullable FamilyPool pool, String memberId) {
    if (pool == null) {
      return Optional.of(new Refusal.PoolNotFound());
    }
    return pool.memberIds().contains(memberId)
        ? Optional.empty()
        : Optional.of(new Refusal.NotInPool(memberId));
  }

  private Future<Optional<Refusal>> receiver(MemberKey receiver) {
    return states
        .apply(receiver)
        .map(found -> unable(found.map(StateSnapshot::state).orElse(null)))
        .map(why -> why.map(it -> new Refusal.ReceiverUnable(receiver.memberId(), it)));
  }

  private static Optional<Refusal> unable(@Nullable MemberState receiver) {
    if (receiver == null) {
      return Optional.of(new Refusal.MemberNotFound());
    }
    return switch (receiver.status()) {
      case ACTIVE -> Optional.empty();
      case FROZEN -> Optional.of(new Refusal.MemberFrozen());
      case CLOSED -> Optional.of(new Refusal.MemberClosed());
      case MERGED -> Optional.of(new Refusal.MemberMerged(String.valueOf(receiver.mergedInto())));
    };
  }

  /** Tries both steps of a move. Why a sale cannot leave, its lane says by itself. */
  private Future<Optional<Refusal>> arrives(Command move, SaleCanArrive arrival) {
    return lanes
        .dryRun(move)
        .compose(
            left ->
                left instanceof Outcome.Previewed out
                    ? lanes
                        .dryRun(
                            MoveDecider.arriving(out.entry(), arrival.sale(), arrival.receiver()))
                        .map(Preconditions::refusal)
                    : Future.succeededFuture(Optional.empty()));
  }

  private static Optional<Refusal> refusal(Outcome outcome) {
    return outcome instanceof Outcome.Refused refused
        ? Optional.of(refused.refusal())
        : Optional.empty();
  }
}
