package points.ledger.lane;

import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import points.ledger.domain.MemberKey;
import points.ledger.domain.MemberState;
import points.ledger.domain.Reading;

/**
 * Reads members' states where that is quickest and still certain: what the nodes remember together,
 * else PostgreSQL. When neither is to be had, the newest that is remembered is told, and that it
 * may be old.
 */
public final class Readings {

  private final States states;
  private final Certainty certainty;
  private final InstantSource time;
  private final boolean alone;
  private final ReadMetrics metrics;

  /**
   * @param alone whether nobody else can decide on members: then this node's own memory is certain
   */
  public Readings(
      States states, Certainty certainty, InstantSource time, boolean alone, ReadMetrics metrics) {
    this.states = states;
    this.certainty = certainty;
    this.time = time;
    this.alone = alone;
    this.metrics = metrics;
  }

  /**
   * A member's newest committed state; empty when it is not enrolled.
   *
   * @return failed when the database does not answer and nobody remembers the member
   */
  public Future<Optional<Reading>> read(MemberKey member) {
    if (!certainty.isCertain() || states.isDoubted(member)) {
      return uncertain(member);
    }
    MemberState own = alone ? states.remembered(member) : null;
    if (own != null) {
      metrics.memory();
      return Future.succeededFuture(Optional.of(certain(own)));
    }
    return states
        .ofCluster(member)
        .compose(
            found -> {
              // Only now: this node may have been stopped while the cluster was asked.
              if (found.isPresent() && certainty.isCertain()) {
                metrics.cluster();
                return Future.succeededFuture(found.map(this::certain));
              }
              return uncertain(member);
            });
  }

  private Future<Optional<Reading>> uncertain(MemberKey member) {
    if (certainty.databaseAnswers()) {
      return ofDatabase(member).recover(cause -> lastKnown(member, cause));
    }
    return lastKnown(member, null)
        .compose(known -> known.isPresent() ? Future.succeededFuture(known) : ofDatabase(member));
  }

  private Future<Optional<Reading>> ofDatabase(MemberKey member) {
    return states
        .ofDatabase(member)
        .onSuccess(found -> metrics.database())
        .map(found -> found.map(this::certain));
  }

  /** What is remembered, if anything, else the failure that there was. */
  private Future<Optional<Reading>> lastKnown(MemberKey member, @Nullable Throwable otherwise) {
    return states
        .ofCluster(member)
        .compose(
            remote -> {
              MemberState newest = newer(remote.orElse(null), states.remembered(member));
              if (newest != null) {
                metrics.stale();
                return Future.succeededFuture(
                    Optional.of(new Reading(newest, true, certainty.lastCertain())));
              }
              return otherwise == null
                  ? Future.succeededFuture(Optional.empty())
                  : Future.failedFuture(otherwise);
            });
  }

  private Reading certain(MemberState state) {
    return new Reading(state, false, time.instant());
  }

  private static @Nullable MemberState newer(
      @Nullable MemberState one, @Nullable MemberState other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.sequence() >= other.sequence() ? one : other;
  }
}
