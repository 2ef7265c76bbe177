package points.ledger.proof;

import java.util.ArrayList;
import java.util.List;
import points.ledger.account.Accounts;
import points.ledger.model.Entry;
import points.ledger.model.MemberState;

/**
 * Folds a member's entries once more, from the first on, and compares the results.
 *
 * <p>It computes what the member must have if each entry did what it says. For one member; entries
 * are added in the order of their sequence.
 */
public final class EntryReplay {

  /** So that entries that make no sense do not fill the memory with what is wrong with them. */
  private static final int DIFFERENCES_MAX = 100;

  private final List<Difference> differences = new ArrayList<>(0);
  private MemberState state = MemberState.ENROLLED;
  private long entries;
  private boolean broken;

  /** Folds one more entry, and holds its own figures against the state that it leaves. */
  public void add(Entry entry) {
    entries++;
    if (broken) {
      return;
    }
    if (entry.sequence() != state.sequence() + 1) {
      note(Difference.of("sequence", state.sequence() + 1, entry.sequence()));
    }
    try {
      state = state.after(entry);
    } catch (IllegalArgumentException | ArithmeticException impossible) {
      broken = true; // from here on there is no state to go on from
      note(Difference.of("entry " + entry.sequence(), "one that can be", impossible));
      return;
    }
    String of = " of entry " + entry.sequence();
    check("points" + of, entry.worth(Accounts.POINTS), entry.points());
    check("balance" + of, state.lots().total(), entry.balance());
    entry
        .balances()
        .forEach(
            (account, balance) ->
                check(
                    "balance of " + account + of,
                    state.accounts().of(account).lots().total(),
                    balance));
  }

  private void check(String what, long expected, long found) {
    if (expected != found) {
      note(Difference.of(what, expected, found));
    }
  }

  private void note(Difference difference) {
    if (differences.size() < DIFFERENCES_MAX) {
      differences.add(difference);
    }
  }

  /** Returns the number of entries. */
  public long entries() {
    return entries;
  }

  /** The member after the entries so far. */
  public MemberState state() {
    return state;
  }

  /** Returns the contradictions among the entries themselves; at most the first hundred. */
  public List<Difference> differences() {
    return List.copyOf(differences);
  }

  /**
   * Returns the contradictions among the entries, and the differences of the member's row from
   * them.
   */
  public List<Difference> differencesFrom(MemberState row) {
    var all = new ArrayList<>(differences);
    all.addAll(Difference.between(state, row));
    return List.copyOf(all);
  }
}
