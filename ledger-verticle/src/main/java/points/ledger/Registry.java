package points.ledger;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.cluster.timing.PollingLoop;
import points.cluster.timing.Timers;
import points.ledger.catalogue.Catalogue;
import points.ledger.catalogue.Products;
import points.ledger.held.HeldOrders;
import points.ledger.member.FamilyPools;
import points.ledger.member.Profiles;
import points.ledger.rating.Ratings;
import points.ledger.registry.Programs;
import points.ledger.registry.SetupRequests;
import points.ledger.registry.Stores;
import points.ledger.review.Reviews;
import points.ledger.rulebook.BudgetHistory;
import points.ledger.rulebook.BudgetRows;
import points.ledger.rulebook.Publications;
import points.ledger.rulebook.RuleBooks;
import points.ledger.rulebook.Timelines;
import points.ledger.trail.AuditTrail;
import points.ledger.whatif.run.Simulations;

/** The set-up of chains, members' profiles and ratings; all on one pool of connections. */
public final class Registry {

  private static final Logger LOG = LoggerFactory.getLogger(Registry.class);
  private static final long REFRESH_PERIOD_MS = Duration.ofSeconds(30).toMillis();
  private static final long CLEANING_PERIOD_MS = Duration.ofHours(1).toMillis();

  private final Timers timers;
  private final Programs programs;
  private final Catalogue catalogue;
  private final Products products;
  private final Stores stores;
  private final Profiles profiles;
  private final FamilyPools pools;
  private final SetupRequests requests;
  private final RuleBooks ruleBooks;
  private final Publications publications;
  private final Timelines timelines;
  private final BudgetRows budgets;
  private final BudgetHistory budgetHistory;
  private final HeldOrders heldOrders;
  private final Simulations simulations;
  private final Reviews reviews;
  private final Ratings ratings;
  private final AuditTrail trail;
  private final PollingLoop shown;

  private Registry(Vertx vertx, Pool pool) {
    this.timers = new Timers(vertx);
    this.programs = new Programs(vertx, pool);
    this.catalogue = new Catalogue(vertx, pool);
    this.products = new Products(pool);
    this.stores = new Stores(pool);
    this.profiles = new Profiles(pool);
    this.pools = new FamilyPools(pool, profiles);
    this.requests = new SetupRequests(pool);
    this.ruleBooks = new RuleBooks(pool);
    this.publications = new Publications(pool);
    this.timelines = new Timelines(vertx, pool);
    this.budgets = new BudgetRows(pool);
    this.budgetHistory = new BudgetHistory(pool);
    this.heldOrders = new HeldOrders(pool);
    this.simulations = new Simulations(pool);
    this.reviews = new Reviews(pool);
    this.ratings = new Ratings(pool);
    this.trail = new AuditTrail(pool);
    this.shown = new PollingLoop(PollingLoop.pausesOf(vertx), "the audit trail");
  }

  /** Opens the registry and reads the programs' rules and their catalogues. */
  public static Future<Registry> open(Vertx vertx, Pool pool) {
    var registry = new Registry(vertx, pool);
    return registry
        .start()
        .recover(cause -> registry.stop().transform(stopped -> Future.failedFuture(cause)))
        .map(registry);
  }

  private Future<Void> start() {
    timers.every(CLEANING_PERIOD_MS, this::forgetOldRequests);
    // A change is announced to the other nodes at once; a node that missed it finds it out here. If
    // that fails, the next time is soon enough: the rules that a node has are good until then.
    timers.every(REFRESH_PERIOD_MS, this::refreshPrograms);
    return programs
        .start()
        .compose(read -> timelines.start())
        .compose(started -> catalogue.start())
        .onSuccess(started -> shown.start(trail::showEntries));
  }

  private void forgetOldRequests() {
    requests
        .forgetOld()
        .onFailure(
            cause ->
                LOG.warn(
                    "answers to setup requests older than 30 days not deleted, the node tries again"
                        + " in an hour: {}",
                    cause.toString()));
  }

  private void refreshPrograms() {
    programs
        .refresh()
        .onFailure(cause -> LOG.debug("programs not read again: {}", cause.toString()));
  }

  /** Reads nothing again any more. */
  public Future<Void> stop() {
    timers.stop();
    return Future.join(shown.stop(), programs.stop(), timelines.stop(), catalogue.stop())
        .mapEmpty();
  }

  public Programs programs() {
    return programs;
  }

  /** Returns the goods and stores that orders of this node are completed by. */
  public Catalogue catalogue() {
    return catalogue;
  }

  public Products products() {
    return products;
  }

  public Stores stores() {
    return stores;
  }

  public Profiles profiles() {
    return profiles;
  }

  public FamilyPools pools() {
    return pools;
  }

  public SetupRequests requests() {
    return requests;
  }

  public RuleBooks ruleBooks() {
    return ruleBooks;
  }

  public Publications publications() {
    return publications;
  }

  public Timelines timelines() {
    return timelines;
  }

  public BudgetRows budgets() {
    return budgets;
  }

  public BudgetHistory budgetHistory() {
    return budgetHistory;
  }

  public HeldOrders heldOrders() {
    return heldOrders;
  }

  public Simulations simulations() {
    return simulations;
  }

  public Reviews reviews() {
    return reviews;
  }

  public Ratings ratings() {
    return ratings;
  }

  public AuditTrail trail() {
    return trail;
  }
}
