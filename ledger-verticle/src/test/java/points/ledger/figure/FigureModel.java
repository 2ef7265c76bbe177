package points.ledger.figure;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Accounts;
import points.ledger.account.Lot;
import points.ledger.account.Movement;
import points.ledger.account.Movement.Place;
import points.ledger.model.Detail;
import points.ledger.model.Entry;
import points.ledger.model.Entry.Kind;
import points.ledger.model.LifetimeTotals;
import points.ledger.model.OrderPart;
import points.ledger.model.Origin;

/**
 * Figures as the API's page defines them, added up from entries in memory. It shares nothing with
 * the SQL: a rule is read from the entry's own methods, and an entry's points must be explained by
 * what it counts as.
 */
final class FigureModel {

  private static final Set<Kind> VISITS =
      Set.of(Kind.ACCRUAL, Kind.DEDUCTION, Kind.PAYMENT, Kind.TOP_UP, Kind.CAPTURE);

  private static final Set<Kind> FROM_MEMBER_TO_MEMBER =
      Set.of(Kind.MERGE_OUT, Kind.MERGE_IN, Kind.MOVE_OUT, Kind.MOVE_IN, Kind.MOVE_RETURN);

  private final ZoneId zone;
  private final Map<String, Entry> byId = new HashMap<>();
  private final Map<String, Instant> sold = new HashMap<>();
  private final Map<String, long[]> hours = new TreeMap<>();
  private final Map<String, Set<String>> served = new TreeMap<>();
  private final Map<String, Long> outstanding = new TreeMap<>();

  FigureModel(ZoneId zone, Collection<Entry> entries) {
    this.zone = zone;
    entries.forEach(it -> byId.put(it.transactionId(), it));
    entries.stream()
        .filter(it -> it.kind() == Kind.ACCRUAL)
        .forEach(
            it ->
                sold.merge(
                    orderOf(it),
                    it.recordedAt(),
                    (one, other) -> one.isBefore(other) ? one : other));
    entries.forEach(this::add);
  }

  /** Rows as the table of hours has them; sums of new members are left out. */
  List<String> hours() {
    var rows = new ArrayList<String>();
    hours.forEach(
        (key, sums) -> {
          if (Arrays.stream(sums).anyMatch(it -> it != 0)) {
            rows.add(key + Arrays.toString(sums).replace(" ", ""));
          }
        });
    return rows;
  }

  /** Members served by day and store, and by day alone. */
  List<String> served() {
    return served.entrySet().stream().map(it -> it.getKey() + "|" + it.getValue().size()).toList();
  }

  List<String> outstanding() {
    return outstanding.entrySet().stream()
        .filter(it -> it.getValue() != 0)
        .map(it -> it.getKey() + "|" + it.getValue())
        .toList();
  }

  private void add(Entry entry) {
    Entry undone =
        entry.kind() == Kind.REVERSAL ? Objects.requireNonNull(byId.get(entry.refersToId())) : null;
    Entry sale = undone == null ? entry : undone;
    int sign = undone == null ? 1 : -1;
    if (sale.kind() == Kind.ACCRUAL) {
      add(sale, sale.occurredAt(), 0, sign, sign * amount(sale));
    } else if (isRefundOfOrder(sale)) {
      add(sale, sale.occurredAt(), 2, sign, sign * amount(sale));
    }
    long[] points = points(entry, undone);
    add(sale, entry.recordedAt(), 4, points);
    long value =
        FROM_MEMBER_TO_MEMBER.contains(entry.kind()) ? 0 : entry.worth(Accounts.STORED_VALUE);
    add(sale, entry.recordedAt(), 9, Math.max(0, value), Math.max(0, -value));
    String store = entry.origin().storeId();
    if (VISITS.contains(entry.kind()) && store != null) {
      visit(entry, store);
    }
    for (Movement it : entry.movements()) {
      Instant gone = goneAt(entry, it);
      String end =
          gone.equals(Lot.NEVER)
              ? "never"
              : String.valueOf(ChronoUnit.MICROS.between(Instant.EPOCH, gone));
      outstanding.merge(it.account() + "|" + it.place() + "|" + end, it.points(), Long::sum);
    }
  }

  /** What is set aside is gone when its lot has expired and it is set aside no longer. */
  private Instant goneAt(Entry entry, Movement movement) {
    if (movement.place() != Place.HELD && movement.place() != Place.PENDING) {
      return movement.expiresAt();
    }
    String opener = entry.member().memberId() + "-" + movement.reserve();
    Instant until = Objects.requireNonNull(byId.get(opener)).endsAt();
    Instant ends = until == null ? Lot.NEVER : until;
    return ends.isAfter(movement.expiresAt()) ? ends : movement.expiresAt();
  }

  private void visit(Entry entry, String store) {
    Instant minute = entry.occurredAt().truncatedTo(ChronoUnit.MINUTES);
    if (entry
        .recordedAt()
        .truncatedTo(ChronoUnit.MINUTES)
        .isBefore(minute.plus(35, ChronoUnit.DAYS))) {
      String day = LocalDate.ofInstant(entry.occurredAt(), zone).toString();
      String member = entry.member().memberId();
      served.computeIfAbsent(day + "|" + store, none -> new TreeSet<>()).add(member);
      served.computeIfAbsent(day + "|", none -> new TreeSet<>()).add(member);
    }
  }

  /** Points earned, spent, expired, given back and taken back. */
  private static long[] points(Entry entry, @Nullable Entry undone) {
    LifetimeTotals life = LifetimeTotals.of(entry);
    long points = entry.points();
    long[] sums =
        switch (entry.kind()) {
          case ACCRUAL, TOP_UP, DEDUCTION -> new long[] {life.earned(), life.spent(), 0, 0, 0};
          case CAPTURE ->
              new long[] {0, life.spent(), ((Detail.Captured) detail(entry)).expired(), 0, 0};
          case EXPIRY, RELEASE -> new long[] {0, 0, -points, 0, 0};
          case CANCELLATION -> new long[] {0, 0, 0, 0, -points};
          case REFUND -> refund(entry);
          case REVERSAL -> reversal(entry, Objects.requireNonNull(undone));
          default -> new long[5];
        };
    boolean isExplained = points == sums[0] - sums[1] - sums[2] + sums[3] - sums[4];
    if (!isExplained && Arrays.stream(sums).anyMatch(it -> it != 0)) {
      throw new AssertionError("not explained by " + Arrays.toString(sums) + ": " + entry);
    }
    return sums;
  }

  private static long[] refund(Entry entry) {
    var detail = (Detail.Refunded) detail(entry);
    long lapsed = Objects.requireNonNull(detail.basis()).lapsed().getOrDefault(Accounts.POINTS, 0L);
    long given = detail.givenBack().getOrDefault(Accounts.POINTS, 0L) - detail.expired();
    long taken = detail.takenBack().getOrDefault(Accounts.POINTS, 0L) - lapsed - detail.shortfall();
    return new long[] {0, 0, 0, given, taken};
  }

  private static long[] reversal(Entry entry, Entry undone) {
    var detail = (Detail.Reversed) detail(entry);
    long lapsed = detail.lapsed().getOrDefault(Accounts.POINTS, 0L);
    return switch (undone.kind()) {
      case ACCRUAL, TOP_UP ->
          new long[] {0, 0, 0, -detail.spent() - detail.expired(), -detail.earned() - lapsed};
      case DEDUCTION, CAPTURE -> new long[] {0, 0, 0, detail.spent() == 0 ? 0 : entry.points(), 0};
      case REFUND -> {
        long[] before = refund(undone);
        yield new long[] {0, 0, 0, -(before[3] - lapsed), -(before[4] - detail.expired())};
      }
      default -> new long[5];
    };
  }

  private static Detail detail(Entry entry) {
    return Objects.requireNonNull(entry.detail());
  }

  private boolean isRefundOfOrder(Entry entry) {
    return entry.detail() instanceof Detail.Refunded refunded
        && refunded.shareOf() == null
        && Objects.requireNonNull(refunded.basis()).orderPart() == OrderPart.GOODS
        && !sold.getOrDefault(orderOf(entry), Instant.MAX).isAfter(entry.recordedAt());
  }

  private static String orderOf(Entry entry) {
    return entry.origin().storeId() + "|" + entry.origin().orderId();
  }

  private static long amount(Entry entry) {
    return entry.amount() == null ? 0 : entry.amount();
  }

  private void add(Entry place, Instant at, int first, long... more) {
    Origin origin = place.origin();
    String store =
        place.detail() instanceof Detail.Refunded refunded && refunded.storeId() != null
            ? refunded.storeId()
            : origin.storeId();
    Instant hour = at.atZone(zone).truncatedTo(ChronoUnit.HOURS).toInstant();
    String key =
        String.join(
            "|",
            LocalDate.ofInstant(at, zone).toString(),
            hour.toString(),
            text(store),
            text(origin.channel()),
            text(origin.terminalId()),
            text(origin.cashierId()),
            "");
    long[] sums = hours.computeIfAbsent(key, none -> new long[11]);
    for (int i = 0; i < more.length; i++) {
      sums[first + i] += more[i];
    }
  }

  private static String text(@Nullable Object part) {
    return part == null ? "" : part.toString();
  }
}
