package points.ledger.outbox;

import io.vertx.core.Future;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import points.ledger.command.Command;
import points.ledger.command.HistoryQuery;
import points.ledger.command.OrderCommand.Refund;
import points.ledger.command.Outcome;
import points.ledger.command.Refusal;
import points.ledger.commit.OrderEntries;
import points.ledger.decide.MoveDecider;
import points.ledger.decide.TransferDecider;
import points.ledger.forward.MergeRedirect;
import points.ledger.member.IdentifierTransfer;
import points.ledger.model.Detail;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.OrderPart;
import points.ledger.model.RefundShare;
import points.ledger.order.OrderMembers;

/**
 * Carries out the effects that an entry has beyond its member.
 *
 * <p>Each step is applied once, by its key, however often and on however many nodes it is tried. So
 * after a failure the work begins from the start again.
 */
final class EffectHandlers {

  private final MergeRedirect ledger;
  private final MergeRedirect arrived;
  private final OrderEntries entries;
  private final IdentifierTransfer ended;

  /**
   * @param ledger follows merges at once
   * @param arrived follows them when all has come that was left
   */
  EffectHandlers(
      MergeRedirect ledger, MergeRedirect arrived, OrderEntries entries, IdentifierTransfer ended) {
    this.ledger = ledger;
    this.arrived = arrived;
    this.entries = entries;
    this.ended = ended;
  }

  /** Completes when all is done; fails when it has to be tried again. */
  Future<Void> carryOut(Entry entry) {
    return switch (entry.kind()) {
      case TRANSFER_OUT -> transfer(entry);
      case MERGE_OUT -> merge(entry);
      case MOVE_OUT -> move(entry);
      case CLOSING -> ended.free(entry.member());
      case REFUND -> refund(entry);
      default -> Future.failedFuture("an entry without an effect: " + entry.kind());
    };
  }

  /** The shares of others. */
  private Future<Void> refund(Entry refund) {
    var detail = (Detail.Refunded) Objects.requireNonNull(refund.detail());
    Future<Void> done = Future.succeededFuture();
    for (RefundShare share : detail.others()) {
      var member = new MemberKey(refund.member().programId(), share.memberId());
      done =
          done.compose(
              before ->
                  arrived
                      .submit(member, it -> Refund.of(refund, share, it))
                      .compose(outcome -> shareIsDone(refund, member, outcome)));
    }
    return done;
  }

  /** One who has left for good has no share any more, nor has anybody of a sale that is undone. */
  private Future<Void> shareIsDone(Entry refund, MemberKey member, Outcome outcome) {
    if (outcome instanceof Outcome.Refused refused) {
      if (refused.refusal() instanceof Refusal.MemberClosed) {
        return Future.succeededFuture();
      } else if (refused.refusal() instanceof Refusal.OrderNotFound) {
        return isUndone(refund)
            .compose(
                undone ->
                    undone ? Future.succeededFuture() : done(member, outcome).<Void>mapEmpty());
      }
    }
    return done(member, outcome).mapEmpty();
  }

  /** Returns whether nothing is left of the returned sale, with any member or on its way to one. */
  private Future<Boolean> isUndone(Entry refund) {
    var detail = (Detail.Refunded) Objects.requireNonNull(refund.detail());
    OrderPart part = detail.basis() == null ? null : detail.basis().orderPart();
    var order =
        new HistoryQuery.OfOrder(
            refund.member().programId(),
            String.valueOf(refund.origin().storeId()),
            String.valueOf(refund.origin().orderId()));
    return entries
        .historyOf(order)
        .map(history -> !history.hasSaleOnItsWay() && OrderMembers.main(history, part).isEmpty());
  }

  private Future<Void> transfer(Entry out) {
    MemberKey to = other(out);
    return ledger
        .submit(to, member -> TransferDecider.arriving(out, member))
        .compose(
            outcome ->
                isRefused(outcome)
                    ? step(out.member(), sender -> TransferDecider.comingBack(out, sender))
                    : done(to, outcome))
        .mapEmpty();
  }

  private Future<Void> move(Entry out) {
    MemberKey to = new MemberKey(out.member().programId(), movedTo(out));
    return entries
        .find(out.member(), MoveDecider.saleOf(out))
        .map(Optional::orElseThrow)
        .compose(
            sale ->
                ledger
                    .submit(to, member -> MoveDecider.arriving(out, sale, member))
                    .compose(
                        outcome ->
                            isRefused(outcome)
                                ? step(
                                    out.member(), first -> MoveDecider.comingBack(out, sale, first))
                                : done(to, outcome)))
        .mapEmpty();
  }

  private static String movedTo(Entry out) {
    return out.detail() instanceof Detail.MovedSale moved ? moved.memberId() : "";
  }

  private static boolean isRefused(Outcome outcome) {
    return outcome instanceof Outcome.Refused refused
        && !(refused.refusal() instanceof Refusal.KeyReused);
  }

  /** Hands over the available points, then the pending ones, then the member's identifiers. */
  private Future<Void> merge(Entry out) {
    Future<MemberKey> merged = step(other(out), into -> TransferDecider.merging(out, into));
    for (long earnedBy : TransferDecider.pendingOf(out)) {
      merged = merged.compose(into -> pending(out, into, earnedBy));
    }
    return merged.compose(into -> ended.passOn(out.member(), into));
  }

  private Future<MemberKey> pending(Entry out, MemberKey into, long earnedBy) {
    return entries
        .find(out.member(), earnedBy)
        .map(Optional::orElseThrow)
        .compose(earner -> step(into, to -> TransferDecider.mergingPending(out, to, earner)));
  }

  private static MemberKey other(Entry out) {
    return new MemberKey(out.member().programId(), String.valueOf(out.counterpart()));
  }

  /** Gives whoever has it now. */
  private Future<MemberKey> step(MemberKey member, Function<MemberKey, Command> command) {
    return ledger.submit(member, command).compose(outcome -> done(member, outcome));
  }

  private static Future<MemberKey> done(MemberKey member, Outcome outcome) {
    if (outcome instanceof Outcome.Accepted accepted) {
      return Future.succeededFuture(accepted.entry().member());
    } else if (outcome instanceof Outcome.Replayed replayed) {
      return Future.succeededFuture(replayed.entry().member());
    }
    boolean otherwiseDone =
        outcome instanceof Outcome.Refused refused
            && refused.refusal() instanceof Refusal.KeyReused;
    return otherwiseDone
        ? Future.succeededFuture(member)
        : Future.failedFuture("not done: " + outcome);
  }
}
