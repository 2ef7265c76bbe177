package points.ledger.engine;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import points.ledger.award.LineFacts;
import points.ledger.book.Brackets;
import points.ledger.book.Ratio;
import points.ledger.book.RuleBook;
import points.ledger.rules.EarningRule.Per;
import points.ledger.rules.Fraction;

/** The exact points of each line by its one ratio, before tier and promotions. */
final class BaseValues {

  private final RuleBook book;
  private final List<LineFacts> lines;
  private final int[] rules;
  private @Nullable Map<Integer, Long> amounts;

  /**
   * @param excluded lines that earn nothing
   */
  BaseValues(CompiledBook compiled, List<LineFacts> lines, boolean[] excluded) {
    this.book = compiled.book();
    this.lines = lines;
    this.rules = new int[lines.size()];
    for (int i = 0; i < rules.length; i++) {
      rules[i] = excluded[i] ? -1 : ruleOf(book, compiled.ratioOf(lines.get(i)));
    }
  }

  private static int ruleOf(RuleBook book, int ratio) {
    if (ratio != RatioIndex.NONE) {
      return book.ratioNumber(ratio);
    }
    return book.brackets() == null ? RuleBook.BASE : book.bracketsNumber();
  }

  /** The number of the rule that gives the line its points; -1 when it is excluded. */
  int ruleOfLine(int line) {
    return rules[line];
  }

  /** The exact points of each line. */
  Fraction[] ofLines() {
    var values = new Fraction[rules.length];
    Arrays.setAll(values, this::of);
    return values;
  }

  private Fraction of(int line) {
    int rule = rules[line];
    if (rule < 0) {
      return Fraction.ZERO;
    }
    long amount = lines.get(line).amount();
    Brackets brackets = book.brackets();
    if (brackets != null && rule == book.bracketsNumber()) {
      return ofBrackets(brackets, amount, amountOf(rule));
    }
    Ratio ratio = rule == RuleBook.BASE ? book.base() : book.ratios().get(rule - 1).ratio();
    return of(ratio, amount, ratio.per() == Per.PRO_RATA ? amount : amountOf(rule));
  }

  /** The amount of all lines that have the ratio of a rule; few rules ask for it. */
  private long amountOf(int rule) {
    if (amounts == null) {
      var sums = new HashMap<Integer, Long>();
      for (int i = 0; i < rules.length; i++) {
        sums.merge(rules[i], lines.get(i).amount(), Long::sum);
      }
      amounts = sums;
    }
    return amounts.getOrDefault(rule, 0L);
  }

  /**
   * @param whole the amount of all lines that have this ratio
   */
  private static Fraction of(Ratio ratio, long amount, long whole) {
    if (ratio.per() == Per.PRO_RATA) {
      return Fraction.of(ratio.points(), ratio.perAmount()).times(amount);
    }
    return whole == 0
        ? Fraction.ZERO
        : Fraction.of(amount, whole).times(whole / ratio.perAmount()).times(ratio.points());
  }

  private static Fraction ofBrackets(Brackets brackets, long amount, long whole) {
    if (brackets.mode() == Brackets.Mode.WHOLE) {
      return of(brackets.reachedBy(whole).ratio(), amount, whole);
    }
    Fraction all = Fraction.ZERO;
    long below = Long.MAX_VALUE;
    for (int i = brackets.steps().size() - 1; i >= 0; i--) {
      Brackets.Step step = brackets.steps().get(i);
      long within = Math.min(whole, below) - step.above();
      if (within > 0) {
        all = all.plus(of(step.ratio(), within, within));
      }
      below = step.above();
    }
    return whole == 0 ? Fraction.ZERO : all.times(Fraction.of(amount, whole));
  }
}
