package points.load.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The equations that hold between the entries of a member and its state.
 *
 * <ol>
 *   <li>The sequences of the entries are {@code 1, 2, …} up to that of the state.
 *   <li>The points of an entry are the sum of its movements.
 *   <li>After each entry, its balance is the sum of the open lots, and no lot is negative.
 *   <li>Points are spent from the lots that expire first.
 *   <li>The state is the sum of all entries. Through the gateway that is the state at the time of
 *       the balance: lots that have expired by then are left out, whether or not their expiry is
 *       booked.
 * </ol>
 */
public final class MemberEquations {

  /**
   * An equation that does not hold.
   *
   * @param what in one line: what was found and what was expected
   * @param entries those that show it
   */
  public record Broken(String what, List<Entry> entries) {}

  private final List<Entry> entries;
  private final EntryFold fold;
  private final List<Broken> broken = new ArrayList<>();

  private MemberEquations(String memberId, List<Entry> entries) {
    this.entries = entries;
    this.fold = new EntryFold(memberId);
  }

  /**
   * Compares entries with the member's row in PostgreSQL.
   *
   * @param row null when there is none
   * @return the equations that do not hold
   */
  public static List<Broken> broken(
      String memberId, List<Entry> entries, @Nullable MemberState row) {
    MemberEquations equations = new MemberEquations(memberId, entries);
    if (equations.add()) {
      equations.compareRow(row);
    }
    return equations.broken;
  }

  /**
   * Compares entries with the balance and the lots that the gateway shows.
   *
   * @return the equations that do not hold
   */
  public static List<Mismatch> broken(MemberSnapshot member) {
    MemberEquations equations = new MemberEquations(member.memberId(), member.entries());
    if (equations.add()) {
      equations.compareBalance(member);
    }
    return equations.broken.stream().map(it -> new Mismatch(member.memberId(), it.what())).toList();
  }

  /** Adds all entries up, unless their sequences have a gap. */
  private boolean add() {
    for (int i = 0; i < entries.size(); i++) {
      long expected = i + 1L;
      if (entries.get(i).sequence() != expected) {
        List<Entry> around =
            entries.stream().filter(it -> Math.abs(it.sequence() - expected) <= 1).toList();
        found(
            "entry %d stands where %d belongs".formatted(entries.get(i).sequence(), expected),
            around);
        return false;
      }
    }
    entries.forEach(entry -> fold.add(entry).forEach(what -> found(what, List.of(entry))));
    return true;
  }

  private void compareRow(@Nullable MemberState row) {
    MemberState expected = fold.state();
    if (row == null && !entries.isEmpty()) {
      found("a member has entries and no row", last());
    } else if (row != null && !row.equals(expected)) {
      found("the member's row is %s, the entries make %s".formatted(row, expected), last());
    }
  }

  private void compareBalance(MemberSnapshot member) {
    MemberState shown = member.state();
    MemberState expected = fold.state();
    compare("the sequence", shown.sequence(), expected.sequence());
    List<Lot> open = open(expected, member);
    if (!open(shown, member).equals(open)) {
      found("open lots are %s, the entries leave %s".formatted(shown.lots(), open), last());
    }
    compare("available", shown.available(), new Account(open, 0).available());
    compare("held", shown.others().held(), expected.others().held());
    compare("pending", shown.others().pending(), expected.others().pending());
    compare("debt", shown.others().debt(), expected.others().debt());
  }

  private static List<Lot> open(MemberState state, MemberSnapshot member) {
    return state.lots().stream().filter(lot -> lot.openAt(member.asOf())).toList();
  }

  private void compare(String name, long shown, long expected) {
    if (shown != expected) {
      found("%s is %d, the entries leave %d".formatted(name, shown, expected), last());
    }
  }

  private List<Entry> last() {
    return entries.isEmpty() ? List.of() : List.of(entries.get(entries.size() - 1));
  }

  private void found(String what, List<Entry> some) {
    broken.add(new Broken(what, some));
  }
}
