package points.gateway.command;

import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;
import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.gateway.call.OutcomeMapping;
import points.gateway.call.ParsedCall;
import points.gateway.call.WriteCall;
import points.gateway.json.TransferJson;
import points.gateway.web.ApiRouter;
import points.gateway.web.CallResult;
import points.gateway.web.JsonRequest;
import points.gateway.web.RefusalProblem;
import points.gateway.web.TransactionId;
import points.ledger.Ledger;
import points.ledger.command.MoveCommand.MoveOut;
import points.ledger.command.Precondition;
import points.ledger.command.Refusal;
import points.ledger.command.Refusal.NotMovable;
import points.ledger.command.Refusal.Unmovable;
import points.ledger.form.FieldFault;
import points.ledger.form.Formats;
import points.ledger.form.JsonFields;
import points.ledger.model.Entry;
import points.ledger.model.EntryTrait;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;

/** {@code /v1/transactions/{transactionId}/move}: a sale goes to the member who bought. */
public final class MoveRoutes {

  private static final String ID = "transactionId";

  private final Ledger ledger;

  public MoveRoutes(Ledger ledger) {
    this.ledger = ledger;
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
      body.wrong("memberId", FieldFault.OTHER_OWNER);
    }
    return new NamedEntry(ledger, caller, id)
        .call(
            any -> true,
            new Refusal.TransactionNotFound(),
            sale -> move(sale, new By(input, operator, reason), to))
        .with(to);
  }

  /** The call, the person that ordered it, and the reason. */
  private record By(JsonRequest call, @Nullable String operator, @Nullable String reason) {}

  private Future<CallResult> move(Entry sale, By by, MemberKey to) {
    if (!sale.kind().is(EntryTrait.MOVABLE)) {
      return CallResult.failure(RefusalProblem.of(new NotMovable(Unmovable.KIND)));
    }
    var origin =
        new Origin(
                sale.origin().storeId(), null, sale.origin().orderId(), by.operator(), by.reason())
            .soldBy(sale.origin().channel(), sale.origin().cashierId())
            .sentBy(by.call().actor());
    MoveOut command =
        MoveOut.of(sale.member(), by.call().key(), origin, sale.sequence(), to.memberId());
    return OutcomeMapping.result(
        ledger.submit(command, new Precondition.SaleCanArrive(sale, to)), 201, TransferJson::move);
  }
}
