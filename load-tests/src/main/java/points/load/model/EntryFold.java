package points.load.model;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import points.load.model.Movement.Place;

/**
 * A member's entries added up from nothing, without a line of the gateway's own code. Says of each
 * entry what in it cannot be, and goes on as well as it can.
 */
public final class EntryFold {
  private final String memberId;
  private final SortedMap<String, SortedMap<Instant, Long>> lots = new TreeMap<>();
  private final Map<String, Long> debts = new HashMap<>();
  private final Map<Long, SetAside> reserves = new LinkedHashMap<>();
  private final List<String> wrong = new ArrayList<>();
  private long sequence;
  private long earned;
  private long spent;
  private MemberState.Status status = MemberState.Status.ACTIVE;
  private @Nullable String mergedInto;

  /** What an entry set aside. */
  private record SetAside(Place place, Entry by, Map<String, SortedMap<Instant, Long>> lots) {
    long total() {
      return lots.values().stream().flatMap(it -> it.values().stream()).mapToLong(it -> it).sum();
    }
  }

  public EntryFold(String memberId) {
    this.memberId = memberId;
  }

  /** The states after 0, 1, 2 and all entries. */
  public static List<MemberState> states(String memberId, List<Entry> entries) {
    EntryFold refold = new EntryFold(memberId);
    List<MemberState> states = new ArrayList<>(entries.size() + 1);
    states.add(refold.state());
    for (Entry entry : entries) {
      refold.add(entry);
      states.add(refold.state());
    }
    return List.copyOf(states);
  }

  /** Adds one entry, and says what in it cannot be. */
  public List<String> add(Entry entry) {
    wrong.clear();
    SpendingOrder.wrong(entry, lots).ifPresent(wrong::add);
    opens(entry);
    entry.movements().forEach(this::move);
    reserves.values().removeIf(it -> it.total() == 0);
    lots.values().removeIf(Map::isEmpty);
    sequence = entry.sequence();
    LifetimeTotals lifetime = LifetimeTotals.of(entry);
    earned += lifetime.earned();
    spent += lifetime.spent();
    end(entry);
    compare(entry);
    return List.copyOf(wrong);
  }

  private void end(Entry entry) {
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

  private void opens(Entry entry) {
    Place place = entry.kind() == Entry.Kind.HOLD ? Place.HELD : Place.PENDING;
    boolean opens =
        place == Place.HELD
            || entry.movements().stream()
                .anyMatch(it -> it.place() == place && it.reserve() == entry.sequence());
    if (opens) {
      reserves.put(entry.sequence(), new SetAside(place, entry, new TreeMap<>()));
    }
  }

  private void move(Movement movement) {
    switch (movement.place()) {
      case AVAILABLE -> change(lotsOf(movement.account()), movement, "a lot");
      case DEBT -> {
        if (debts.merge(movement.account(), movement.points(), Long::sum) < 0) {
          wrong.add("more was paid back than was owed");
        }
      }
      case HELD, PENDING -> {
        SetAside reserve = reserves.get(movement.reserve());
        if (reserve == null || reserve.place() != movement.place()) {
          wrong.add("entry %d has set nothing aside there".formatted(movement.reserve()));
        } else {
          SortedMap<Instant, Long> there =
              reserve.lots().computeIfAbsent(movement.account(), it -> new TreeMap<>());
          change(there, movement, "what is set aside");
          reserve.lots().values().removeIf(Map::isEmpty);
        }
      }
    }
  }

  private SortedMap<Instant, Long> lotsOf(String account) {
    return lots.computeIfAbsent(account, it -> new TreeMap<>());
  }

  private void change(SortedMap<Instant, Long> there, Movement movement, String from) {
    long left = there.merge(movement.expiresAt(), movement.points(), Long::sum);
    if (left < 0) {
      wrong.add("%d points too many were taken from %s".formatted(-left, from));
    }
    if (left == 0) {
      there.remove(movement.expiresAt());
    }
  }

  private void compare(Entry entry) {
    if (entry.points() != entry.worth(Movement.POINTS)) {
      wrong.add("an entry's points are not the sum of its movements");
    }
    if (entry.balance() != available(Movement.POINTS)) {
      wrong.add("the entries leave a balance of %d".formatted(available(Movement.POINTS)));
    }
    entry
        .extra()
        .balances()
        .forEach(
            (account, balance) -> {
              if (balance != available(account)) {
                wrong.add("the entries leave %d of %s".formatted(available(account), account));
              }
            });
    if (DebtRepayment.mustBePaidFirst(entry.kind())) {
      debts.forEach(
          (account, debt) -> {
            if (debt > 0 && DebtRepayment.takesIn(entry, account)) {
              wrong.add("%s came in while %d are owed".formatted(account, debt));
            }
          });
    }
  }

  private long available(String account) {
    return sum(lots.getOrDefault(account, new TreeMap<>()).values());
  }

  private static long sum(Collection<Long> points) {
    return points.stream().mapToLong(Long::longValue).sum();
  }

  /** As the member's row should have it. */
  public MemberState state() {
    SortedMap<String, Account> accounts = new TreeMap<>();
    lots.forEach((name, open) -> accounts.put(name, new Account(list(open), 0)));
    debts.forEach(
        (name, debt) -> {
          if (debt != 0) {
            Account account = accounts.getOrDefault(name, Account.EMPTY);
            accounts.put(name, new Account(account.lots(), debt));
          }
        });
    accounts.values().removeIf(Account.EMPTY::equals);
    Account points = accounts.getOrDefault(Movement.POINTS, Account.EMPTY);
    accounts.remove(Movement.POINTS);
    List<Reservation> open = new ArrayList<>();
    reserves.forEach((by, setAside) -> open.add(reserve(by, setAside)));
    MemberState.Others others =
        new MemberState.Others(
            setAside(Place.HELD),
            setAside(Place.PENDING),
            points.debt(),
            available(Movement.STORED_VALUE),
            accounts,
            List.copyOf(open),
            status,
            mergedInto);
    return new MemberState(
        memberId, sequence, points.available(), earned, spent, points.lots(), others);
  }

  private long setAside(Place place) {
    return reserves.values().stream()
        .filter(it -> it.place() == place)
        .mapToLong(it -> sum(it.lots().getOrDefault(Movement.POINTS, new TreeMap<>()).values()))
        .sum();
  }

  private static Reservation reserve(long sequence, SetAside setAside) {
    SortedMap<String, List<Lot>> lots = new TreeMap<>();
    setAside.lots().forEach((account, open) -> lots.put(account, list(open)));
    JsonObject detail = setAside.by().extra().detail();
    String endsAt = detail.getString("endsAt");
    // what a merge brings is of the order that earned it elsewhere
    boolean merged = setAside.by().kind() == Entry.Kind.MERGE_IN;
    Entry.Origin origin = setAside.by().origin();
    return new Reservation(
        sequence,
        setAside.place(),
        endsAt == null ? null : Instant.parse(endsAt),
        merged ? detail.getString("storeId") : origin.storeId(),
        merged ? detail.getString("orderId") : origin.orderId(),
        lots);
  }

  private static List<Lot> list(SortedMap<Instant, Long> lots) {
    List<Lot> list = new ArrayList<>(lots.size());
    lots.forEach((expiresAt, points) -> list.add(new Lot(expiresAt, points)));
    return List.copyOf(list);
  }
}
