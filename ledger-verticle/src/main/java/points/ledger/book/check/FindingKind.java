package points.ledger.book.check;

import java.util.Locale;

/** The things that a book says and can hardly mean. */
public enum FindingKind {
  WINDOW_EMPTY(
      true,
      "永不生效：日期、星期、时段与日历互相排斥",
      "never runs: its dates, weekdays, hours and calendar exclude each other"),
  WINDOW_OVER(false, "在本规则生效之前已经结束", "is over before the book comes into force"),
  STORES_EXCLUDED(true, "永不生效：指定的门店全部被排除", "never counts: all its stores are excluded"),
  CHANNELS_EXCLUDED(true, "永不生效：指定的渠道全部被排除", "never counts: all its channels are excluded"),
  TIERS_EXCLUDED(true, "永不生效：指定的等级全部被排除", "never counts: all its tiers are excluded"),
  GROUPS_EXCLUDED(
      true, "永不生效：指定的会员分组全部被排除", "never counts: all its groups of members are excluded"),
  GOODS_EXCLUDED(true, "永不生效：指定的商品全部被排除", "never counts: all its goods are excluded"),
  ALWAYS_LOSES(false, "总是让位于 {other}", "always loses to {other}"),
  RATIO_EXCLUDED(
      false, "永不生效：其商品全部不积分", "never counts: all its goods are among those that earn nothing"),
  RATIO_TWICE(true, "与 {other} 指定了相同的 {names}", "names what {other} names, too: {names}"),
  GROUP_EMPTY(false, "没有任何活动属于它", "has no promotion in it"),
  GROUP_OF_ONE(false, "只有一个活动，不会发生互斥", "has one promotion only, which excludes nothing"),
  CAP_ZERO(false, "上限为 0，不会给分", "has a cap of 0 and gives nothing"),
  CAP_IDLE(false, "上限不起作用：更长期间的上限更低", "has a cap without effect: that of a longer time is lower"),
  CAPS_MAX(
      true,
      "的每会员上限过多：全书最多 {names} 个，否则会员的用量记不全",
      "has a cap for a member too many: a book has at most {names}, or not all uses are kept"),
  STEP_FALLS(
      false,
      "达到这一级后总积分反而变少",
      "gives fewer points than the step before, so that paying more earns less"),
  STEP_SAME(false, "与上一级的比例相同", "has the same ratio as the step before"),
  SET_UNUSED(false, "没有规则使用", "is used by no rule"),
  BUDGET_UNUSED(false, "没有规则从中支出", "pays for no rule"),
  BUDGET_ZERO(false, "上限为 0，不会给分", "has a limit of 0 and gives nothing");

  private final boolean stopsPublishing;
  private final String zh;
  private final String en;

  FindingKind(boolean stopsPublishing, String zh, String en) {
    this.stopsPublishing = stopsPublishing;
    this.zh = zh;
    this.en = en;
  }

  /** Returns whether a book with such a finding is not published. */
  public boolean stopsPublishing() {
    return stopsPublishing;
  }

  /** Returns the name as callers see it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Says it of a rule. */
  Words of(Words rule, String other, String names) {
    return new Words(
        rule.zh() + filled(zh, other, names), rule.en() + " " + filled(en, other, names));
  }

  private static String filled(String text, String other, String names) {
    return text.replace("{other}", other).replace("{names}", names);
  }
}
