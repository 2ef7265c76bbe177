package points.ledger.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import points.ledger.award.LineFacts;
import points.ledger.award.MemberFacts;
import points.ledger.award.OrderFacts;
import points.ledger.award.Reason;
import points.ledger.book.Promotion;
import points.ledger.budget.Budget;

/**
 * The promotions that count for an order, line by line, and the reasons of those that do not.
 *
 * <p>A promotion is named by its place among those of {@link CompiledBook#promotions}.
 */
final class Candidates {

  private final CompiledBook book;
  private final List<LineFacts> lines;
  private final BitSet[] byLine;
  private final Reason[] reasons;
  private final int[] lostTo;
  private final List<Budget> ended = new ArrayList<>(0);

  /**
   * @param excluded lines for which none counts
   */
  Candidates(CompiledBook book, OrderFacts order, MemberFacts member, boolean[] excluded) {
    this.book = book;
    this.lines = order.lines();
    this.byLine = new BitSet[lines.size()];
    BitSet possible = book.promotionsFor(order, member);
    for (int i = 0; i < byLine.length; i++) {
      byLine[i] = excluded[i] ? new BitSet() : book.promotionsFor(lines.get(i));
      byLine[i].and(possible);
    }
    this.reasons = new Reason[book.promotions().size()];
    this.lostTo = new int[reasons.length];
  }

  /**
   * Drops the promotions whose conditions do not hold, or whose budget has ended.
   *
   * @param hasEnded whether the rules of a budget do not count any more
   */
  void check(Occasion occasion, Predicate<Budget> hasEnded) {
    var there = new BitSet();
    for (BitSet line : byLine) {
      there.or(line);
    }
    var dropped = new BitSet();
    for (int at = there.nextSetBit(0); at >= 0; at = there.nextSetBit(at + 1)) {
      Reason refusal = refusal(occasion, at);
      Budget budget = book.paidRules().of(at);
      if (refusal == null && budget != null && hasEnded.test(budget)) {
        refusal = Reason.BUDGET;
        ended.add(budget);
      }
      if (refusal != null) {
        reasons[at] = refusal;
        dropped.set(at);
      }
    }
    for (BitSet line : byLine) {
      line.andNot(dropped);
    }
  }

  /** The budgets whose end has kept promotions from counting. */
  List<Budget> ended() {
    return ended;
  }

  private @Nullable Reason refusal(Occasion occasion, int at) {
    Promotion promotion = book.promotions().get(at);
    if (!Occasion.countsLines(promotion)) {
      return occasion.refusal(promotion, 1, 0); // of one line at least, however many
    }
    int count = 0;
    long amount = 0;
    for (int i = 0; i < byLine.length; i++) {
      if (byLine[i].get(at)) {
        count++;
        amount += lines.get(i).amount();
      }
    }
    return occasion.refusal(promotion, count, amount);
  }

  /** Finds the reasons of promotions that have none of their goods in the order. */
  void explainAbsent(Occasion occasion) {
    for (int at = 0; at < reasons.length; at++) {
      if (reasons[at] == null && isNowhere(at)) {
        Promotion promotion = book.promotions().get(at);
        Reason refusal = occasion.refusal(promotion, 0, 0);
        reasons[at] = refusal == null ? Reason.EXCLUDED : refusal;
      }
    }
  }

  boolean isNowhere(int at) {
    for (BitSet line : byLine) {
      if (line.get(at)) {
        return false;
      }
    }
    return true;
  }

  int lines() {
    return byLine.length;
  }

  /** The places of the promotions that count for a line. */
  BitSet of(int line) {
    return byLine[line];
  }

  /** Takes a promotion off one line, for which another counts. */
  void lose(int at, int line, int winner) {
    byLine[line].clear(at);
    if (reasons[at] == null && isNowhere(at)) {
      reasons[at] = Reason.LOST_TO;
      lostTo[at] = winner;
    }
  }

  /** The reason for which a promotion does not count; null when it does. */
  @Nullable Reason reason(int at) {
    return reasons[at];
  }

  int lostTo(int at) {
    return lostTo[at];
  }
}
