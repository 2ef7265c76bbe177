package points.ledger.book.json;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import points.ledger.book.Caps;
import points.ledger.book.Caps.Period;
import points.ledger.book.Effect;
import points.ledger.book.ExclusiveGroup;
import points.ledger.book.Promotion;
import points.ledger.book.RuleBook;
import points.ledger.book.RuleCap;
import points.ledger.form.FieldFault;
import points.ledger.form.JsonFields;
import points.ledger.rules.EarningRule;

/** Reads promotions and caps. */
final class PromotionReader {

  private static final long CAP_MAX = 1_000_000_000_000L;
  private static final long UNITS_MAX = 1_000_000;

  private static final Map<String, Period> PERIODS =
      Map.of("day", Period.DAY, "week", Period.WEEK, "month", Period.MONTH, "year", Period.YEAR);

  private static final Map<String, RuleCap.Unit> UNITS =
      Map.of("points", RuleCap.Unit.POINTS, "uses", RuleCap.Unit.USES);

  private static final List<String> EFFECTS = List.of("multiply", "perUnit", "fixed");

  private final NamedSets sets;
  private final ConditionReader conditions;
  private final List<ExclusiveGroup> groups;
  private final Set<String> budgets;
  private final Set<String> ids;

  /**
   * @param budgets the ids of the book's budgets
   * @param ids of the rules of the book so far
   */
  PromotionReader(
      NamedSets sets,
      ConditionReader conditions,
      List<ExclusiveGroup> groups,
      Set<String> budgets,
      Set<String> ids) {
    this.sets = sets;
    this.conditions = conditions;
    this.groups = groups;
    this.budgets = budgets;
    this.ids = ids;
  }

  List<Promotion> read(JsonFields book) {
    var promotions = new ArrayList<Promotion>();
    for (JsonFields it : book.objects("promotions", RuleBook.PROMOTIONS_MAX)) {
      promotions.add(promotion(it));
      it.end();
    }
    return List.copyOf(promotions);
  }

  private Promotion promotion(JsonFields it) {
    String id = RuleBookReader.ruleId(it, ids);
    Long priority = it.optionalInteger("priority", -1000, 1000);
    Effect effect = effect(it);
    return new Promotion(
        id,
        priority == null ? 0 : priority.intValue(),
        group(it, effect),
        sets.goods(it, "for"),
        effect,
        conditions.read(it),
        cap(it),
        BudgetReader.reference(it, budgets));
  }

  private @Nullable String group(JsonFields it, Effect effect) {
    if (!it.has("group")) {
      return null;
    }
    String name =
        it.known(
            "group",
            id -> groups.stream().anyMatch(group -> group.id().equals(id)),
            FieldFault.GROUP_UNKNOWN);
    boolean byLine =
        groups.stream()
            .anyMatch(
                group -> group.id().equals(name) && group.scope() == ExclusiveGroup.Scope.LINE);
    if (byLine && effect instanceof Effect.Fixed) {
      it.wrong("group", FieldFault.GROUP_BY_LINE);
    }
    return name;
  }

  private static Effect effect(JsonFields it) {
    List<String> there = EFFECTS.stream().filter(it::has).toList();
    if (there.size() != 1) {
      it.wrong(there.isEmpty() ? "multiply" : there.get(1), FieldFault.ONE_EFFECT);
    }
    Effect effect = new Effect.Fixed(1);
    if (it.has("multiply")) {
      effect = new Effect.Multiply(Fractions.read(it, "multiply", 1));
    }
    if (it.has("perUnit")) {
      effect = new Effect.PerUnit(it.integer("perUnit", 1, EarningRule.POINTS_MAX), unitsMax(it));
    }
    if (it.has("fixed")) {
      effect = new Effect.Fixed(it.integer("fixed", 1, EarningRule.POINTS_MAX));
    }
    return effect;
  }

  private static long unitsMax(JsonFields it) {
    Long units = it.optionalInteger("unitsPerOrder", 1, UNITS_MAX);
    return units == null ? UNITS_MAX : units;
  }

  private static RuleCap cap(JsonFields it) {
    JsonFields cap = it.optionalObject("cap");
    if (cap == null) {
      return RuleCap.NONE;
    }
    RuleCap.Unit unit = cap.has("unit") ? cap.oneOf("unit", UNITS) : RuleCap.Unit.POINTS;
    Caps caps = caps(cap);
    cap.end();
    return new RuleCap(caps, unit == null ? RuleCap.Unit.POINTS : unit);
  }

  /** Reads the caps of an object; the caller ends it. */
  static Caps caps(JsonFields cap) {
    Long perOrder = cap.optionalInteger("perOrder", 0, CAP_MAX);
    var perMember = new EnumMap<Period, Long>(Period.class);
    JsonFields member = cap.optionalObject("perMember");
    if (member != null) {
      PERIODS.forEach(
          (name, period) -> {
            Long most = member.optionalInteger(name, 0, CAP_MAX);
            if (most != null) {
              perMember.put(period, most);
            }
          });
      member.end();
    }
    return new Caps(perOrder == null ? Long.MAX_VALUE : perOrder, Map.copyOf(perMember));
  }
}
