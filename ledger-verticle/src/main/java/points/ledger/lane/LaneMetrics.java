package points.ledger.lane;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Metrics of one lane. */
final class LaneMetrics {

  private final DistributionSummary batchCommands;
  private final DistributionSummary batchMembers;
  private final Timer commit;
  private final Counter outdated;
  private final Counter replays;
  private final Counter unknown;
  private final Counter conflicts;
  private final Counter loads;
  private final Counter lookups;
  private final Counter unrated;
  private final Counter otherBudgets;

  LaneMetrics(MeterRegistry registry, int laneNo) {
    Tags lane = Tags.of("lane", Integer.toString(laneNo));
    batchCommands =
        DistributionSummary.builder("points.lane.batch.commands")
            .description("commands in a batch")
            .tags(lane)
            .publishPercentileHistogram()
            .maximumExpectedValue(5_000.0)
            .register(registry);
    batchMembers =
        DistributionSummary.builder("points.lane.batch.members")
            .description("members in a batch")
            .tags(lane)
            .register(registry);
    commit =
        Timer.builder("points.lane.commit")
            .description("from sending a batch to its commit")
            .tags(lane)
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofNanos(100_000))
            .maximumExpectedValue(Duration.ofSeconds(10))
            .register(registry);
    outdated =
        counter(registry, "points.lane.stale", "members decided from an outdated state", lane);
    replays = counter(registry, "points.lane.replays", "commands that had an entry already", lane);
    unknown = counter(registry, "points.lane.unknown", "batches whose commit is in doubt", lane);
    conflicts = counter(registry, "points.lane.conflicts", "batches sent again", lane);
    loads = counter(registry, "points.lane.loads", "members loaded", lane);
    lookups = counter(registry, "points.lane.lookups", "commands that needed entries", lane);
    unrated = counter(registry, "points.lane.unrated", "orders whose rule book is not known", lane);
    otherBudgets =
        counter(
            registry,
            "points.lane.budget.conflicts",
            "batches decided again by what is left of a budget",
            lane);
  }

  void observe(Inbox inbox, MeterRegistry registry, int laneNo) {
    Tags tags = Tags.of("lane", Integer.toString(laneNo));
    Gauge.builder("points.lane.depth", inbox, Inbox::depth)
        .description("commands waiting or in flight")
        .tags(tags)
        .register(registry);
    Gauge.builder("points.lane.age", inbox, it -> it.ageNanos() / 1e9)
        .description("how long the oldest command has waited")
        .baseUnit("seconds")
        .tags(tags)
        .register(registry);
  }

  void written(int commands, int members, long nanos) {
    batchCommands.record(commands);
    batchMembers.record(members);
    commit.record(nanos, TimeUnit.NANOSECONDS);
  }

  void otherBudget() {
    otherBudgets.increment();
  }

  void unrated(int orders) {
    unrated.increment(orders);
  }

  void outdated() {
    outdated.increment();
  }

  void replayed(int commands) {
    replays.increment(commands);
  }

  void unknown() {
    unknown.increment();
  }

  void conflict() {
    conflicts.increment();
  }

  void loaded(int members) {
    loads.increment(members);
  }

  void lookedUp() {
    lookups.increment();
  }

  private static Counter counter(MeterRegistry registry, String name, String about, Tags tags) {
    return Counter.builder(name).description(about).tags(tags).register(registry);
  }
}
