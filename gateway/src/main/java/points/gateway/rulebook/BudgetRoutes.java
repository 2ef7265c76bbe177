package points.gateway.rulebook;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.gateway.web.ApiRouter;
import points.gateway.web.Authentication;
import points.gateway.web.Page;
import points.gateway.web.Problem;
import points.gateway.web.QueryParameters;
import points.gateway.web.Responses;
import points.gateway.web.StoreScope;
import points.ledger.Ledger;
import points.ledger.Registry;
import points.ledger.budget.Budget;
import points.ledger.budget.BudgetTerms;
import points.ledger.budget.BudgetTerms.Term;
import points.ledger.rulebook.BudgetRows;
import points.ledger.rulebook.BudgetRows.Drawn;
import points.ledger.rulebook.Timelines;

/** Shows the budgets of a program's rule books: what they issued, what is left, what it costs. */
public final class BudgetRoutes {

  static final String BUDGET = "/v1/budgets/:budgetId";

  private final Ledger ledger;
  private final Timelines timelines;
  private final BudgetRows rows;

  public BudgetRoutes(Ledger ledger, Registry registry) {
    this.ledger = ledger;
    this.timelines = registry.timelines();
    this.rows = registry.budgets();
  }

  public void mount(ApiRouter api) {
    api.get("/v1/budgets", Permission.READ_CHAIN, ofChain(this::list), "cursor", "limit");
    api.get(BUDGET, Permission.READ_CHAIN, ofChain(this::get));
    api.get(BUDGET + "/stores", Permission.READ_CHAIN, ofChain(this::stores), "cursor", "limit");
  }

  /** Refuses callers that are bound to stores: budgets are the whole chain's. */
  static Handler<RoutingContext> ofChain(Handler<RoutingContext> handler) {
    return ctx -> {
      Credential caller = Authentication.caller(ctx);
      if (caller.stores() == null) {
        handler.handle(ctx);
      } else {
        Responses.problem(ctx, StoreScope.outOfScope(caller));
      }
    };
  }

  private BudgetTerms terms(String programId) {
    return timelines.budgets(programId, ledger.time().instant());
  }

  private void list(RoutingContext ctx) {
    Instant now = ledger.time().instant();
    Page.answer(
        ctx,
        (programId, after, limit) ->
            drawn(
                programId,
                terms(programId).byId().tailMap(after + "\0").values().stream()
                    .limit(limit)
                    .toList()),
        it -> BudgetJson.of(it, now),
        it -> it.term().budget().id());
  }

  private Future<List<BudgetJson.Shown>> drawn(String programId, List<Term> terms) {
    return rows.of(programId, terms.stream().map(it -> it.budget().id()).toList())
        .map(
            found -> {
              Map<String, Drawn> byId = new HashMap<>();
              found.forEach(it -> byId.put(it.name(), it));
              return terms.stream()
                  .map(
                      it ->
                          new BudgetJson.Shown(
                              it,
                              byId.getOrDefault(it.budget().id(), Drawn.none(it.budget().id()))))
                  .toList();
            });
  }

  private void get(RoutingContext ctx) {
    Instant now = ledger.time().instant();
    String programId = Authentication.caller(ctx).programId();
    Responses.when(
        ctx,
        drawn(programId, find(ctx, programId).stream().toList()),
        found -> {
          if (found.isEmpty()) {
            Responses.problem(ctx, notFound());
          } else {
            Responses.json(ctx, 200, BudgetJson.of(found.get(0), now));
          }
        });
  }

  private void stores(RoutingContext ctx) {
    QueryParameters query = QueryParameters.of(ctx);
    int limit = query.limit();
    String after = query.idPosition();
    String programId = Authentication.caller(ctx).programId();
    Optional<Term> term = find(ctx, programId);
    if (query.isWrong()) {
      Responses.problem(ctx, query.problem());
    } else if (term.isEmpty()) {
      Responses.problem(ctx, notFound());
    } else {
      Budget budget = term.get().budget();
      Responses.when(
          ctx,
          rows.byStore(programId, budget.id(), after, limit + 1),
          found ->
              Responses.json(
                  ctx,
                  200,
                  Page.of(found, limit, it -> BudgetJson.ofStore(budget, it), Drawn::name)));
    }
  }

  private Optional<Term> find(RoutingContext ctx, String programId) {
    return Optional.ofNullable(terms(programId).byId().get(ctx.pathParam("budgetId")));
  }

  static Problem notFound() {
    return Problem.of(
        Problem.Code.NOT_FOUND, "No rule book of this program has had such a budget.");
  }
}
