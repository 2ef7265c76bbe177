package points.load.model;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import points.load.model.Entry.Kind;
import points.load.model.Movement.Place;

/**
 * Adds a member's entries up from nothing, without any code of the gateway. It returns what cannot
 * be true of each entry, and adds it nevertheless.
 */
public final class EntryFold {
  private static final SortedMap<Instant, Long> NO_LOTS = new TreeMap<>();

  private final String memberId;
  private final SortedMap<String, SortedMap<Instant, Long>> lots = new TreeMap<>();
  private final Map<String, Long> debts = new HashMap<>();
  private final Map<Long, Open> reservations = new LinkedHashMap<>();

  /** Points of reservations of which the gateway shows only the sum. */
  private final Map<Place, Long> unassigned = new EnumMap<>(Place.class);

  private final List<String> wrong = new ArrayList<>();
  private long sequence;
  private long earned;
  private long spent;
  private MemberState.Status status = MemberState.Status.ACTIVE;
  private @Nullable String mergedInto;

  /** An open reservation, with its lots by account. */
  private record Open(Place place, Entry by, Map<String, SortedMap<Instant, Long>> lots) {
    boolean isEmpty() {
      return lots.values().stream().allMatch(Map::isEmpty);
    }
  }

  EntryFold(String memberId) {
    this.memberId = memberId;
  }

  /** The states after 0, 1, 2 and all entries. */
  public static List<MemberState> states(String memberId, List<Entry> entries) {
    EntryFold fold = new EntryFold(memberId);
    List<MemberState> states = new ArrayList<>(entries.size() + 1);
    states.add(fold.state());
    for (Entry entry : entries) {
      fold.add(entry);
      states.add(fold.state());
    }
    return List.copyOf(states);
  }

  /** Adds one entry and returns what cannot be true of it. */
  List<String> add(Entry entry) {
    wrong.clear();
    SpendingOrder.wrong(entry, lots).ifPresent(wrong::add);
    if (reserves(entry)) {
      Place place = entry.kind() == Kind.HOLD ? Place.HELD : Place.PENDING;
      reservations.put(entry.sequence(), new Open(place, entry, new TreeMap<>()));
    }
    entry.movements().forEach(this::move);
    reservations.values().removeIf(Open::isEmpty);
    lots.values().removeIf(Map::isEmpty);
    sequence = entry.sequence();
    LifetimeTotals lifetime = LifetimeTotals.of(entry);
    earned += lifetime.earned();
    spent += lifetime.spent();
    changeStatus(entry);
    compare(entry);
    return List.copyOf(wrong);
  }

  private void changeStatus(Entry entry) {
    switch (entry.kind()) {
      case FREEZE -> status = MemberState.Status.FROZEN;
      case UNFREEZE -> status = MemberState.Status.ACTIVE;
      case CLOSING -> status = MemberState.Status.CLOSED;
      case MERGE_OUT -> {
        status = MemberState.Status.MERGED;
        mergedInto = entry.extra().detail().getString("memberId");
      }
      default -> {}
    }
  }

  private static boolean reserves(Entry entry) {
    return entry.kind() == Kind.HOLD
        || entry.movements().stream()
            .anyMatch(it -> it.place() == Place.PENDING && it.reservation() == entry.sequence());
  }

  private void move(Movement movement) {
    switch (movement.place()) {
      case AVAILABLE ->
          change(lots.computeIfAbsent(movement.account(), it -> new TreeMap<>()), movement);
      case DEBT -> {
        if (debts.merge(movement.account(), movement.points(), Long::sum) < 0) {
          wrong.add("more was paid back than was owed");
        }
      }
      case HELD, PENDING -> moveReserved(movement);
    }
  }

  private void moveReserved(Movement movement) {
    if (movement.reservation() == Movement.UNKNOWN_RESERVATION) {
      if (unassigned.merge(movement.place(), movement.points(), Long::sum) < 0) {
        wrong.add("more has left a reservation than was reserved");
      }
      return;
    }
    Open open = reservations.get(movement.reservation());
    if (open == null || open.place() != movement.place()) {
      wrong.add("entry %d has reserved nothing there".formatted(movement.reservation()));
    } else {
      change(open.lots().computeIfAbsent(movement.account(), it -> new TreeMap<>()), movement);
    }
  }

  private void change(SortedMap<Instant, Long> there, Movement movement) {
    long left = there.merge(movement.expiresAt(), movement.points(), Long::sum);
    if (left < 0) {
      wrong.add(
          "%d points too many were taken from the lot of %s"
              .formatted(-left, new Lot(movement.expiresAt(), left - movement.points())));
    }
    if (left == 0) {
      there.remove(movement.expiresAt());
    }
  }

  private void compare(Entry entry) {
    if (entry.points() != entry.worth(Movement.POINTS)) {
      wrong.add(
          "%s has %d points but movements of %d"
              .formatted(entry.transactionId(), entry.points(), entry.worth(Movement.POINTS)));
    }
    compareBalance(entry, Movement.POINTS, entry.balance());
    entry.extra().balances().forEach((account, it) -> compareBalance(entry, account, it));
    debts.forEach(
        (account, debt) -> {
          if (debt > 0 && DebtRepayment.isSkipped(entry, account)) {
            wrong.add("%s came in while %d are owed".formatted(account, debt));
          }
        });
  }

  private void compareBalance(Entry entry, String account, long balance) {
    if (balance != available(account)) {
      wrong.add(
          "%s has a balance of %d %s, the entries leave %d"
              .formatted(entry.transactionId(), balance, account, available(account)));
    }
  }

  private long available(String account) {
    return sum(lots.getOrDefault(account, NO_LOTS).values());
  }

  private static long sum(Collection<Long> points) {
    return points.stream().mapToLong(Long::longValue).sum();
  }

  /** The state as the member's row should have it. */
  MemberState state() {
    SortedMap<String, Account> accounts = new TreeMap<>();
    lots.forEach((name, open) -> accounts.put(name, new Account(list(open), 0)));
    debts.forEach(
        (name, debt) -> {
          if (debt != 0) {
            accounts.put(
                name, new Account(accounts.getOrDefault(name, Account.EMPTY).lots(), debt));
          }
        });
    accounts.values().removeIf(Account.EMPTY::equals);
    Account points = accounts.getOrDefault(Movement.POINTS, Account.EMPTY);
    accounts.remove(Movement.POINTS);
    List<Reservation> open = new ArrayList<>();
    reservations.forEach((by, it) -> open.add(reservation(by, it)));
    MemberState.Others others =
        new MemberState.Others(
            reserved(Place.HELD),
            reserved(Place.PENDING),
            points.debt(),
            available(Movement.STORED_VALUE),
            accounts,
            List.copyOf(open),
            status,
            mergedInto);
    return new MemberState(
        memberId, sequence, points.available(), earned, spent, points.lots(), others);
  }

  private long reserved(Place place) {
    return unassigned.getOrDefault(place, 0L)
        + reservations.values().stream()
            .filter(it -> it.place() == place)
            .mapToLong(it -> sum(it.lots().getOrDefault(Movement.POINTS, NO_LOTS).values()))
            .sum();
  }

  private static Reservation reservation(long sequence, Open open) {
    SortedMap<String, List<Lot>> lots = new TreeMap<>();
    open.lots()
        .forEach(
            (account, some) -> {
              if (!some.isEmpty()) {
                lots.put(account, list(some));
              }
            });
    JsonObject detail = open.by().extra().detail();
    String endsAt = detail.getString("endsAt");
    // Points that came in by a merge keep the order that earned them elsewhere.
    boolean merged = open.by().kind() == Kind.MERGE_IN;
    Entry.Origin origin = open.by().origin();
    return new Reservation(
        sequence,
        open.place(),
        endsAt == null ? null : Instant.parse(endsAt),
        merged ? detail.getString("storeId") : origin.storeId(),
        merged ? detail.getString("orderId") : origin.orderId(),
        lots);
  }

  private static List<Lot> list(SortedMap<Instant, Long> lots) {
    return lots.entrySet().stream().map(it -> new Lot(it.getKey(), it.getValue())).toList();
  }
}
