package points.ledger.rulebook;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.cluster.timing.Timers;
import points.ledger.budget.BudgetTerms;
import points.ledger.program.PublishedBook;
import points.ledger.program.RulesUnknownException;

/**
 * The timelines of all programs, as this node knows them. A node whose knowledge is too old says
 * so, and rates no order: a change that it has not read may have come into force.
 */
public final class Timelines {

  /** Age from which a node rates no order; shorter than {@link Publications#LEAD}. */
  public static final Duration FRESH_FOR = Duration.ofSeconds(35);

  private static final Logger LOG = LoggerFactory.getLogger(Timelines.class);
  private static final String CHANGED = "points.rulebook.changed";
  private static final Duration READ_AFTER = Duration.ofSeconds(10);

  /** A reading that failed is made again so soon. */
  private static final long LOOK_MS = 1_000;

  private record Known(Freshness.Begun begun, Map<String, Timeline> byProgram) {
    static Known newer(Known one, Known other) {
      return one.begun.nanos() - other.begun.nanos() >= 0 ? one : other;
    }
  }

  private final Vertx vertx;
  private final TimelineReader reader;
  private final Freshness freshness;
  private final Timers timers;
  private final MessageConsumer<String> changes;
  private final AtomicBoolean reading = new AtomicBoolean();
  private final AtomicReference<@Nullable Known> known = new AtomicReference<>();

  public Timelines(Vertx vertx, Pool pool) {
    this(vertx, new TimelineReader(vertx, pool), Freshness.ofMachine());
  }

  Timelines(Vertx vertx, TimelineReader reader, Freshness freshness) {
    this.vertx = vertx;
    this.reader = reader;
    this.freshness = freshness;
    this.timers = new Timers(vertx);
    this.changes = vertx.eventBus().consumer(CHANGED);
  }

  /** Reads the timelines, and from now on reads them again and again, and after each change. */
  public Future<Void> start() {
    return changes
        .handler(changed -> read().onFailure(Timelines::noteFailure))
        .completion()
        .compose(listening -> read())
        .onSuccess(first -> timers.every(LOOK_MS, this::readIfDue));
  }

  /** Reads no more. */
  public Future<Void> stop() {
    timers.stop();
    return changes.unregister();
  }

  /** Shows how old this node's knowledge is. */
  public void observe(MeterRegistry meters) {
    Gauge.builder("points.rulebook.age", this, it -> it.age().toMillis() / 1_000.0)
        .baseUnit("seconds")
        .description(
            "time since this node began its last good reading of the rule books' timelines")
        .register(meters);
  }

  /** Has every node read the timelines; to be called after the commit of a change. */
  public void changed() {
    vertx.eventBus().publish(CHANGED, "");
  }

  private void readIfDue() {
    if (age().compareTo(READ_AFTER) >= 0 && reading.compareAndSet(false, true)) {
      read().onFailure(Timelines::noteFailure).onComplete(done -> reading.set(false));
    }
  }

  private static void noteFailure(Throwable cause) {
    LOG.debug("timelines of rule books not read: {}", cause.toString());
  }

  private Future<Void> read() {
    Freshness.Begun begun = freshness.begin();
    return reader
        .read()
        .map(
            timelines -> {
              var read = new Known(begun, timelines);
              known.accumulateAndGet(
                  read, (before, now) -> before == null ? now : Known.newer(before, read));
              return timelines;
            })
        .mapEmpty();
  }

  private Duration age() {
    Known now = known.get();
    return now == null ? FRESH_FOR : freshness.ageOf(now.begun);
  }

  /** Returns whether this node knows which books are in force. */
  public boolean areFresh() {
    return age().compareTo(FRESH_FOR) < 0;
  }

  /** Returns the publication in force at an instant, as far as this node knows; null for none. */
  public @Nullable InForce shown(String programId, Instant instant) {
    Known now = known.get();
    return now == null ? null : timeline(now, programId).at(instant);
  }

  /**
   * Returns the book in force at an instant; null when the program's own ratio counts.
   *
   * @throws RulesUnknownException when this node cannot know it
   */
  public @Nullable PublishedBook at(String programId, Instant instant) {
    Known now = known.get();
    if (now == null || freshness.ageOf(now.begun).compareTo(FRESH_FOR) >= 0) {
      throw new RulesUnknownException("the timelines of rule books were not read lately");
    }
    InForce then = timeline(now, programId).at(instant);
    if (then == null) {
      return null;
    }
    if (then.compiled() == null) {
      throw new RulesUnknownException("rule book " + then.ruleBookId() + " cannot be read");
    }
    return new PublishedBook(then.number(), then.ruleBookId(), then.compiled());
  }

  /** Returns a program's budgets by the book in force at an instant, as far as this node knows. */
  public BudgetTerms budgets(String programId, Instant instant) {
    Known now = known.get();
    return now == null ? BudgetTerms.NONE : timeline(now, programId).budgetsAt(instant);
  }

  private static Timeline timeline(Known now, String programId) {
    return now.byProgram.getOrDefault(programId, Timeline.EMPTY);
  }
}
