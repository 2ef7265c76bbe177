package points.ledger.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import points.ledger.award.Award;
import points.ledger.award.Awarded.CappedRule;
import points.ledger.award.Awarded.PaidRule;
import points.ledger.book.Promotion;
import points.ledger.book.RuleBook;
import points.ledger.budget.Budget;

/** The budgets of a book, each with the rules for which it pays. */
public final class PaidRules {

  /**
   * A budget and what it pays for.
   *
   * @param stages of the promotions that it pays for; all stages for the whole book's
   * @param numbers of these promotions in the book
   */
  record Paid(Budget budget, boolean wholeBook, BitSet stages, List<Integer> numbers) {

    boolean pays(int stage) {
      return wholeBook || stages.get(stage);
    }
  }

  private final List<Paid> all;
  private final @Nullable Budget[] ofPromotions;

  private PaidRules(List<Paid> all, @Nullable Budget[] ofPromotions) {
    this.all = List.copyOf(all);
    this.ofPromotions = ofPromotions;
  }

  /**
   * @param applied the promotions in the order in which they are applied
   */
  static PaidRules of(RuleBook book, List<Promotion> applied) {
    var all = new ArrayList<Paid>();
    var ofPromotions = new Budget[applied.size()];
    for (Budget budget : book.budgets()) {
      boolean wholeBook = budget.id().equals(book.budget());
      var stages = new BitSet();
      for (int at = 0; at < ofPromotions.length; at++) {
        if (budget.id().equals(applied.get(at).budget())) {
          stages.set(Share.PROMOTIONS + at);
          ofPromotions[at] = budget;
        }
      }
      if (wholeBook || !stages.isEmpty()) {
        List<Integer> numbers =
            stages.stream()
                .map(it -> book.promotions().indexOf(applied.get(it - Share.PROMOTIONS)))
                .map(book::promotionNumber)
                .boxed()
                .toList();
        // The budget of the whole book comes last: it cuts after the others.
        all.add(wholeBook ? all.size() : 0, new Paid(budget, wholeBook, stages, numbers));
      }
    }
    return new PaidRules(all, ofPromotions);
  }

  /** The budgets, that of the whole book last. */
  List<Paid> all() {
    return all;
  }

  /** The budget of a promotion, by its place among those that are applied; null for none. */
  @Nullable Budget of(int promotion) {
    return ofPromotions[promotion];
  }

  /**
   * Returns the rules of which budgets paid for these awards.
   *
   * @param storeId the store at which the order was sold
   */
  public List<PaidRule> payingFor(List<Award> awards, String storeId) {
    if (all.isEmpty() || awards.isEmpty()) {
      return List.of();
    }
    var paid = new ArrayList<PaidRule>();
    for (Paid it : all) {
      String scope = it.budget().scopeOf(storeId);
      if (it.wholeBook()) {
        paid.add(new PaidRule(CappedRule.WHOLE_BOOK, it.budget().id(), scope));
        continue;
      }
      for (Integer number : it.numbers()) {
        if (awards.stream().anyMatch(award -> number.equals(award.rule()))) {
          paid.add(new PaidRule(number, it.budget().id(), scope));
        }
      }
    }
    return List.copyOf(paid);
  }
}
