package points.gateway.http;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.gateway.http.Problem.Code;
import points.ledger.Ledger;
import points.ledger.command.Outcome;
import points.ledger.command.Refusal;
import points.ledger.decide.Decision;
import points.ledger.refund.ParkedRefund;
import points.ledger.refund.ParkedRefund.Status;
import points.ledger.refund.RefundRequest;
import points.ledger.refund.RefundResult;
import points.ledger.refund.WithdrawResult;
import points.ledger.registry.Stores;

/** {@code /v1/refunds}: orders that come back, whole or in parts. */
final class RefundRoutes {

  private static final Problem UNKNOWN_ORDER =
      Problem.of(
          Code.ORDER_NOT_FOUND,
          "The store has no such order. A refund waits for a sale that is still to come when it "
              + "names memberId, or sale with soldAt and amount.");

  /** All but those that were applied, which are transactions. */
  private static final Map<String, Status> SHOWN =
      Arrays.stream(Status.values())
          .filter(it -> it != Status.APPLIED)
          .collect(Collectors.toMap(EntryJson::label, Function.identity()));

  private final Ledger ledger;
  private final Scope scope;

  RefundRoutes(Ledger ledger, Stores stores) {
    this.ledger = ledger;
    this.scope = new Scope(stores);
  }

  void mount(Api api) {
    api.post("/v1/refunds", refund());
    api.post("/v1/refunds/preview", Permission.SERVE, this::preview);
    api.get(
        "/v1/refunds/parked", Permission.RUN_PROGRAM, this::parked, "cursor", "limit", "status");
    api.post("/v1/refunds/parked/withdraw", withdrawal());
  }

  Call refund() {
    return new Call(Permission.SERVE, this::refund);
  }

  Call withdrawal() {
    return new Call(Permission.SERVE, this::withdraw);
  }

  /** One that has lapsed, and whose review is accepted. */
  Call lapsed() {
    return new Call(Permission.RUN_PROGRAM, this::applyLapsed);
  }

  /** Whose order it is, only the ledger knows. */
  private Intent refund(Credential caller, Input input) {
    RefundRequest wanted = RefundJson.wanted(caller, input);
    return Intent.alone(
        () ->
            scope
                .problem(caller, wanted)
                .compose(
                    wrong ->
                        wrong
                            .map(Told::not)
                            .orElseGet(() -> ledger.refunds().submit(wanted).compose(this::told))));
  }

  private Future<Told> told(RefundResult became) {
    if (became instanceof RefundResult.Decided decided) {
      return told(decided.outcome());
    } else if (became instanceof RefundResult.Parked parked) {
      return Future.succeededFuture(
          new Told.Done(201, parked.again(), UndoneJson.parkedAnswer(parked.refund())));
    } else if (became instanceof RefundResult.Unknown) {
      return Told.not(UNKNOWN_ORDER);
    }
    return Told.not(
        Problem.of(
            Code.ORDER_ALREADY_PROCESSED,
            "A refund of this refundId and another content waits for the order."));
  }

  private Future<Told> told(Outcome outcome) {
    return Outcomes.told(ledger.sayingWhatBecame(outcome), 201, UndoneJson::refund);
  }

  private Intent applyLapsed(Credential caller, Input input) {
    RefundRequest wanted = RefundJson.wanted(caller, input);
    return Intent.alone(() -> ledger.refunds().applyLapsed(wanted).compose(this::told));
  }

  private void preview(RoutingContext ctx) {
    Input input = Input.ofBody(ctx);
    Credential caller = Guard.caller(ctx);
    RefundRequest wanted = RefundJson.wanted(caller, input);
    if (input.isWrong()) {
      Reply.problem(ctx, input.problem());
      return;
    }
    Reply.when(
        ctx,
        scope.problem(caller, wanted),
        wrong ->
            wrong.ifPresentOrElse(
                problem -> Reply.problem(ctx, problem),
                () -> Reply.when(ctx, ledger.preview(wanted), decision -> reply(ctx, decision))));
  }

  private static void reply(RoutingContext ctx, Decision decision) {
    if (decision instanceof Decision.Accepted accepted) {
      Reply.json(ctx, 200, UndoneJson.preview(accepted.answer()));
    } else if (decision instanceof Decision.Refused refused) {
      boolean unknown = refused.refusal() instanceof Refusal.OrderNotFound;
      Reply.problem(ctx, unknown ? UNKNOWN_ORDER : Refusals.problem(refused.refusal()));
    } else {
      throw new IllegalStateException("a decision without an answer: " + decision);
    }
  }

  private void parked(RoutingContext ctx) {
    Query query = Query.of(ctx);
    int limit = query.limit();
    long after = query.numberPosition(0);
    String name = query.get("status");
    Status status = name == null ? null : SHOWN.get(name);
    if (name != null && status == null) {
      query.wrong(
          "status",
          "must be one of " + String.join(", ", SHOWN.keySet().stream().sorted().toList()));
    }
    if (query.isWrong()) {
      Reply.problem(ctx, query.problem());
      return;
    }
    Reply.when(
        ctx,
        ledger.refunds().parked(Guard.caller(ctx).programId(), status, after, limit + 1),
        found ->
            Reply.json(
                ctx,
                200,
                Page.of(
                    found, limit, UndoneJson::parked, refund -> Long.toString(refund.number()))));
  }

  /** By the store that takes back. */
  private Intent withdraw(Credential caller, Input input) {
    RefundRequest named = RefundJson.named(caller, input);
    return Intent.alone(
        () ->
            ledger
                .refunds()
                .find(named)
                .compose(
                    found -> {
                      String by =
                          found.map(it -> it.wanted().takenBackBy()).orElse(named.storeId());
                      return caller.actsFor(by)
                          ? withdraw(named)
                          : Told.not(Scope.outOfScope(caller));
                    }));
  }

  private Future<Told> withdraw(RefundRequest named) {
    return ledger.refunds().withdraw(named).map(RefundRoutes::told);
  }

  private static Told told(WithdrawResult became) {
    if (became instanceof WithdrawResult.Withdrawn withdrawn) {
      return new Told.Done(200, withdrawn.again(), UndoneJson.parked(withdrawn.refund()));
    } else if (became instanceof WithdrawResult.TooLate late) {
      return new Told.Not(tooLate(late.refund()));
    }
    return new Told.Not(Problem.of(Code.PARKED_REFUND_NOT_FOUND, "No such refund was parked."));
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
