package points.ledger.book.diff;

import java.util.HashMap;
import java.util.Map;
import points.ledger.book.check.Words;

/** The names of a document's fields and of their values, for people. */
final class FieldNames {

  private static final Words NONE = Words.same("");

  /** By field, or by the field that holds it and the field: the name in Chinese and in English. */
  private static final Map<String, Words> NAMES =
      table(
          """
          title|标题|title
          timeZone|时区|time zone
          excluded|不积分的商品|goods that earn nothing
          mode|方式|mode
          carry|余数结转|carry of remainders
          points|积分|points
          perAmount|每消费|for each
          per|计算|reckoned
          for|适用商品|goods
          upTo|至|up to
          steps.from|起|from
          combine|倍数叠加|multipliers
          choose|取舍|choice
          scope|范围|scope
          priority|优先级|priority
          group|互斥组|group
          multiply|倍数|multiplies by
          perUnit|每件积分|points for each unit
          fixed|固定积分|fixed points
          unitsPerOrder|每单计件上限|units in an order at most
          when.from|开始|from
          when.to|结束|until
          days.from|首日|from
          days.to|止于|until
          hours.from|从|from
          hours.to|到|until
          when.days|日期|days
          calendar.days|日子|days
          weekdays|星期|weekdays
          hours|时段|hours
          calendar|日历|calendar
          in|取自|of
          stores|门店|stores
          storeIds|门店|stores
          storeTags|门店标签|tags of stores
          channels|渠道|channels
          tiers|等级|tiers
          groups|会员分组|groups of members
          minimum|最低要求|minimum
          amount|金额|amount
          measured|按|measured by
          linesAtLeast|最少行数|lines at least
          firstPurchase|仅限首单|first order only
          birthday|生日前后|at the birthday
          holdOut|对照组比例|held out
          not|排除|except
          goods|商品|goods
          products|商品编号|products
          categories|品类|categories
          marginClasses|毛利等级|margin classes
          tags|标签|tags
          holidays|节假日|holidays
          workdays|调休上班日|make-up workdays
          cap|上限|cap
          perOrder|每单|per order
          perMember|每会员|per member
          day|每天|per day
          week|每周|per week
          month|每月|per month
          year|每年|per year
          unit|单位|unit
          return|退款后恢复额度|room after a refund
          budget|预算|budget
          limit|上限|limit
          marketingCost|营销成本|marketing cost
          pointsPerUnit|积分价值|worth of points
          redemptionRate|核销率|redemption rate
          basis|算法|basis
          warnAt|提醒比例|warns at
          atEnd|用完后|at its end
          count|计数|counts
          within|时间窗|within
          then|超出后|beyond it
          at|时间|at
          member|会员|member
          tier|等级|tier
          heldOut|在对照组|held out
          store|门店|store
          storeId|编号|id
          order|订单|order
          channel|渠道|channel
          initialAmount|原价金额|amount before coupons
          lines|明细|lines
          lineId|行号|line
          productId|商品|product
          category|品类|category
          marginClass|毛利等级|margin class
          quantity|数量|quantity
          perDay|每天最多计|on a day at most
          levels.from|起|from
          measure||
          review||
          name|名称|name
          zh|中文|Chinese
          en|英文|English
          benefits|权益|benefits
          kind|种类|kind
          text|文字|text
          facts|收银台用值|facts for tills
          neverFalls|永不降级|never falls
          upgradePrice|升级价格|price
          validity|有效期|valid for
          account|计量|measured
          period|周期|period
          length|长度|length
          up|升级|rises
          on|考核日|looked at
          down|降级|falls
          grace|宽限|days of grace
          onRefund|退款后|after a refund
          ifWithin|升级后多久内|within so long of the rise
          """);

  private static final Map<String, Words> RULES =
      table(
          """
          base|基础比例|Base ratio
          brackets|消费分段|Brackets
          rounding|取整|Rounding
          stacking|叠加|Stacking
          caps|总上限|Caps of the book
          ratios|比例|Ratios
          growth|成长值|Growth
          tiers|会员等级|Tiers
          budgets|预算|Budgets
          abuse|防刷限制|Limits against abuse
          """);

  private static final Map<String, Words> VALUES =
      table(
          """
          floor|向下取整|down
          halfUp|四舍五入|half up
          halfEven|银行家舍入|half to even
          ceiling|向上取整|up
          proRata|按比例|pro rata
          fullStep|按整额|for full steps
          marginal|各段分别计|each part by its step
          whole|全额按所达级|the whole by the step reached
          add|相加|add up
          multiply|相乘|multiply
          combine.best|取最高|the highest counts
          choose.best|取最多|the one that gives most
          choose.priority|按优先级|the one of the highest priority
          scope.line|每行|each line
          scope.order|整单|the whole order
          mon|周一|Monday
          tue|周二|Tuesday
          wed|周三|Wednesday
          thu|周四|Thursday
          fri|周五|Friday
          sat|周六|Saturday
          sun|周日|Sunday
          holiday|节假日|holidays
          workday|工作日|workdays
          weekend|周末|weekends
          till|收银台|till
          miniProgram|小程序|mini-program
          web|网店|web shop
          other|其他|other
          initial|原价|prices before coupons
          current|计分金额|the amount that earns
          measured.goods|适用商品的金额|its goods
          unit.points|积分|points
          uses|次数|uses
          samePeriod|仅限同一周期|in the same period only
          always|总是|always
          never|从不|never
          cautious|审慎（乘核销率）|cautious (times the rate)
          expected|预期（除以核销率）|expected (divided by the rate)
          formula|按公式|by the formula
          atEnd.cut|扣减到剩余|cut to what is left
          atEnd.stop|活动终止|the campaign stops
          per.program|全体系共用|for the whole program
          per.store|每店各一份|for each store
          per.member|每会员|for each member
          per.cashier|每收银员|for each cashier
          per.terminal|每收银机|for each till
          per.receipt|每小票|for each receipt
          orders|订单数|orders
          points|积分|points
          amount|金额|amount
          lateness|补录延迟|lateness
          review|待审核|waits for review
          refuse|拒绝|is refused
          birthday.month|当月|the whole month
          growth|成长值|growth
          visits|消费次数|visits
          spend|消费金额|spend
          calendarYear|自然年|calendar year
          rolling|滚动|rolling
          immediate|立即|at once
          review|考核时|at the review
          yearEnd|年末|the end of the year
          anniversary|周年日|the anniversary
          oneStep|降一级|one step
          toEarned|降到应得等级|to what is earned
          """);

  private FieldNames() {}

  private static Map<String, Words> table(String lines) {
    var table = new HashMap<String, Words>();
    lines
        .lines()
        .map(it -> it.split("\\|", -1))
        .forEach(it -> table.put(it[0], new Words(it[1], it[2])));
    return Map.copyOf(table);
  }

  /** The name of a field; its own when it has none here. */
  static Words of(String parent, String field) {
    if (field.equals("when")) {
      return NONE; // the conditions of a promotion are named each by itself
    }
    Words its = NAMES.get(parent + "." + field);
    return its == null ? NAMES.getOrDefault(field, Words.same(field)) : its;
  }

  /** The rule that begins with a field, or nothing. */
  static Words rule(String parent, String field) {
    return switch (parent) {
      case "" -> RULES.getOrDefault(field, NONE);
      case "sets" -> new Words("集合「" + field + "」", "Set " + field);
      case "tierFactors" -> new Words("等级 " + field + " 的系数", "Factor of tier " + field);
      default -> NONE;
    };
  }

  /** The element of a list of rules. */
  static Words element(String list, String id) {
    return switch (list) {
      case "promotions" -> new Words("活动「" + id + "」", "Promotion " + id);
      case "ratios" -> new Words("比例「" + id + "」", "Ratio " + id);
      case "groups" -> new Words("互斥组「" + id + "」", "Group " + id);
      case "examples" -> new Words("算例「" + id + "」", "Example " + id);
      case "rules" -> new Words("成长值规则「" + id + "」", "Growth rule " + id);
      case "levels" -> new Words("等级「" + id + "」", "Tier " + id);
      case "steps" -> new Words("第 " + id + " 级", "Step " + id);
      default -> new Words("第 " + id + " 行", "Line " + id);
    };
  }

  /** A value that is one of those that a field allows. */
  static Words fixed(String field, String text) {
    Words its = VALUES.get(field + "." + text);
    return its == null ? VALUES.getOrDefault(text, Words.same(text)) : its;
  }
}
