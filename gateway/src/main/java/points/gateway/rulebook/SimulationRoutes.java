package points.gateway.rulebook;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.SqlClient;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.gateway.setup.IdempotentSetup;
import points.gateway.web.ApiRouter;
import points.gateway.web.Authentication;
import points.gateway.web.JsonRequest;
import points.gateway.web.Page;
import points.gateway.web.Problem;
import points.gateway.web.Problem.Code;
import points.gateway.web.Responses;
import points.gateway.web.StoreScope;
import points.ledger.Ledger;
import points.ledger.Registry;
import points.ledger.form.FieldFault;
import points.ledger.form.JsonFields;
import points.ledger.model.Fingerprint;
import points.ledger.registry.SetupRequests.Answer;
import points.ledger.trail.AuditTrail;
import points.ledger.whatif.run.Simulation;
import points.ledger.whatif.run.SimulationChange;
import points.ledger.whatif.run.Simulations;
import points.ledger.whatif.run.Simulations.Wanted;

/** Simulations: what a rule book would have given for the orders of a period. */
public final class SimulationRoutes {

  private static final String ALL = RuleBookRoutes.BOOK + "/simulations";
  private static final String ONE = ALL + "/:simulationId";

  private static final Instant AT_MIN = Instant.parse("2000-01-01T00:00:00Z");

  /** Points that are redeemed, in per cent, where the caller does not say. */
  private static final List<Integer> REDEMPTION = List.of(40, 60, 80);

  private static final Problem NOT_FOUND =
      Problem.of(Code.NOT_FOUND, "The program has no such rule book or simulation.");

  private final Ledger ledger;
  private final Simulations simulations;
  private final IdempotentSetup setup;

  public SimulationRoutes(Ledger ledger, Registry registry, IdempotentSetup setup) {
    this.ledger = ledger;
    this.simulations = registry.simulations();
    this.setup = setup;
  }

  public void mount(ApiRouter api) {
    api.post(ALL, Permission.EDIT_RULE_BOOKS, this::create);
    api.get(ALL, Permission.READ_CHAIN, ofChain(this::list), "cursor", "limit");
    api.get(ONE, Permission.READ_CHAIN, ofChain(this::get));
    api.postWithOptionalBody(ONE + "/cancel", Permission.EDIT_RULE_BOOKS, this::cancel);
  }

  /** Refuses callers that are bound to stores: members and stores of the chain are named. */
  private static Handler<RoutingContext> ofChain(Handler<RoutingContext> handler) {
    return ctx -> {
      Credential caller = Authentication.caller(ctx);
      if (caller.stores() == null) {
        handler.handle(ctx);
      } else {
        Responses.problem(ctx, StoreScope.outOfScope(caller));
      }
    };
  }

  private Instant now() {
    return ledger.time().instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private void create(RoutingContext ctx) {
    JsonRequest input = JsonRequest.ofWrite(ctx);
    JsonFields body = input.body();
    Instant now = now();
    Instant latest = now.minus(Simulations.AGE_MIN);
    Instant from = body.time("from", AT_MIN, latest);
    Instant to = body.time("to", AT_MIN, latest);
    JsonFields shares = body.optionalObject("redemption");
    List<Integer> redemption = shares == null ? REDEMPTION : redemption(shares);
    if (!input.isWrong()) {
      checkPeriod(body, from, to);
    }
    if (input.isWrong()) {
      Responses.problem(ctx, input.problem());
      return;
    }
    var wanted =
        new Wanted(
            Authentication.caller(ctx).programId(),
            RuleBookRoutes.idOf(ctx),
            UUID.randomUUID().toString(),
            from,
            to,
            redemption,
            Authentication.actor(ctx).reference(),
            now);
    Responses.answer(
        ctx,
        setup.once(
            ctx,
            input.key(),
            Fingerprint.of("rulebook.simulate")
                .and(wanted.ruleBookId())
                .and(from)
                .and(to)
                .and(redemption.toString()),
            transaction ->
                simulations
                    .create(transaction, wanted)
                    .compose(
                        change -> answer(ctx, transaction, "rulebook.simulate", 202, change))));
  }

  private static List<Integer> redemption(JsonFields shares) {
    int low = (int) shares.integer("low", 0, 100);
    int likely = (int) shares.integer("likely", low, 100);
    int high = (int) shares.integer("high", likely, 100);
    shares.end();
    return List.of(low, likely, high);
  }

  private static void checkPeriod(JsonFields body, Instant from, Instant to) {
    if (!from.isBefore(to)) {
      body.wrong("to", FieldFault.AFTER_FROM);
    } else if (from.isBefore(to.minus(Simulations.PERIOD_MAX))) {
      body.wrong("from", FieldFault.TIME_RANGE, to.minus(Simulations.PERIOD_MAX), to);
    }
  }

  private void list(RoutingContext ctx) {
    Page.answer(
        ctx,
        (programId, after, limit) ->
            simulations.page(programId, RuleBookRoutes.idOf(ctx), after, limit),
        SimulationJson::of,
        Simulation::simulationId);
  }

  private void get(RoutingContext ctx) {
    Responses.when(
        ctx,
        simulations.find(
            Authentication.caller(ctx).programId(), RuleBookRoutes.idOf(ctx), idOf(ctx)),
        found ->
            found.ifPresentOrElse(
                it -> Responses.json(ctx, 200, SimulationJson.of(it)),
                () -> Responses.problem(ctx, NOT_FOUND)));
  }

  private static String idOf(RoutingContext ctx) {
    return String.valueOf(ctx.pathParam("simulationId"));
  }

  private void cancel(RoutingContext ctx) {
    JsonRequest input = JsonRequest.ofWrite(ctx);
    if (input.isWrong()) {
      Responses.problem(ctx, input.problem());
      return;
    }
    String ruleBookId = RuleBookRoutes.idOf(ctx);
    Responses.answer(
        ctx,
        setup.once(
            ctx,
            input.key(),
            Fingerprint.of("rulebook.cancelSimulation").and(ruleBookId).and(idOf(ctx)),
            transaction ->
                simulations
                    .cancel(
                        transaction,
                        Authentication.caller(ctx).programId(),
                        ruleBookId,
                        idOf(ctx),
                        now())
                    .compose(
                        change ->
                            answer(ctx, transaction, "rulebook.cancelSimulation", 200, change))));
  }

  private static Future<Answer> answer(
      RoutingContext ctx,
      SqlClient transaction,
      String action,
      int status,
      SimulationChange change) {
    if (change instanceof SimulationChange.Unchanged same) {
      return Future.succeededFuture(
          Answer.first(status, SimulationJson.of(same.simulation()).toBuffer()));
    }
    if (!(change instanceof SimulationChange.Done done)) {
      return Future.succeededFuture(IdempotentSetup.refusal(ctx, problem(change)));
    }
    Simulation simulation = done.simulation();
    var fields =
        new JsonObject()
            .put("simulationId", simulation.simulationId())
            .put("from", simulation.from().toString())
            .put("to", simulation.to().toString())
            .put("bookHash", simulation.bookHash());
    return AuditTrail.append(
            transaction,
            Authentication.change(ctx, action, "ruleBook", simulation.ruleBookId())
                .with(null, fields))
        .map(Answer.first(status, SimulationJson.of(simulation).toBuffer()));
  }

  private static Problem problem(SimulationChange refused) {
    if (refused instanceof SimulationChange.TooMany) {
      return Problem.of(
          Code.TOO_MANY_SIMULATIONS,
          "%d simulations of the program wait or run. Wait for one to end, or cancel one."
              .formatted(Simulations.OPEN_MAX));
    } else if (refused instanceof SimulationChange.Ended ended) {
      return Problem.of(
          Code.SIMULATION_ENDED,
          "The simulation is %s. Nothing was changed."
              .formatted(ended.simulation().state().text()));
    }
    return NOT_FOUND;
  }
}
