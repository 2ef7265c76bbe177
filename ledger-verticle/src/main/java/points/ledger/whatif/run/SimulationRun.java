package points.ledger.whatif.run;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import points.ledger.award.EarningFacts;
import points.ledger.book.RuleBook;
import points.ledger.book.json.RuleBookReader;
import points.ledger.budget.BudgetKey;
import points.ledger.budget.BudgetState;
import points.ledger.command.StoreFacts;
import points.ledger.engine.CompiledBook;
import points.ledger.form.FieldErrors;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.program.Program;
import points.ledger.program.PublishedBook;
import points.ledger.registry.Programs;
import points.ledger.rulebook.Timelines;
import points.ledger.store.BeforePeriod;
import points.ledger.store.RecordedPeriod;
import points.ledger.store.RecordedPeriod.Range;
import points.ledger.whatif.Scenario;
import points.ledger.whatif.Undone;
import points.ledger.whatif.WhatIf;
import points.ledger.whatif.run.SimulationClaims.Claimed;

/** Carries out one simulation: page after page of what was recorded, on a worker thread. */
final class SimulationRun {

  /** The release of the rules of simulations; part of the hash. */
  private static final String VERSION = "1";

  private static final int RULE_NUMBER = 1;
  private static final long LOOK_MS = 100;

  /** The end of a simulation. */
  record Ended(JsonObject result, String hash) {}

  private final Vertx vertx;
  private final RecordedPeriod period;
  private final BeforePeriod before;
  private final Beginning beginning;
  private final Programs programs;
  private final Timelines timelines;
  private final Claimed of;
  private final SimulationLimits limits;
  private final BiFunction<Long, Long, Future<Boolean>> progress;
  private final MessageDigest digest;
  private final Undone undone = new Undone();
  private final AtomicLong done = new AtomicLong();
  private volatile long total;

  /**
   * @param progress says how far it is, and returns whether it is to go on
   */
  SimulationRun(
      Vertx vertx,
      RecordedPeriod period,
      BeforePeriod before,
      Programs programs,
      Timelines timelines,
      Claimed of,
      SimulationLimits limits,
      BiFunction<Long, Long, Future<Boolean>> progress) {
    this.vertx = vertx;
    this.period = period;
    this.before = before;
    this.beginning = new Beginning(before, period, of.programId(), of.simulation().from());
    this.programs = programs;
    this.timelines = timelines;
    this.of = of;
    this.limits = limits;
    this.progress = progress;
    this.digest = sha256();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  long done() {
    return done.get();
  }

  long total() {
    return total;
  }

  private Instant from() {
    return of.simulation().from();
  }

  Future<Ended> run() {
    hash(VERSION, of.simulation().bookHash(), of.timeZone(), from(), of.simulation().to());
    return period
        .waiting(of.programId())
        .compose(this::awaitPlaces)
        .compose(fed -> period.range(of.programId(), from(), of.simulation().to()))
        .compose(
            range -> {
              total = range.events();
              if (total > limits.entriesMax()) {
                throw new TooLargeException("too_many_entries");
              }
              return goesOn()
                  .compose(begun -> through(range, place -> undone(range, place)))
                  .compose(known -> beginning.budgets(range, this::through))
                  .compose(
                      budgets ->
                          before
                              .stores(of.programId())
                              .compose(
                                  stores ->
                                      vertx.executeBlocking(() -> whatIf(budgets, stores), false)))
                  .compose(
                      whatIf -> through(range, place -> page(whatIf, range, place)).map(whatIf));
            })
        .compose(whatIf -> vertx.executeBlocking(() -> ended(whatIf), false));
  }

  /** Batches get their place in the feed a moment later, or when PostgreSQL is well. */
  private Future<Void> awaitPlaces(long batch) {
    Promise<Void> all = Promise.promise();
    look(batch, all);
    return all.future();
  }

  private void look(long batch, Promise<Void> all) {
    goesOn()
        .compose(on -> period.stillWaits(of.programId(), batch))
        .onFailure(all::tryFail)
        .onSuccess(
            waits -> {
              if (waits) {
                vertx.setTimer(LOOK_MS, timer -> look(batch, all));
              } else {
                all.complete();
              }
            });
  }

  private Future<Void> goesOn() {
    return progress
        .apply(done.get(), total)
        .compose(
            goesOn ->
                goesOn ? Future.succeededFuture() : Future.failedFuture(new StoppedException()));
  }

  /**
   * Goes through a range, slice by slice.
   *
   * @param step does a slice, and returns the place after it; -1 at the end
   */
  private Future<Void> through(Range range, LongFunction<Future<Long>> step) {
    Promise<Void> end = Promise.promise();
    go(range, range.first(), step, end);
    return end.future();
  }

  private void go(Range range, long place, LongFunction<Future<Long>> step, Promise<Void> end) {
    if (place < 0 || place >= range.last()) {
      end.complete();
      return;
    }
    step.apply(place)
        .compose(next -> goesOn().map(next))
        .onSuccess(next -> go(range, next, step, end))
        .onFailure(end::tryFail);
  }

  private Future<Long> undone(Range range, long place) {
    return period
        .undone(of.programId(), range, place)
        .compose(
            found -> {
              for (RecordedPeriod.UndoneBy it : found) {
                if (it.storeId() != null && it.orderId() != null) {
                  undone.addOrder(it.storeId(), it.orderId());
                }
                if (it.of() != null) {
                  undone.addEntry(it.of());
                }
              }
              if (undone.size() > limits.undoneMax() * 2) {
                throw new TooLargeException("too_many_refunds");
              }
              return period.after(of.programId(), range, place);
            });
  }

  private WhatIf whatIf(Map<BudgetKey, BudgetState> budgets, Map<String, StoreFacts> stores) {
    var errors = new FieldErrors();
    RuleBook book =
        RuleBookReader.read(new JsonObject(of.document()), ZoneId.of(of.timeZone()), errors);
    if (!errors.isEmpty()) {
      throw new TooLargeException("book_faulty");
    }
    var compiled = new CompiledBook(book);
    String programId = of.programId();
    var scenario =
        new Scenario(
            new PublishedBook(RULE_NUMBER, book.ruleBookId(), compiled),
            from(),
            of.simulation().to(),
            this::programAt,
            instant -> timelines.at(programId, instant),
            timelines.budgets(programId, from()).followedBy(book.budgetTerms()),
            budgets,
            stores);
    return new WhatIf(programId, scenario, undone);
  }

  private Program programAt(Instant instant) {
    Program then = programs.at(of.programId(), instant);
    if (then == null) {
      throw new IllegalStateException("no program " + of.programId());
    }
    return then;
  }

  private Future<Long> page(WhatIf whatIf, Range range, long place) {
    long begun = System.nanoTime();
    return period
        .page(of.programId(), range, place)
        .compose(
            page ->
                vertx
                    .executeBlocking(page::batches, false)
                    .compose(
                        batches ->
                            beginning
                                .facts(whatIf::knows, batches)
                                .compose(
                                    facts ->
                                        vertx.executeBlocking(
                                            () -> decide(whatIf, batches, facts), false)))
                    .compose(decided -> pause(begun))
                    .map(page.next()));
  }

  /** Leaves the node to others for a part of the time. */
  private Future<?> pause(long begun) {
    long worked = System.nanoTime() - begun;
    long ms =
        TimeUnit.NANOSECONDS.toMillis(
            worked * limits.pausePercent() / (100 - limits.pausePercent()));
    return ms > 0 ? vertx.timer(ms) : Future.succeededFuture();
  }

  private @Nullable Void decide(
      WhatIf whatIf, List<List<Entry>> batches, Map<MemberKey, EarningFacts> facts) {
    for (List<Entry> batch : batches) {
      whatIf.decide(batch, key -> facts.getOrDefault(key, EarningFacts.FRESH));
      batch.forEach(
          it -> hash(it.member().memberId(), it.sequence(), it.points(), it.recordedAt()));
      done.addAndGet(batch.size());
    }
    if (whatIf.members() > limits.membersMax()) {
      throw new TooLargeException("too_many_members");
    }
    return null;
  }

  private Ended ended(WhatIf whatIf) {
    of.simulation().redemption().forEach(this::hash);
    JsonObject result =
        ResultJson.of(
            whatIf.result(),
            programAt(of.simulation().to()).terms().refunds().pointValue(),
            of.simulation().redemption());
    return new Ended(result, HexFormat.of().formatHex(digest.digest()));
  }

  private void hash(Object... parts) {
    for (Object part : parts) {
      digest.update(part.toString().getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
  }
}
