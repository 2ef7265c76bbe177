package points.ledger.book.check;

import java.time.Instant;
import java.util.List;
import points.ledger.book.Brackets;
import points.ledger.book.Ratio;
import points.ledger.book.RuleBook;
import points.ledger.budget.Budget;
import points.ledger.rules.Fraction;

/**
 * Finds the rules of a book that can hardly be meant.
 *
 * <p>Such rules never count, always lose, say a thing twice or change nothing. Each finding is
 * certain by the document alone; days and hours are looked at in the zone of the book. A promotion
 * that counts and is never reached is not found: figures show it.
 */
public final class BookFindings {

  private final RuleBook book;
  private final Findings findings = new Findings();

  private BookFindings(RuleBook book) {
    this.book = book;
  }

  /**
   * Returns the findings in a book, at most {@value Findings#MAX}.
   *
   * @param inForceFrom when the book is to come into force
   */
  public static List<Finding> of(RuleBookDocument document, Instant inForceFrom) {
    var its = new BookFindings(document.book());
    new RatioFindings(its.book, its.findings).find();
    its.findInBrackets();
    new PromotionFindings(its.book, its.findings).find(inForceFrom);
    its.findInGroups();
    new LosingFindings(its.book, its.findings).find();
    new CapFindings(its.book, its.findings).find();
    its.findInBudgets();
    for (String set : document.unusedSets()) {
      Words name = new Words("集合「" + set + "」", "The set " + set);
      its.findings.add(FindingKind.SET_UNUSED, "/sets/" + set.replace("~", "~0"), name);
    }
    return its.findings.all();
  }

  private void findInBrackets() {
    Brackets brackets = book.brackets();
    for (int i = 1; brackets != null && i < brackets.steps().size(); i++) {
      Ratio ratio = brackets.steps().get(i).ratio();
      Ratio before = brackets.steps().get(i - 1).ratio();
      String pointer = "/brackets/steps/" + i;
      Words step = new Words("第 " + (i + 1) + " 级", "Step " + (i + 1));
      Fraction rate = Fraction.of(ratio.points(), ratio.perAmount());
      Fraction rateBefore = Fraction.of(before.points(), before.perAmount());
      boolean less = rateBefore.isMoreThan(rate);
      if (less && brackets.mode() == Brackets.Mode.WHOLE) {
        findings.add(FindingKind.STEP_FALLS, pointer, step);
      } else if (!less && !rate.isMoreThan(rateBefore) && ratio.equals(before)) {
        findings.add(FindingKind.STEP_SAME, pointer, step);
      }
    }
  }

  private void findInBudgets() {
    for (int i = 0; i < book.budgets().size(); i++) {
      Budget budget = book.budgets().get(i);
      String id = budget.id();
      boolean isUsed =
          id.equals(book.budget())
              || book.promotions().stream().anyMatch(it -> id.equals(it.budget()));
      if (!isUsed || budget.points() == 0) {
        findings.add(
            isUsed ? FindingKind.BUDGET_ZERO : FindingKind.BUDGET_UNUSED,
            "/budgets/" + i,
            new Words("预算「" + id + "」", "The budget " + id));
      }
    }
  }

  private void findInGroups() {
    for (int i = 0; i < book.groups().size(); i++) {
      String id = book.groups().get(i).id();
      long promotions = book.promotions().stream().filter(it -> id.equals(it.group())).count();
      if (promotions < 2) {
        findings.add(
            promotions == 0 ? FindingKind.GROUP_EMPTY : FindingKind.GROUP_OF_ONE,
            "/stacking/groups/" + i,
            new Words("互斥组「" + id + "」", "The group " + id));
      }
    }
  }
}
