package points.ledger.decide;

import points.ledger.account.Accounts;
import points.ledger.account.Limits;
import points.ledger.account.Movement.Place;
import points.ledger.model.MemberState;

/** The limit of what an account may have or owe, for any kind of command. */
final class BalanceLimit {

  private BalanceLimit() {}

  /** Returns whether a command takes an account beyond the limit, or further beyond it. */
  static boolean isExceeded(MemberState before, MemberState after) {
    if (isExceeded(before, after, Accounts.POINTS)) {
      return true;
    }
    for (String account : after.accounts().others().keySet()) {
      if (isExceeded(before, after, account)) {
        return true;
      }
    }
    return false;
  }

  /** An account that was over the limit before this command may shrink, and not grow. */
  private static boolean isExceeded(MemberState before, MemberState after, String account) {
    long all = all(after, account);
    long debt = after.accounts().of(account).debt();
    return (all > Limits.POINTS_MAX && all > all(before, account))
        || (debt > Limits.POINTS_MAX && debt > before.accounts().of(account).debt());
  }

  private static long all(MemberState state, String account) {
    return state.accounts().of(account).lots().total()
        + state.setAside(account, Place.HELD)
        + state.setAside(account, Place.PENDING);
  }
}
