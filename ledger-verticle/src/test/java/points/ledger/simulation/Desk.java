package points.ledger.simulation;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import points.ledger.command.Command;
import points.ledger.command.OrderCommand;
import points.ledger.command.OrderCommand.RefundedLine;
import points.ledger.command.Outcome;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.OrderPart;
import points.ledger.model.Origin;
import points.ledger.refund.RefundRequest;
import points.ledger.refund.RefundResult;
import points.ledger.refund.RefundService;
import points.ledger.refund.SaleFacts;
import points.ledger.registry.SetupRequests;
import points.ledger.simulation.cluster.Node;
import points.ledger.simulation.postgres.Parking.Row;
import points.ledger.simulation.world.Events;
import points.ledger.simulation.world.Fault;
import points.ledger.trail.TrailAuthor;
import points.ledger.trail.TrailChange;

/**
 * Takes goods back at any store, also before their sale is known; withdraws what is parked, and has
 * it applied when it has lapsed. Each call is sent again, to any node, until its answer is known.
 */
final class Desk {

  /** The row of a withdrawal, which the model of PostgreSQL does not keep. */
  private static final TrailChange WITHDRAWN =
      new TrailChange(
          "p", TrailAuthor.stranger(null, "r"), "refund.withdraw", "order", "o", null, null);

  private static final int TRIES_MAX = 6;

  private final Simulation world;
  private final Random random;
  private final List<RefundRequest> early = new ArrayList<>();
  private int left;
  private int made;

  Desk(Simulation world, Random random, int left) {
    this.world = world;
    this.random = random;
    this.left = left;
  }

  boolean isDone() {
    return left < 0;
  }

  /** Goes on with the next customer, after a while. */
  void next() {
    left--;
    if (left >= 0) {
      world.events.after(world.weather.between(0, 900 * Events.MILLI), this::serve);
    }
  }

  private void serve() {
    switch (random.nextInt(6)) {
      case 0 -> refundEarly();
      case 1 -> withdraw();
      case 2 -> acceptLapsed();
      default -> refundSold();
    }
    next();
  }

  /** A till takes back what its member has bought; whose order it is now, it does not say. */
  void take(OrderCommand.Refund refund) {
    refund(
        new RefundRequest(
            refund.member().programId(),
            refund.request().key(),
            refund.origin(),
            refund.refundId(),
            refund.lines(),
            refund.amount(),
            refund.points(),
            refund.orderPart(),
            refund.refundStoreId(),
            SaleFacts.NONE));
  }

  private void refundSold() {
    List<Entry> sales =
        world.auditor.past().entries().stream()
            .filter(it -> OrderPart.isSale(it.kind()) && it.origin().orderId() != null)
            .toList();
    List<Entry> paidByOthers =
        sales.stream().filter(it -> Till.PAID_BY_ANOTHER.equals(it.origin().reason())).toList();
    List<Entry> chosen = paidByOthers.isEmpty() || random.nextBoolean() ? sales : paidByOthers;
    if (!chosen.isEmpty()) {
      refund(refundOf(chosen.get(random.nextInt(chosen.size()))));
    }
  }

  private RefundRequest refundOf(Entry sale) {
    List<RefundedLine> lines = List.of();
    Long amount = null;
    Long points = null;
    switch (random.nextInt(6)) {
      case 0 -> amount = 1 + (long) (random.nextDouble() * paid(sale));
      case 1 -> points = 1L + random.nextInt(50);
      case 2, 3 ->
          lines =
              sale.lines().stream()
                  .filter(it -> random.nextBoolean())
                  .map(it -> new RefundedLine(it.line().lineId(), null))
                  .toList();
      default -> {} // whole
    }
    return new RefundRequest(
        sale.member().programId(),
        newKey(),
        Origin.sale(String.valueOf(sale.origin().storeId()), null, orderOf(sale)),
        "desk" + ++made,
        lines,
        amount,
        points,
        null,
        anotherStore(),
        facts(sale));
  }

  private static long paid(Entry sale) {
    return sale.amount() == null ? 1 : sale.amount();
  }

  private static String orderOf(Entry sale) {
    return String.valueOf(sale.origin().orderId());
  }

  private @Nullable String anotherStore() {
    return random.nextInt(4) == 0 ? "store" + random.nextInt(3) : null;
  }

  private SaleFacts facts(Entry sale) {
    String memberId = sale.member().memberId();
    return switch (random.nextInt(5)) {
      case 0 -> new SaleFacts(memberId, null, null, null);
      case 1 -> new SaleFacts(null, sale.occurredAt(), paid(sale), world.instant());
      case 2 -> new SaleFacts(world.anyMember().memberId(), null, null, world.instant());
      default -> SaleFacts.NONE;
    };
  }

  /** The goods are back before the till that sold them was on line; its sale may come, or not. */
  private void refundEarly() {
    MemberKey member = world.anyMember();
    Origin order = Origin.sale("store" + random.nextInt(2), null, "early" + ++made);
    Instant soldAt = world.instant().minusSeconds(60L + random.nextInt(100_000));
    long amount = random.nextInt(20_000);
    int parts = 1 + random.nextInt(2);
    for (int i = 0; i < parts; i++) {
      var facts =
          random.nextBoolean()
              ? new SaleFacts(member.memberId(), null, null, null)
              : new SaleFacts(null, soldAt, amount, world.instant());
      var wanted =
          new RefundRequest(
              member.programId(),
              newKey(),
              order,
              "desk" + ++made,
              List.of(),
              parts == 1 ? null : (Long) (amount / 3),
              null,
              null,
              anotherStore(),
              facts);
      early.add(wanted);
      refund(wanted);
    }
    if (random.nextInt(3) > 0) {
      Command sale = Command.Accrue.of(member, newKey(), order, soldAt, amount, List.of());
      world.events.after(
          world.weather.between(0, 12 * Events.SECOND), () -> world.waiting.add(sale));
    }
  }

  private void refund(RefundRequest wanted) {
    call(
        refunds ->
            refunds
                .submit(wanted)
                .map(
                    answer -> {
                      world.auditor.parked().told(wanted, answer);
                      return !(answer instanceof RefundResult.Decided decided)
                          || isKnown(decided.outcome());
                    }),
        TRIES_MAX);
  }

  private static boolean isKnown(Outcome outcome) {
    return !(outcome instanceof Outcome.InDoubt) && !(outcome instanceof Outcome.NotApplied);
  }

  private void withdraw() {
    if (early.isEmpty()) {
      return;
    }
    RefundRequest one = early.get(random.nextInt(early.size()));
    var named =
        new RefundRequest(one.programId(), newKey(), one.origin(), one.refundId(), List.of(), null);
    call(
        refunds ->
            refunds
                .withdraw(named, WITHDRAWN)
                .map(
                    answer -> {
                      world.auditor.parked().told(named, answer);
                      return true;
                    })
                .recover(
                    cause ->
                        cause instanceof SetupRequests.KeyReusedException
                            ? Future.succeededFuture(true)
                            : Future.failedFuture(cause)),
        TRIES_MAX);
  }

  private void acceptLapsed() {
    Optional<Row> lapsed =
        world.db.parking.rows().stream()
            .filter(it -> it.isLapsed() && random.nextBoolean())
            .findFirst();
    lapsed.ifPresent(
        row -> {
          world.auditor.parked().accepted(row);
          call(refunds -> refunds.applyLapsed(row.wanted()).map(Desk::isKnown), TRIES_MAX);
        });
  }

  /**
   * Calls any node, and another when there is no answer.
   *
   * @param ask gives whether the answer says what became of it
   */
  private void call(Function<RefundService, Future<Boolean>> ask, int tries) {
    Node node = world.anyNode();
    boolean[] over = new boolean[1];
    Runnable retry =
        () -> {
          if (!over[0]) {
            over[0] = true;
            if (tries > 1) {
              call(ask, tries - 1);
            }
          }
        };
    world.events.after(world.weather.between(3 * Events.SECOND, 7 * Events.SECOND), retry);
    int times = world.weather.strikes(Fault.REQUEST_TWICE) ? 2 : 1;
    for (int i = 0; i < times; i++) {
      if (!node.isUp() || world.weather.strikes(Fault.REQUEST_LOST)) {
        continue;
      }
      node.post(
          world.weather.travel(),
          () ->
              ask.apply(node.refunds())
                  .onSuccess(
                      known -> {
                        if (known) {
                          over[0] = true;
                        }
                      }));
    }
  }

  private String newKey() {
    return "desk-" + ++made;
  }
}
