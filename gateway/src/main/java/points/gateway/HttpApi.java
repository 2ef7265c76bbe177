package points.gateway;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.util.Set;
import points.gateway.batch.BatchRoutes;
import points.gateway.catalogue.ProductRoutes;
import points.gateway.command.HeldOrderRoutes;
import points.gateway.command.MemberEndRoutes;
import points.gateway.command.ReviewRoutes;
import points.gateway.console.ConsoleFiles;
import points.gateway.console.ConsoleRoutes;
import points.gateway.docs.DocsRoutes;
import points.gateway.event.EventRoutes;
import points.gateway.figure.FigureRoutes;
import points.gateway.rating.RatingRoutes;
import points.gateway.read.AuditTrailRoutes;
import points.gateway.read.BalanceRoutes;
import points.gateway.read.ClaimRoutes;
import points.gateway.read.ExpirationRoutes;
import points.gateway.read.ProofRoutes;
import points.gateway.read.SystemRoutes;
import points.gateway.read.TransactionRoutes;
import points.gateway.rulebook.BudgetHistoryRoutes;
import points.gateway.rulebook.BudgetRoutes;
import points.gateway.rulebook.DifferenceRoutes;
import points.gateway.rulebook.PublicationRoutes;
import points.gateway.rulebook.RuleBookRoutes;
import points.gateway.rulebook.SimulationRoutes;
import points.gateway.session.OidcRoutes;
import points.gateway.session.SecondFactorRoutes;
import points.gateway.session.SessionRoutes;
import points.gateway.session.StaffResetRoutes;
import points.gateway.session.StaffRoutes;
import points.gateway.setup.ApiKeyRoutes;
import points.gateway.setup.IdempotentSetup;
import points.gateway.setup.MemberRoutes;
import points.gateway.setup.PhoneField;
import points.gateway.setup.PoolRoutes;
import points.gateway.setup.ProgramRoutes;
import points.gateway.setup.StoreRoutes;
import points.gateway.tier.TierRoutes;
import points.gateway.web.ApiRouter;
import points.gateway.web.GatewayServices;
import points.ledger.Ledger;
import points.ledger.Registry;

/** Assembles all routes of the API under {@code /v1} for one event loop. */
public final class HttpApi {

  private final ApiRouter api;
  private final BatchRoutes batches;

  /** Mounts all routes on this router. */
  public HttpApi(Router router, GatewayServices services) {
    this.api = new ApiRouter(router, services);
    Ledger ledger = services.ledger();
    Registry registry = services.registry();
    var setup = new IdempotentSetup(registry.requests());
    var calls = new WriteCalls(ledger, registry);
    calls.mount(api);
    this.batches = new BatchRoutes(services, calls.asLines());
    batches.mount(api);
    new ReviewRoutes(registry.reviews(), calls.asReviewed()).mount(api);
    new HeldOrderRoutes(ledger, registry.heldOrders()).mount(api);
    new PoolRoutes(ledger, registry.pools(), setup).mount(api);
    new MemberEndRoutes(ledger).mount(api);
    new BalanceRoutes(ledger).mount(api);
    new ExpirationRoutes(ledger).mount(api);
    new ProofRoutes(ledger.proofs(), ledger.time()).mount(api);
    new TransactionRoutes(ledger).mount(api);
    new ClaimRoutes(ledger).mount(api);
    new EventRoutes(services).mount(api);
    new AuditTrailRoutes(registry.trail()).mount(api);
    new FigureRoutes(services).mount(api);
    new SystemRoutes(services).mount(api);
    new MemberRoutes(registry.profiles(), new PhoneField(registry.programs()), setup).mount(api);
    new TierRoutes(ledger, registry).mount(api);
    new RatingRoutes(ledger, registry, setup).mount(api);
    new ProgramRoutes(ledger, registry, services.keys(), setup).mount(api);
    new RuleBookRoutes(ledger, registry, setup).mount(api);
    new DifferenceRoutes(registry).mount(api);
    new SimulationRoutes(ledger, registry, setup).mount(api);
    new PublicationRoutes(ledger, registry, setup).mount(api);
    new BudgetRoutes(ledger, registry).mount(api);
    new BudgetHistoryRoutes(services).mount(api);
    new StoreRoutes(registry.stores(), registry.catalogue(), setup).mount(api);
    new ProductRoutes(registry.products(), registry.catalogue()).mount(api);
    new ApiKeyRoutes(services.keys(), registry.stores(), setup).mount(api);
    new SessionRoutes(services.staff(), registry.programs(), registry.trail(), services.proxies())
        .mount(api);
    new OidcRoutes(services.provider(), services.staff(), registry.trail()).mount(api);
    new SecondFactorRoutes(services.staff()).mount(api);
    new StaffRoutes(services.staff(), registry.stores(), setup).mount(api);
    new StaffResetRoutes(services.staff(), setup).mount(api);
    for (String path : new ConsoleRoutes(ConsoleFiles.packaged()).mount(router)) {
      api.register(path, Set.of("GET", "HEAD"));
    }
    for (String path : new DocsRoutes().mount(router)) {
      api.register(path, Set.of("GET", "HEAD"));
    }
    api.mountFallbacks();
  }

  /** Answers a request that cannot be parsed, and so does not reach the routes. */
  public void refuse(HttpServerRequest request) {
    api.refuse(request);
  }

  /** Answers the requests whose deadline has passed, and ends the batches that have to end. */
  public void tick() {
    api.tick();
    batches.tick();
  }
}
