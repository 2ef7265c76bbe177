package points.ledger;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.ledger.member.FamilyPools;
import points.ledger.member.Profiles;
import points.ledger.registry.Programs;
import points.ledger.registry.SetupRequests;
import points.ledger.registry.Stores;
import points.ledger.review.Reviews;

/** The registry's parts, on one pool of connections. */
public record Registry(
    Programs programs,
    Stores stores,
    Profiles profiles,
    FamilyPools pools,
    SetupRequests requests,
    Reviews reviews) {

  private static final Logger LOG = LoggerFactory.getLogger(Registry.class);
  private static final long REFRESH_PERIOD_MS = Duration.ofSeconds(30).toMillis();
  private static final long CLEANING_PERIOD_MS = Duration.ofHours(1).toMillis();

  /** Opens the registry and reads the programs' rules. */
  public static Future<Registry> open(Vertx vertx, Pool pool) {
    var programs = new Programs(vertx, pool);
    var requests = new SetupRequests(pool);
    vertx.setPeriodic(
        CLEANING_PERIOD_MS,
        id ->
            requests
                .forgetOld()
                .onFailure(cause -> LOG.warn("old answers not forgotten: {}", cause.toString())));
    // Others are told of a change at once; who missed that, or is told by nobody, finds out by
    // itself.
    vertx.setPeriodic(
        REFRESH_PERIOD_MS,
        id ->
            programs
                .refresh()
                .onFailure(cause -> LOG.debug("programs not read again: {}", cause.toString())));
    return programs
        .refresh()
        .map(
            done ->
                new Registry(
                    programs,
                    new Stores(pool),
                    new Profiles(pool),
                    new FamilyPools(pool),
                    requests,
                    new Reviews(pool)));
  }
}
