package points.gateway.command;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.gateway.call.OutcomeMapping;
import points.gateway.call.ParsedCall;
import points.gateway.call.WriteCall;
import points.gateway.json.RefundJson;
import points.gateway.web.ApiRouter;
import points.gateway.web.Authentication;
import points.gateway.web.CallResult;
import points.gateway.web.JsonRequest;
import points.gateway.web.Page;
import points.gateway.web.Problem;
import points.gateway.web.Problem.Code;
import points.gateway.web.QueryParameters;
import points.gateway.web.RefusalProblem;
import points.gateway.web.Responses;
import points.gateway.web.StoreScope;
import points.ledger.Ledger;
import points.ledger.command.Outcome;
import points.ledger.command.Refusal;
import points.ledger.form.Formats;
import points.ledger.refund.ParkedRefund;
import points.ledger.refund.ParkedRefund.Status;
import points.ledger.refund.RefundRequest;
import points.ledger.refund.RefundResult;
import points.ledger.refund.WithdrawResult;
import points.ledger.registry.Stores;
import points.ledger.trail.TrailAuthor;
import points.ledger.trail.TrailChange;

/** {@code /v1/refunds}: orders that come back, whole or in parts. */
public final class RefundRoutes {

  private static final Problem UNKNOWN_ORDER =
      Problem.of(
          RefusalProblem.ORDER_NOT_FOUND,
          "The store has no such order. A refund waits for a sale that is still to come when it "
              + "names memberId, or sale with soldAt and amount.");

  /** All but those that were applied, which are transactions. */
  private static final Map<String, Status> SHOWN =
      Arrays.stream(Status.values())
          .filter(it -> it != Status.APPLIED)
          .collect(Collectors.toMap(Formats::label, Function.identity()));

  private final Ledger ledger;
  private final StoreScope scope;

  public RefundRoutes(Ledger ledger, Stores stores) {
    this.ledger = ledger;
    this.scope = new StoreScope(stores);
  }

  public void mount(ApiRouter api) {
    refund().mount(api, "/v1/refunds");
    api.post("/v1/refunds/preview", Permission.REFUND, this::preview);
    api.get(
        "/v1/refunds/parked", Permission.READ_REVIEWS, this::parked, "cursor", "limit", "status");
    withdrawal().mount(api, "/v1/refunds/parked/withdraw");
  }

  public WriteCall refund() {
    return new WriteCall(Permission.REFUND, this::refund);
  }

  public WriteCall withdrawal() {
    return new WriteCall(Permission.REFUND, this::withdraw);
  }

  /** One that has lapsed, and whose review is accepted. */
  public WriteCall lapsed() {
    return new WriteCall(Permission.REVIEW, this::applyLapsed);
  }

  /** Reads a refund, whose member only the ledger can find. */
  private ParsedCall refund(Credential caller, JsonRequest input) {
    RefundRequest wanted = RefundRequestFields.read(caller, input, ledger.time().instant());
    return ParsedCall.alone(
        () ->
            scope
                .problem(caller, wanted)
                .compose(
                    wrong ->
                        wrong
                            .map(CallResult::failure)
                            .orElseGet(() -> ledger.refunds().submit(wanted).map(this::result))));
  }

  private CallResult result(RefundResult became) {
    if (became instanceof RefundResult.Decided decided) {
      return result(decided.outcome());
    } else if (became instanceof RefundResult.Parked parked) {
      return new CallResult.Success(
          201, parked.again(), RefundJson.parkedAnswer(parked.refund(), ledger.time().instant()));
    } else if (became instanceof RefundResult.Unknown) {
      return new CallResult.Failure(UNKNOWN_ORDER);
    }
    return new CallResult.Failure(
        Problem.of(
            RefusalProblem.ORDER_ALREADY_PROCESSED,
            "A refund of this refundId and another content waits for the order."));
  }

  private static CallResult result(Outcome outcome) {
    return OutcomeMapping.result(outcome, 201, RefundJson::refund);
  }

  private ParsedCall applyLapsed(Credential caller, JsonRequest input) {
    RefundRequest wanted = RefundRequestFields.read(caller, input, ledger.time().instant());
    return ParsedCall.alone(() -> ledger.refunds().applyLapsed(wanted).map(RefundRoutes::result));
  }

  private void preview(RoutingContext ctx) {
    JsonRequest input = JsonRequest.ofBody(ctx);
    Credential caller = Authentication.caller(ctx);
    RefundRequest wanted = RefundRequestFields.read(caller, input, ledger.time().instant());
    if (input.isWrong()) {
      Responses.problem(ctx, input.problem());
      return;
    }
    Responses.when(
        ctx,
        scope.problem(caller, wanted),
        wrong ->
            wrong.ifPresentOrElse(
                problem -> Responses.problem(ctx, problem),
                () -> Responses.when(ctx, ledger.preview(wanted), outcome -> reply(ctx, outcome))));
  }

  private static void reply(RoutingContext ctx, Outcome outcome) {
    boolean unknown =
        outcome instanceof Outcome.Refused refused
            && refused.refusal() instanceof Refusal.OrderNotFound;
    Responses.result(
        ctx,
        unknown
            ? new CallResult.Failure(UNKNOWN_ORDER)
            : OutcomeMapping.result(outcome, 200, RefundJson::preview));
  }

  private void parked(RoutingContext ctx) {
    QueryParameters query = QueryParameters.of(ctx);
    int limit = query.limit();
    long after = query.numberPosition(0);
    Status status = query.oneOf("status", SHOWN);
    if (query.isWrong()) {
      Responses.problem(ctx, query.problem());
      return;
    }
    Instant now = ledger.time().instant();
    Responses.when(
        ctx,
        ledger.refunds().parked(Authentication.caller(ctx).programId(), status, after, limit + 1),
        found ->
            Responses.json(
                ctx,
                200,
                Page.of(
                    found,
                    limit,
                    refund -> RefundJson.parked(refund, now),
                    refund -> Long.toString(refund.number()))));
  }

  /** By the store that takes back. */
  private ParsedCall withdraw(Credential caller, JsonRequest input) {
    RefundRequest named = RefundRequestFields.named(caller, input);
    return ParsedCall.alone(
        () ->
            ledger
                .refunds()
                .find(named)
                .compose(
                    found -> {
                      String by =
                          found.map(it -> it.wanted().takenBackBy()).orElse(named.storeId());
                      return caller.actsFor(by)
                          ? withdraw(named, trail(caller, input, named))
                          : CallResult.failure(StoreScope.outOfScope(caller));
                    }));
  }

  private Future<CallResult> withdraw(RefundRequest named, TrailChange trail) {
    return ledger.refunds().withdraw(named, trail).map(this::result);
  }

  private static TrailChange trail(Credential caller, JsonRequest input, RefundRequest named) {
    JsonObject refund =
        new JsonObject().put("storeId", named.storeId()).put("refundId", named.refundId());
    return new TrailChange(
        caller.programId(),
        TrailAuthor.of(Objects.requireNonNull(input.actor()), caller.name()),
        "refund.withdraw",
        "order",
        named.orderId(),
        refund.copy().put("status", "parked"),
        refund.copy().put("status", "withdrawn"));
  }

  private CallResult result(WithdrawResult became) {
    if (became instanceof WithdrawResult.Withdrawn withdrawn) {
      return new CallResult.Success(
          200, withdrawn.again(), RefundJson.parked(withdrawn.refund(), ledger.time().instant()));
    } else if (became instanceof WithdrawResult.TooLate late) {
      return new CallResult.Failure(tooLate(late.refund()));
    }
    return new CallResult.Failure(
        Problem.of(Code.PARKED_REFUND_NOT_FOUND, "No such refund was parked."));
  }

  private static Problem tooLate(ParkedRefund refund) {
    return Problem.of(
        Code.REFUND_NOT_WAITING,
        switch (refund.status()) {
          case LAPSED -> "It waited for too long: reject review " + refund.reviewId() + ".";
          case APPLIED -> "Its sale came: it is transaction " + refund.transactionId() + ".";
          case REFUSED -> "Its sale came, and it was refused: nothing is left to withdraw.";
          default -> "Its sale has come, and it is being applied.";
        });
  }
}
