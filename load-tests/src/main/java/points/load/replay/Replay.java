package points.load.replay;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import points.load.concurrent.KeyOrderedExecutor;
import points.load.concurrent.SteadyRate;
import points.load.http.Gateway;
import points.load.http.Registration;
import points.load.http.UnexpectedAnswerException;
import points.load.model.Entry;
import points.load.model.MemberSnapshot;
import points.load.model.Mismatch;
import points.load.progress.Progress;
import points.load.reader.HttpMemberReader;
import points.load.replay.check.FiguresCheck;
import points.load.replay.check.ReceiptCheck;
import points.load.replay.posting.AccrualPoster;
import points.load.replay.posting.PostingTally;
import points.load.replay.posting.PreviewCheck;
import points.load.replay.posting.ProgramMismatchException;
import points.load.replay.posting.RefundPoster;
import points.load.replay.program.Program;
import points.load.replay.program.ProgramClient;
import points.load.replay.receipt.Receipt;
import points.load.replay.refund.Refund;
import points.load.replay.refund.RefundPlan;

/** One run: makes stores and members, posts receipts and refunds, then checks every member. */
final class Replay {
  /**
   * The options of a run.
   *
   * @param withoutExpiry whether points of the program are never to expire from now on
   * @param anyway whether receipts are posted that do not fit the program
   * @param perSecond receipts that are posted in a second at most
   * @param figures whether the gateway's figures are held against the receipts in the end
   */
  record Order(
      boolean withoutExpiry,
      boolean anyway,
      RefundPlan refunds,
      long perSecond,
      boolean figures,
      boolean terminal) {}

  /** Refunds that were parked are applied soon after their sale, not with it. */
  private static final Duration APPLIED_EVERY = Duration.ofMillis(500);

  private static final int APPLIED_TRIES = 120;

  private final Gateway gateway;
  private final ProgramClient programClient;
  private final Registration registration;
  private final KeyOrderedExecutor tills;
  private final Order order;
  private final PrintStream progress;
  private final PostingTally tally = new PostingTally();
  private final Map<Entry.Order, List<Refund>> byOrder;

  Replay(Gateway gateway, KeyOrderedExecutor tills, Order order, PrintStream progress) {
    this.gateway = gateway;
    this.programClient = new ProgramClient(gateway);
    this.registration = new Registration(gateway, "replay");
    this.tills = tills;
    this.order = order;
    this.byOrder = order.refunds().byOrder();
    this.progress = progress;
  }

  /**
   * Blocks until the run is over.
   *
   * @throws points.load.http.UnansweredException when the gateway stops answering
   * @throws UnexpectedAnswerException when it refuses what sets the chain up
   * @throws ProgramMismatchException when the receipts do not fit the program; nothing was posted
   */
  ReplayReport run(List<Receipt> receipts) {
    Program program = program(receipts);
    setUp(program, receipts);
    RefundPoster refunds = new RefundPoster(gateway, tally);
    phase("refunds first", order.refunds().early(), Replay::member, refunds::post);
    long started = System.nanoTime();
    AccrualPoster accruals = new AccrualPoster(gateway, program, tally);
    SteadyRate rate = new SteadyRate(order.perSecond(), System::nanoTime);
    phase("posting", receipts, Receipt::memberId, receipt -> atItsTurn(rate, accruals, receipt));
    Duration posting = Duration.ofNanos(System.nanoTime() - started);
    phase("refunding", order.refunds().later(), Replay::member, refunds::post);
    check(program, receipts);
    return new ReplayReport(
        ReplayReport.Counts.of(receipts),
        posting,
        tally,
        gateway.retries(),
        order.figures() ? Optional.of(figures(program, receipts)) : Optional.empty());
  }

  private Future<Void> atItsTurn(SteadyRate rate, AccrualPoster accruals, Receipt receipt) {
    Duration wait = rate.untilTurn();
    return wait.toMillis() > 0
        ? gateway.pause(wait).compose(turn -> accruals.post(receipt))
        : accruals.post(receipt);
  }

  private List<String> figures(Program program, List<Receipt> receipts) {
    List<Receipt> taken = receipts.stream().filter(it -> !tally.wasRefused(it)).toList();
    LocalDate today = LocalDate.now(program.zone());
    return new FiguresCheck(gateway, program).differences(taken, today).await();
  }

  private Program program(List<Receipt> receipts) {
    Optional<JsonObject> before =
        order.withoutExpiry() ? programClient.withoutExpiry().await() : Optional.empty();
    if (order.refunds().isElsewhere()) {
      programClient.letAnyStoreTakeBack().await();
    }
    Program program = programClient.program().await();
    Optional<String> mismatch =
        order.anyway()
            ? Optional.empty()
            : new PreviewCheck(gateway, registration, program, receipts).mismatch().await();
    if (mismatch.isPresent()) {
      before.ifPresent(rules -> programClient.putBack(rules).await());
      throw new ProgramMismatchException(mismatch.get(), before.isPresent());
    }
    if (before.isPresent()) {
      progress.println("Points of this program never expire from now on.");
    }
    return program;
  }

  private void setUp(Program program, List<Receipt> receipts) {
    phase("stores", distinct(receipts, Receipt::storeId), Function.identity(), registration::store);
    if (!program.autoEnrol()) {
      phase(
          "members",
          distinct(receipts, Receipt::memberId),
          Function.identity(),
          registration::member);
    }
  }

  private void check(Program program, List<Receipt> receipts) {
    Map<String, List<Receipt>> byMember =
        receipts.stream()
            .filter(receipt -> !tally.wasRefused(receipt))
            .collect(
                Collectors.groupingBy(Receipt::memberId, LinkedHashMap::new, Collectors.toList()));
    HttpMemberReader reader = new HttpMemberReader(gateway);
    phase(
        "checking",
        List.copyOf(byMember.entrySet()),
        Map.Entry::getKey,
        member -> check(program, reader, member.getKey(), member.getValue()));
  }

  private Future<Void> check(
      Program program, HttpMemberReader reader, String memberId, List<Receipt> receipts) {
    Map<Entry.Order, List<Refund>> refunds = new HashMap<>();
    receipts.forEach(it -> refunds.put(it.order(), byOrder.getOrDefault(it.order(), List.of())));
    return withAllRefunds(reader, memberId, refunds, 1)
        .map(member -> ReceiptCheck.mismatches(program, member, receipts, refunds))
        .recover(failure -> unreadable(memberId, failure))
        .onSuccess(mismatches -> mismatches.forEach(tally::mismatch))
        .mapEmpty();
  }

  /** Reads until all refunds are there that are to come, or for as long as it may take. */
  private Future<MemberSnapshot> withAllRefunds(
      HttpMemberReader reader, String memberId, Map<Entry.Order, List<Refund>> refunds, int tries) {
    long wanted = refunds.values().stream().mapToLong(List::size).sum();
    return reader
        .read(memberId)
        .compose(
            member -> {
              long there = member.entries().stream().filter(Entry::isRefund).count();
              return there >= wanted || tries == APPLIED_TRIES
                  ? Future.succeededFuture(member)
                  : gateway
                      .pause(APPLIED_EVERY)
                      .compose(slept -> withAllRefunds(reader, memberId, refunds, tries + 1));
            });
  }

  private static String member(Refund refund) {
    return refund.receipt().memberId();
  }

  private static Future<List<Mismatch>> unreadable(String memberId, Throwable failure) {
    return failure instanceof UnexpectedAnswerException
        ? Future.succeededFuture(
            List.of(new Mismatch(memberId, "cannot be read: " + failure.getMessage())))
        : Future.failedFuture(failure);
  }

  private <T> void phase(
      String name, Collection<T> items, Function<T, String> key, Function<T, Future<Void>> work) {
    try (Progress bar = Progress.start(name, items.size(), progress, order.terminal())) {
      tills
          .each(List.copyOf(items), key, item -> work.apply(item).onSuccess(done -> bar.step()))
          .await();
    }
  }

  private static List<String> distinct(List<Receipt> receipts, Function<Receipt, String> id) {
    return receipts.stream().map(id).distinct().toList();
  }
}
