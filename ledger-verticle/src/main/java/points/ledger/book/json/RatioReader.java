package points.ledger.book.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Limits;
import points.ledger.book.Brackets;
import points.ledger.book.GoodsRatio;
import points.ledger.book.Ratio;
import points.ledger.form.FieldFault;
import points.ledger.form.JsonFields;
import points.ledger.rules.EarningRule;
import points.ledger.rules.EarningRule.Per;

/** Reads ratios: by goods, and by the amount of an order. */
final class RatioReader {

  private static final int RATIOS_MAX = 20_000;

  private static final Map<String, Per> PERS =
      Map.of("proRata", Per.PRO_RATA, "fullStep", Per.FULL_STEP);

  private static final Map<String, Brackets.Mode> MODES =
      Map.of("marginal", Brackets.Mode.MARGINAL, "whole", Brackets.Mode.WHOLE);

  private final JsonFields book;
  private final Set<String> ids;

  /**
   * @param ids of the rules of the book so far
   */
  RatioReader(JsonFields book, Set<String> ids) {
    this.book = book;
    this.ids = ids;
  }

  /**
   * Reads points per amount.
   *
   * @param ends whether the object has nothing else
   */
  static Ratio ratio(JsonFields it, long pointsMin, boolean ends) {
    long points = it.integer("points", pointsMin, EarningRule.POINTS_MAX);
    boolean none = points == 0 && !it.has("perAmount");
    long perAmount = none ? 1 : it.integer("perAmount", 1, EarningRule.PER_AMOUNT_MAX);
    Per per = it.has("per") ? it.oneOf("per", PERS) : Per.PRO_RATA;
    if (ends) {
      it.end();
    }
    boolean usable =
        points >= 0
            && points <= EarningRule.POINTS_MAX
            && perAmount >= 1
            && perAmount <= EarningRule.PER_AMOUNT_MAX;
    return usable && per != null ? new Ratio(points, perAmount, per) : Ratio.proRata(0, 1);
  }

  List<GoodsRatio> ratios(NamedSets sets) {
    var ratios = new ArrayList<GoodsRatio>();
    for (JsonFields it : book.objects("ratios", RATIOS_MAX)) {
      String id = RuleBookReader.ruleId(it, ids);
      if (!it.has("for")) {
        it.wrong("for", FieldFault.REQUIRED);
      }
      ratios.add(new GoodsRatio(id, sets.goods(it, "for"), ratio(it, 0, false)));
      it.end();
    }
    return List.copyOf(ratios);
  }

  @Nullable Brackets brackets() {
    JsonFields brackets = book.optionalObject("brackets");
    if (brackets == null) {
      return null;
    }
    String id = RuleBookReader.ruleId(brackets, ids);
    Brackets.Mode mode = brackets.oneOf("mode", MODES);
    List<Brackets.Step> steps = steps(brackets);
    brackets.end();
    return new Brackets(id, mode == null ? Brackets.Mode.WHOLE : mode, steps);
  }

  /**
   * Steps say where they end ({@code upTo}, which they include) or where they begin ({@code from}),
   * all of them alike. The last of those that end has no end.
   */
  private static List<Brackets.Step> steps(JsonFields brackets) {
    var steps = new ArrayList<Brackets.Step>();
    List<JsonFields> all = brackets.objects("steps", Brackets.STEPS_MAX);
    boolean begin = all.stream().anyMatch(it -> it.has("from"));
    long end = 0;
    for (int i = 0; i < all.size(); i++) {
      JsonFields it = all.get(i);
      boolean last = i == all.size() - 1;
      if (begin) {
        long from = it.integer("from", i == 0 ? 0 : end + 1, i == 0 ? 0 : Limits.AMOUNT_MAX);
        steps.add(new Brackets.Step(from, from, ratio(it, 0, false)));
        end = from;
      } else {
        long above = end;
        if (!last) {
          end = it.integer("upTo", above + 1, Limits.AMOUNT_MAX);
        }
        steps.add(new Brackets.Step(above, above == 0 ? 0 : above + 1, ratio(it, 0, false)));
      }
      it.end();
    }
    if (steps.isEmpty()) {
      brackets.wrong("steps", FieldFault.STEPS, Brackets.STEPS_MAX);
      steps.add(new Brackets.Step(0, 0, Ratio.proRata(0, 1)));
    }
    return List.copyOf(steps);
  }
}
