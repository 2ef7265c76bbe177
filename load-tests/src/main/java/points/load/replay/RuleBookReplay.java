package points.load.replay;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import points.load.concurrent.KeyOrderedExecutor;
import points.load.http.Gateway;
import points.load.http.NodeClock;
import points.load.http.Registration;
import points.load.http.UnexpectedAnswerException;
import points.load.model.Entry;
import points.load.model.MemberSnapshot;
import points.load.model.Mismatch;
import points.load.model.book.RuleBook;
import points.load.progress.Progress;
import points.load.reader.HttpMemberReader;
import points.load.replay.check.BookCheck;
import points.load.replay.posting.PostingTally;
import points.load.replay.posting.RatedPoster;
import points.load.replay.program.Program;
import points.load.replay.program.ProgramClient;
import points.load.replay.receipt.Receipt;
import points.load.replay.refund.DatedRefund;
import points.load.replay.refund.Refund;
import points.load.replay.refund.RefundPlan;
import points.load.rules.BookPublication;

/**
 * One run by a rule book. It is published before the first receipt; the node's clock goes through
 * the days of the receipts; then every member is checked.
 *
 * <p>The clock goes with the receipts because a member's counters do: those of a month are dropped
 * some weeks after its end.
 */
final class RuleBookReplay {
  /** The time between a publication and the first orders that it rates. */
  private static final Duration LEAD = Duration.ofMinutes(1);

  private static final Duration APPLIED_EVERY = Duration.ofMillis(200);
  private static final int APPLIED_TRIES = 300;

  /**
   * The places where the run shows what it does.
   *
   * @param terminal whether {@code out} shows a progress bar well
   */
  record Display(PrintStream out, boolean terminal) {}

  private final Gateway gateway;
  private final NodeClock clock;
  private final KeyOrderedExecutor tills;
  private final RefundPlan refunds;
  private final Display display;
  private final PostingTally tally = new PostingTally();

  RuleBookReplay(
      Gateway gateway,
      NodeClock clock,
      KeyOrderedExecutor tills,
      RefundPlan refunds,
      Display display) {
    this.gateway = gateway;
    this.clock = clock;
    this.tills = tills;
    this.refunds = refunds;
    this.display = display;
  }

  /**
   * Blocks until the run is over.
   *
   * @param document that is published
   * @param book by which members are checked
   */
  ReplayReport run(List<Receipt> receipts, JsonObject document, RuleBook book) {
    List<DatedRefund> dated = DatedRefund.of(refunds);
    SortedMap<LocalDate, Day> days = days(receipts, dated, book.zone());
    clock.set(startOf(days.firstKey(), book.zone()).minus(LEAD)).await();
    new ProgramClient(gateway).withoutExpiry().await();
    if (refunds.isElsewhere()) {
      new ProgramClient(gateway).letAnyStoreTakeBack().await();
    }
    BookPublication publication = BookPublication.publish(gateway, document).await();
    clock.set(startOf(days.firstKey(), book.zone())).await();
    publication.awaitInForce(gateway).await();
    setUp(receipts);
    long started = System.nanoTime();
    RatedPoster poster = new RatedPoster(gateway, tally);
    post(days, book.zone(), poster, receipts.size() + dated.size());
    Duration posting = Duration.ofNanos(System.nanoTime() - started);
    check(book, receipts, poster);
    return new ReplayReport(
        ReplayReport.Counts.of(receipts), posting, tally, gateway.retries(), Optional.empty());
  }

  /** The calls of one day: refunds that come before their sales, sales, other refunds. */
  private record Day(List<DatedRefund> early, List<Receipt> sales, List<DatedRefund> later) {}

  private static SortedMap<LocalDate, Day> days(
      List<Receipt> receipts, List<DatedRefund> refunds, ZoneId zone) {
    Map<LocalDate, List<Receipt>> sales =
        receipts.stream()
            .collect(
                Collectors.groupingBy(it -> LocalDate.ofInstant(it.soldAt().toInstant(), zone)));
    Map<LocalDate, List<DatedRefund>> back =
        refunds.stream().collect(Collectors.groupingBy(it -> it.day(zone)));
    SortedMap<LocalDate, Day> days = new TreeMap<>();
    Stream.concat(sales.keySet().stream(), back.keySet().stream())
        .forEach(
            day -> {
              List<DatedRefund> some = back.getOrDefault(day, List.of());
              days.put(
                  day,
                  new Day(
                      some.stream().filter(it -> it.refund().early()).toList(),
                      sales.getOrDefault(day, List.of()),
                      some.stream().filter(it -> !it.refund().early()).toList()));
            });
    return days;
  }

  private static Instant startOf(LocalDate day, ZoneId zone) {
    return day.atStartOfDay(zone).toInstant();
  }

  private void setUp(List<Receipt> receipts) {
    Registration registration = new Registration(gateway, "replay");
    phase("stores", distinct(receipts, Receipt::storeId), registration::store);
    Program program = new ProgramClient(gateway).program().await();
    if (!program.autoEnrol()) {
      phase("members", distinct(receipts, Receipt::memberId), registration::member);
    }
  }

  private void post(SortedMap<LocalDate, Day> days, ZoneId zone, RatedPoster poster, int calls) {
    try (Progress bar = Progress.start("posting", calls, display.out(), display.terminal())) {
      Function<Future<Void>, Future<Void>> step = it -> it.onSuccess(done -> bar.step());
      days.forEach(
          (date, day) -> {
            clock.set(startOf(date.plusDays(1), zone).minusSeconds(1)).await();
            tills
                .each(day.early(), RuleBookReplay::memberId, it -> step.apply(poster.post(it)))
                .await();
            tills.each(day.sales(), Receipt::memberId, it -> step.apply(poster.post(it))).await();
            tills
                .each(day.later(), RuleBookReplay::memberId, it -> step.apply(poster.post(it)))
                .await();
          });
    }
  }

  private static String memberId(DatedRefund refund) {
    return refund.refund().receipt().memberId();
  }

  private void check(RuleBook book, List<Receipt> receipts, RatedPoster poster) {
    Map<String, List<Receipt>> byMember =
        receipts.stream()
            .filter(it -> !tally.wasRefused(it))
            .collect(
                Collectors.groupingBy(Receipt::memberId, LinkedHashMap::new, Collectors.toList()));
    Map<Entry.Order, List<Refund>> byOrder = refunds.byOrder();
    HttpMemberReader reader = new HttpMemberReader(gateway);
    phase(
        "checking",
        byMember.keySet(),
        memberId -> {
          List<Receipt> some = byMember.getOrDefault(memberId, List.of());
          Map<Entry.Order, List<Refund>> back = new HashMap<>();
          some.forEach(it -> back.put(it.order(), byOrder.getOrDefault(it.order(), List.of())));
          BookCheck.Posted posted = new BookCheck.Posted(some, back, poster::answer);
          return withAllRefunds(reader, memberId, back, 1)
              .map(member -> BookCheck.mismatches(book, member, posted))
              .recover(failure -> unreadable(memberId, failure))
              .onSuccess(found -> found.forEach(tally::mismatch))
              .mapEmpty();
        });
  }

  /** Reads until all refunds are there that are to come, or for as long as it may take. */
  private Future<MemberSnapshot> withAllRefunds(
      HttpMemberReader reader, String memberId, Map<Entry.Order, List<Refund>> refunds, int tries) {
    long wanted = refunds.values().stream().mapToLong(List::size).sum();
    return reader
        .read(memberId)
        .compose(
            member ->
                member.entries().stream().filter(Entry::isRefund).count() >= wanted
                        || tries == APPLIED_TRIES
                    ? Future.succeededFuture(member)
                    : gateway
                        .pause(APPLIED_EVERY)
                        .compose(slept -> withAllRefunds(reader, memberId, refunds, tries + 1)));
  }

  private static Future<List<Mismatch>> unreadable(String memberId, Throwable failure) {
    return failure instanceof UnexpectedAnswerException
        ? Future.succeededFuture(
            List.of(new Mismatch(memberId, "cannot be read: " + failure.getMessage())))
        : Future.failedFuture(failure);
  }

  private void phase(String name, Collection<String> items, Function<String, Future<Void>> work) {
    try (Progress bar = Progress.start(name, items.size(), display.out(), display.terminal())) {
      tills
          .each(
              List.copyOf(items),
              Function.identity(),
              item -> work.apply(item).onSuccess(done -> bar.step()))
          .await();
    }
  }

  private static List<String> distinct(List<Receipt> receipts, Function<Receipt, String> id) {
    return receipts.stream().map(id).distinct().toList();
  }
}
