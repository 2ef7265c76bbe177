package points.ledger.cache;

import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.model.StateSnapshot;

/**
 * Reads members' states from the fastest consistent source: the shared cache while it may be
 * served, else PostgreSQL. When neither answers, the newest known state is returned, marked stale.
 */
public final class StateReader {

  private final MemberStateCache states;
  private final ReadConsistency consistency;
  private final InstantSource time;
  private final boolean alone;
  private final ReadMetrics metrics;

  /**
   * @param alone whether this node runs alone, so that its own memory is always consistent
   */
  public StateReader(
      MemberStateCache states,
      ReadConsistency consistency,
      InstantSource time,
      boolean alone,
      ReadMetrics metrics) {
    this.states = states;
    this.consistency = consistency;
    this.time = time;
    this.alone = alone;
    this.metrics = metrics;
  }

  /**
   * A member's newest committed state; empty when it is not enrolled.
   *
   * @return fails when PostgreSQL does not answer and no cache has the member
   */
  public Future<Optional<StateSnapshot>> read(MemberKey member) {
    if (!consistency.mayServeCached() || states.isSuspect(member)) {
      return withoutCache(member);
    }
    MemberState own = alone ? states.remembered(member) : null;
    if (own != null) {
      metrics.memory();
      return Future.succeededFuture(Optional.of(consistent(own)));
    }
    return states
        .fromCluster(member)
        .compose(
            found -> {
              // Checked after the read: this node may have stood still while the cluster was asked.
              if (found.isPresent() && consistency.mayServeCached()) {
                metrics.cluster();
                return Future.succeededFuture(found.map(this::consistent));
              }
              return withoutCache(member);
            });
  }

  private Future<Optional<StateSnapshot>> withoutCache(MemberKey member) {
    if (consistency.isDatabaseResponsive()) {
      return fromDatabase(member).recover(cause -> lastKnown(member, cause));
    }
    return lastKnown(member, null)
        .compose(known -> known.isPresent() ? Future.succeededFuture(known) : fromDatabase(member));
  }

  private Future<Optional<StateSnapshot>> fromDatabase(MemberKey member) {
    return states
        .fromDatabase(member)
        .onSuccess(found -> metrics.database())
        .map(found -> found.map(this::consistent));
  }

  /** The newest known state, marked stale; if there is none, the failure that led here. */
  private Future<Optional<StateSnapshot>> lastKnown(
      MemberKey member, @Nullable Throwable otherwise) {
    return states
        .fromCluster(member)
        .compose(
            remote -> {
              MemberState newest = newer(remote.orElse(null), states.remembered(member));
              if (newest != null) {
                metrics.stale();
                return Future.succeededFuture(
                    Optional.of(new StateSnapshot(newest, true, consistency.lastConsistentAt())));
              }
              return otherwise == null
                  ? Future.succeededFuture(Optional.empty())
                  : Future.failedFuture(otherwise);
            });
  }

  private StateSnapshot consistent(MemberState state) {
    return new StateSnapshot(state, false, time.instant());
  }

  private static @Nullable MemberState newer(
      @Nullable MemberState one, @Nullable MemberState other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.sequence() >= other.sequence() ? one : other;
  }
}
