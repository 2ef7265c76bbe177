package points.ledger.book.check;

import points.ledger.award.Reason;

/** Says what a rule did for an order. */
final class RuleWords {

  private RuleWords() {}

  static Words gave(String rule, long points) {
    return new Words(rule + "：给 " + points + " 分", rule + " gives " + points);
  }

  static Words cut(String rule, Reason reason, long points) {
    Words why = of(reason, "");
    return new Words(
        rule + "：扣去 " + points + " 分，" + why.zh(), rule + " is cut by " + points + ": " + why.en());
  }

  /**
   * Says why a promotion gives nothing.
   *
   * @param winner the promotion that counts in its stead
   */
  static Words withheld(String rule, Reason reason, String winner) {
    Words why = of(reason, winner);
    return new Words(rule + "：不给分，" + why.zh(), rule + " gives nothing: " + why.en());
  }

  private static Words of(Reason reason, String winner) {
    return switch (reason) {
      case OUTSIDE_WINDOW -> new Words("不在活动时间", "it does not run at this time");
      case EXCLUDED -> new Words("订单里没有它的商品", "none of its goods are in the order");
      case BELOW_MINIMUM -> new Words("未达到最低要求", "the order is below its minimum");
      case NOT_IN_STORE -> new Words("不在此门店或渠道", "it does not run in this store or channel");
      case NOT_IN_GROUP -> new Words("会员不在所需分组", "the member is in none of its groups");
      case NOT_TIER -> new Words("会员等级不符", "the member has none of its tiers");
      case LOST_TO -> new Words("让位于 " + winner, winner + " counts in its stead");
      case CAP -> new Words("达到上限", "a cap is reached");
      case BUDGET -> new Words("预算用完", "its budget is used up");
      case LIMIT -> new Words("达到限额", "a limit is reached");
      case FROZEN -> new Words("会员已冻结", "the member is frozen");
      case NOT_FIRST -> new Words("不是首单", "it is not the member's first order");
      case HELD_OUT -> new Words("会员在对照组", "the member is held out, to measure its effect");
    };
  }
}
