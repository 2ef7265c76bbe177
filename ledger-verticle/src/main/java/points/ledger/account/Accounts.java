package points.ledger.account;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * A member's accounts, one per currency. Every member has {@link #POINTS}; the others are there
 * while there is something in them.
 *
 * @param points the program's first point currency
 * @param others by name: {@link #GROWTH}, {@link #STORED_VALUE}, and the program's further point
 *     currencies; none is empty
 */
public record Accounts(Account points, SortedMap<String, Account> others) {

  /** The first point currency of every program. */
  public static final String POINTS = "points";

  /** Growth value, by which members move between tiers; it is not spent. */
  public static final String GROWTH = "growth";

  /** Money that the member has paid in, in minor units; it never expires. */
  public static final String STORED_VALUE = "storedValue";

  public static final Accounts EMPTY = new Accounts(Account.EMPTY, Collections.emptySortedMap());

  /** A member's accounts of which all but the first are as given. */
  public static Accounts of(Account points, Map<String, Account> others) {
    return others.isEmpty()
        ? new Accounts(points, Collections.emptySortedMap())
        : new Accounts(points, Collections.unmodifiableSortedMap(new TreeMap<>(others)));
  }

  public Account of(String name) {
    return name.equals(POINTS) ? points : others.getOrDefault(name, Account.EMPTY);
  }

  public Accounts plus(Movement movement) {
    String name = movement.account();
    Account changed = of(name).plus(movement);
    if (name.equals(POINTS)) {
      return new Accounts(changed, others);
    }
    var rest = new TreeMap<>(others);
    if (changed.isEmpty()) {
      rest.remove(name);
    } else {
      rest.put(name, changed);
    }
    return of(points, rest);
  }

  /** Visits each account that there is, {@link #POINTS} first. */
  public void forEach(BiConsumer<String, Account> use) {
    use.accept(POINTS, points);
    others.forEach(use);
  }
}
