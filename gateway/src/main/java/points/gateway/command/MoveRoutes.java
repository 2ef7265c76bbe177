package points.gateway.command;

import io.vertx.core.Future;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.gateway.call.FirstAnswers;
import points.gateway.call.ParsedCall;
import points.gateway.call.ReceiverCheck;
import points.gateway.call.WriteCall;
import points.gateway.json.TransferJson;
import points.gateway.web.ApiRouter;
import points.gateway.web.CallResult;
import points.gateway.web.Formats;
import points.gateway.web.JsonFields;
import points.gateway.web.JsonRequest;
import points.gateway.web.Problem;
import points.gateway.web.RefusalProblem;
import points.gateway.web.StoreScope;
import points.gateway.web.TransactionId;
import points.ledger.Ledger;
import points.ledger.command.MoveCommand.MoveOut;
import points.ledger.command.Refusal;
import points.ledger.command.Refusal.NotMovable;
import points.ledger.command.Refusal.Unmovable;
import points.ledger.decide.Decision;
import points.ledger.decide.MoveDecider;
import points.ledger.model.Entry;
import points.ledger.model.EntryTrait;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;

/** {@code /v1/transactions/{transactionId}/move}: a sale goes to the member who bought. */
public final class MoveRoutes {

  private static final String ID = "transactionId";

  private final Ledger ledger;
  private final ReceiverCheck receivers;

  public MoveRoutes(Ledger ledger) {
    this.ledger = ledger;
    this.receivers = new ReceiverCheck(ledger);
  }

  public void mount(ApiRouter api) {
    api.post(
        "/v1/transactions/:transactionId/move",
        Permission.SERVE,
        ctx -> WriteCall.answerOnEntry(ctx, ID, this::move));
  }

  /** As a line of a batch. */
  public WriteCall move() {
    return WriteCall.onEntry(Permission.SERVE, ID, this::move);
  }

  private ParsedCall move(Credential caller, @Nullable TransactionId id, JsonRequest input) {
    JsonFields body = input.body();
    var to = new MemberKey(caller.programId(), body.id("memberId"));
    String operator = body.optionalReadable("operator", Formats.OPERATOR_LENGTH_MAX);
    String reason = body.optionalReadable("reason", Formats.REASON_LENGTH_MAX);
    if (id != null && id.member().equals(to)) {
      body.wrong("memberId", "must be another member than that of the transaction");
    }
    return ParsedCall.of(
            id,
            () ->
                TransactionId.find(ledger, id)
                    .compose(
                        found ->
                            found
                                .map(
                                    sale ->
                                        move(
                                            caller,
                                            sale,
                                            new By(input.key(), operator, reason),
                                            to))
                                .orElseGet(
                                    () ->
                                        CallResult.failure(
                                            RefusalProblem.of(new Refusal.TransactionNotFound())))))
        .with(to);
  }

  /** The call's key, and who made it and why. */
  private record By(String key, @Nullable String operator, @Nullable String reason) {}

  private Future<CallResult> move(Credential caller, Entry sale, By by, MemberKey to) {
    if (!caller.actsFor(sale.origin().storeId())) {
      return CallResult.failure(StoreScope.outOfScope(caller));
    } else if (!sale.kind().is(EntryTrait.MOVABLE)) {
      return CallResult.failure(RefusalProblem.of(new NotMovable(Unmovable.KIND)));
    }
    var origin =
        new Origin(
            sale.origin().storeId(), null, sale.origin().orderId(), by.operator(), by.reason());
    MoveOut command = MoveOut.of(sale.member(), by.key(), origin, sale.sequence(), to.memberId());
    return FirstAnswers.result(ledger, command, () -> check(command, sale, to), TransferJson::move);
  }

  /** Said for the caller's sake: a sale that cannot stay where it arrives comes back. */
  private Future<Optional<Problem>> check(MoveOut command, Entry sale, MemberKey to) {
    return receivers
        .check(to, false)
        .compose(
            wrong ->
                wrong.isPresent() ? Future.succeededFuture(wrong) : arrival(command, sale, to));
  }

  /** Tries both steps without writing. Why a sale cannot leave, the ledger says by itself. */
  private Future<Optional<Problem>> arrival(MoveOut command, Entry sale, MemberKey to) {
    return ledger
        .preview(command)
        .compose(
            left ->
                left instanceof Decision.Accepted out
                    ? ledger
                        .preview(MoveDecider.arriving(out.answer(), sale, to))
                        .map(MoveRoutes::refused)
                    : Future.succeededFuture(Optional.empty()));
  }

  private static Optional<Problem> refused(Decision arrival) {
    return arrival instanceof Decision.Refused refused
        ? Optional.of(RefusalProblem.of(refused.refusal()))
        : Optional.empty();
  }
}
