package points.ledger.simulation.postgres;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.model.OrderPart;
import points.ledger.refund.OrderSnapshot;
import points.ledger.refund.OrderSnapshot.Sale;
import points.ledger.refund.ParkedRefund;
import points.ledger.refund.ParkedRefund.Status;
import points.ledger.refund.ParkedRefundTable.Found;
import points.ledger.refund.RefundRequest;
import points.ledger.refund.SaleFacts;
import points.ledger.refund.WaitingRefundTable.Claimed;
import points.ledger.registry.SetupRequests;
import points.ledger.simulation.world.Events;
import points.ledger.simulation.world.Plant;

/**
 * The table of parked refunds on the server, statement by statement. Its week is some seconds, so
 * that refunds lapse while a history lasts.
 */
public final class Parking {

  private static final long WEEK = 7 * Events.SECOND;
  private static final long LOOK_AGAIN = 400 * Events.MILLI;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** A parked refund on the server. */
  public final class Row {
    private final RefundRequest wanted;
    private final UUID fingerprint;
    private final long number;
    private final long parkedAt = db.events.now();
    private final Instant occurredAt;
    private long dueAt = parkedAt;
    private boolean applying;
    private boolean isEnded;
    private @Nullable String transactionId;
    private @Nullable String refusal;
    private @Nullable String endedAs;
    private @Nullable String withdrawalKey;

    private Row(RefundRequest wanted, long number) {
      this.wanted = wanted;
      this.fingerprint = wanted.fingerprint();
      this.number = number;
      Instant refundedAt = wanted.sale().refundedAt();
      this.occurredAt = refundedAt == null ? db.time() : refundedAt;
    }

    public RefundRequest wanted() {
      SaleFacts sale = wanted.sale();
      var facts = new SaleFacts(sale.memberId(), sale.soldAt(), sale.amount(), occurredAt);
      return new RefundRequest(
          wanted.programId(),
          wanted.key(),
          wanted.origin(),
          wanted.refundId(),
          wanted.lines(),
          wanted.amount(),
          wanted.points(),
          wanted.orderPart(),
          wanted.refundStoreId(),
          facts);
    }

    public UUID fingerprint() {
      return fingerprint;
    }

    public boolean isEnded() {
      return isEnded;
    }

    public boolean isWithdrawn() {
      return "WITHDRAWN".equals(endedAs);
    }

    public boolean isLapsed() {
      return "LAPSED".equals(endedAs);
    }

    public boolean hasSale() {
      return sales(wanted).anyMatch(it -> misfit(it, wanted().sale()) == null);
    }

    public @Nullable String transactionId() {
      return transactionId;
    }

    public Status status() {
      if (transactionId != null) {
        return Status.APPLIED;
      } else if (refusal != null) {
        return Status.REFUSED;
      } else if (endedAs != null) {
        return Status.valueOf(endedAs);
      }
      return applying ? Status.APPLYING : Status.PARKED;
    }

    private boolean isOf(RefundRequest named) {
      return isOfOrder(named) && wanted.refundId().equals(named.refundId());
    }

    private boolean isOfOrder(RefundRequest named) {
      return wanted.programId().equals(named.programId())
          && wanted.storeId().equals(named.storeId())
          && wanted.orderId().equals(named.orderId());
    }

    private Found found() {
      return new Found(refund(), fingerprint);
    }

    private ParkedRefund refund() {
      Instant at = db.start.plusNanos(parkedAt);
      return new ParkedRefund(
          wanted(), number, status(), at, isEnded ? db.time() : null, transactionId, refusal, null);
    }

    @Override
    public String toString() {
      return "parked refund %d, %s, %s".formatted(number, status(), wanted);
    }
  }

  private final ModelPostgres db;
  private final List<Row> rows = new ArrayList<>();

  /** Order and refund id of those that are being parked. */
  private final Set<String> turns = new HashSet<>();

  Parking(ModelPostgres db) {
    this.db = db;
  }

  /** Parks when its turn has come: looks for the sale, and is committed a little later. */
  void park(RefundRequest wanted, Consumer<List<Found>> answer) {
    inTurn(
        wanted,
        () -> {
          boolean isThere =
              sales(wanted).findAny().isPresent()
                  || rows.stream().anyMatch(it -> it.isOf(wanted) || isOfKey(it, wanted));
          if (isThere) {
            answer.accept(List.of());
            return;
          }
          turns.add(turn(wanted));
          db.events.after(
              db.weather.between(50 * Events.MICRO, 2 * Events.MILLI),
              () -> {
                turns.remove(turn(wanted));
                boolean isTaken = rows.stream().anyMatch(it -> isOfKey(it, wanted));
                if (isTaken || !db.isUp()) {
                  answer.accept(List.of());
                  return;
                }
                var row = new Row(wanted, rows.size() + 1L);
                rows.add(row);
                db.auditor.parked().parked(row);
                answer.accept(List.of(row.found()));
              });
        });
  }

  /** Sees the sales at once, and what is parked when the turn has come. */
  void lookUp(RefundRequest wanted, Consumer<OrderSnapshot> answer) {
    List<Sale> sales =
        sales(wanted)
            .sorted(Comparator.comparing(Entry::recordedAt).thenComparing(it -> it.kind().name()))
            .map(this::sale)
            .toList();
    boolean hasDue = firstDue(wanted).isPresent();
    Optional<String> misfit =
        wanted.sale().equals(SaleFacts.NONE) ? Optional.empty() : misfit(wanted);
    inTurn(
        wanted,
        () -> {
          boolean isParked = rows.stream().anyMatch(it -> it.isOf(wanted) || isOfKey(it, wanted));
          answer.accept(new OrderSnapshot(sales, isParked, hasDue, misfit));
        });
  }

  private Sale sale(Entry sale) {
    MemberKey member = sale.member();
    boolean isMoved =
        db.entries().stream()
            .anyMatch(
                it ->
                    it.kind() == Entry.Kind.MOVE_OUT
                        && it.member().equals(member)
                        && it.part().equals(sale.transactionId()));
    boolean isReversed =
        db.entries().stream()
            .filter(it -> it.kind() == Entry.Kind.REVERSAL)
            .filter(it -> it.member().programId().equals(member.programId()))
            .anyMatch(it -> sale.transactionId().equals(it.refersToId()));
    return new Sale(member, sale.kind(), isMoved, isReversed);
  }

  void find(RefundRequest wanted, Consumer<List<Found>> answer) {
    inTurn(
        wanted,
        () ->
            answer.accept(
                Stream.concat(
                        rows.stream().filter(it -> isOfKey(it, wanted)),
                        rows.stream().filter(it -> it.isOf(wanted)))
                    .map(Row::found)
                    .toList()));
  }

  private void inTurn(RefundRequest wanted, Runnable statement) {
    if (turns.contains(turn(wanted))) {
      db.events.after(Events.MILLI / 2, () -> inTurn(wanted, statement));
    } else {
      statement.run();
    }
  }

  private static String turn(RefundRequest wanted) {
    return String.join(
        " ", wanted.programId(), wanted.storeId(), wanted.orderId(), wanted.refundId());
  }

  private static boolean isOfKey(Row row, RefundRequest wanted) {
    return row.wanted.programId().equals(wanted.programId())
        && row.wanted.key().equals(wanted.key());
  }

  Optional<ParkedRefund> one(RefundRequest named) {
    return row(named).map(Row::refund);
  }

  Optional<Row> row(RefundRequest named) {
    return rows.stream().filter(it -> it.isOf(named)).findFirst();
  }

  private Optional<String> misfit(RefundRequest wanted) {
    String first = null;
    for (Entry it : sales(wanted).sorted(Comparator.comparing(it -> it.kind().name())).toList()) {
      String misfit = misfit(it, wanted.sale());
      if (misfit == null) {
        return Optional.empty();
      }
      first = first == null ? misfit : first;
    }
    return Optional.ofNullable(first);
  }

  /** Empty when none waits; fails when the key has withdrawn another. */
  Future<Optional<ParkedRefund>> withdraw(RefundRequest named) {
    Row row = row(named).filter(it -> !it.isEnded && !it.applying).orElse(null);
    if (row == null) {
      return Future.succeededFuture(Optional.empty());
    }
    boolean isTaken =
        rows.stream()
            .filter(it -> it.wanted.programId().equals(named.programId()))
            .anyMatch(it -> named.key().equals(it.withdrawalKey));
    if (isTaken) {
      return Future.failedFuture(SetupRequests.reused());
    }
    row.isEnded = true;
    row.withdrawalKey = named.key();
    endAs(row, "WITHDRAWN");
    return Future.succeededFuture(Optional.of(row.refund()));
  }

  private void endAs(Row row, String how) {
    row.endedAs = how;
    db.auditor.parked().endedAs(row, how);
  }

  Claimed claim(int limit) {
    List<Row> due =
        rows.stream()
            .filter(it -> isOpen(it) && it.dueAt <= db.events.now())
            .sorted(Comparator.comparing(it -> it.dueAt))
            .limit(limit)
            .toList();
    due.forEach(it -> it.dueAt = db.events.now() + LOOK_AGAIN);
    return new Claimed(due.size(), due.stream().filter(Row::hasSale).map(Row::wanted).toList());
  }

  private boolean isOpen(Row row) {
    boolean isTakenForOpen = db.plant == Plant.WITHDRAWN_APPLIED && row.isWithdrawn();
    return !row.isEnded || (isTakenForOpen && row.transactionId == null && row.refusal == null);
  }

  Optional<RefundRequest> take(RefundRequest ofOrder) {
    Optional<Row> first = firstDue(ofOrder);
    first.ifPresent(it -> it.applying = true);
    return first.map(Row::wanted);
  }

  private Optional<Row> firstDue(RefundRequest ofOrder) {
    return rows.stream()
        .filter(it -> it.isOfOrder(ofOrder) && isOpen(it) && (it.applying || it.hasSale()))
        .findFirst();
  }

  boolean markEnded(RefundRequest named, @Nullable String transactionId, @Nullable String refusal) {
    Row row = row(named).orElseThrow();
    if (row.transactionId != null
        || row.refusal != null
        || (row.isWithdrawn() && db.plant != Plant.WITHDRAWN_APPLIED)) {
      return false;
    }
    row.isEnded = true;
    row.transactionId = transactionId;
    row.refusal = refusal;
    db.auditor.parked().endedByLedger(row, transactionId);
    return true;
  }

  int lapse(int limit) {
    List<Row> old =
        rows.stream()
            .filter(it -> !it.isEnded && !it.applying && it.parkedAt < db.events.now() - WEEK)
            .limit(limit)
            .toList();
    old.forEach(
        it -> {
          it.isEnded = true;
          endAs(it, "LAPSED");
        });
    return old.size();
  }

  /** All that ever were parked. */
  public List<Row> rows() {
    return rows;
  }

  private Stream<Entry> sales(RefundRequest wanted) {
    return db.entries().stream()
        .filter(it -> OrderPart.isSale(it.kind()))
        .filter(it -> it.member().programId().equals(wanted.programId()))
        .filter(it -> wanted.storeId().equals(it.origin().storeId()))
        .filter(it -> wanted.orderId().equals(it.origin().orderId()));
  }

  /** As the function of the same name says it in SQL. */
  private @Nullable String misfit(Entry sale, SaleFacts facts) {
    String whose = facts.memberId();
    if (whose != null
        && !whose.equals(sale.member().memberId())
        && !whose.equals(sale.onBehalfOf())
        && !goesOnAs(sale, whose).equals(goesOnAs(sale, sale.member().memberId()))) {
      return "memberId";
    }
    Instant sold = facts.soldAt();
    if (sold != null && Duration.between(sale.occurredAt(), sold).abs().compareTo(MINUTE) > 0) {
      return "sale/soldAt";
    }
    if (facts.amount() != null && !facts.amount().equals(sale.amount())) {
      return "sale/amount";
    }
    Instant refunded = facts.refundedAt();
    return refunded != null && sale.occurredAt().isAfter(refunded) ? "occurredAt" : null;
  }

  private String goesOnAs(Entry sale, String memberId) {
    MemberState state = db.state(new MemberKey(sale.member().programId(), memberId));
    String into = state == null ? null : state.mergedInto();
    return into == null ? memberId : goesOnAs(sale, into);
  }
}
