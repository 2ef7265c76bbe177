package points.ledger.book.check;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import points.ledger.book.Effect;
import points.ledger.book.ExclusiveGroup;
import points.ledger.book.ExclusiveGroup.Choice;
import points.ledger.book.Promotion;
import points.ledger.book.RuleBook;
import points.ledger.book.RuleBook.Combine;
import points.ledger.book.RuleCap;

/** Finds promotions that another one beats wherever they count. */
final class LosingFindings {

  private final RuleBook book;
  private final Findings findings;

  LosingFindings(RuleBook book, Findings findings) {
    this.book = book;
    this.findings = findings;
  }

  void find() {
    for (int i = 0; i < book.promotions().size(); i++) {
      Promotion promotion = book.promotions().get(i);
      Promotion winner = winnerOver(promotion);
      if (winner != null) {
        findings.add(
            FindingKind.ALWAYS_LOSES,
            "/promotions/" + i,
            PromotionFindings.name(promotion),
            winner.id(),
            "");
      }
    }
  }

  private @Nullable Promotion winnerOver(Promotion promotion) {
    for (Promotion other : book.promotions()) {
      if (!other.id().equals(promotion.id())
          && excludes(other, promotion)
          && !canBeUsedUp(other)
          && Cover.covers(other, promotion)) {
        return other;
      }
    }
    return null;
  }

  /** Promotions whose uses are used up leave their place to others. */
  private static boolean canBeUsedUp(Promotion promotion) {
    return promotion.cap().unit() == RuleCap.Unit.USES
        && !promotion.cap().caps().perMember().isEmpty();
  }

  /** Returns whether a promotion, where both count, keeps another one from counting. */
  private boolean excludes(Promotion winner, Promotion loser) {
    boolean sameGroup = winner.group() != null && winner.group().equals(loser.group());
    if (sameGroup) {
      return choiceOf(loser) == Choice.PRIORITY
          ? isBefore(winner, loser)
          : givesAsMuch(winner, loser);
    }
    return book.combine() == Combine.BEST
        && winner.group() == null // or another of its group could stand in its stead
        && winner.effect() instanceof Effect.Multiply
        && givesAsMuch(winner, loser);
  }

  private @Nullable Choice choiceOf(Promotion promotion) {
    return book.groups().stream()
        .filter(it -> Objects.equals(it.id(), promotion.group()))
        .map(ExclusiveGroup::choice)
        .findFirst()
        .orElse(null);
  }

  /** Returns whether one always gives more than another, or as much and goes before it. */
  private static boolean givesAsMuch(Promotion one, Promotion other) {
    if (one.effect() instanceof Effect.Multiply its
        && other.effect() instanceof Effect.Multiply others) {
      return its.factor().isMoreThan(others.factor())
          || (!others.factor().isMoreThan(its.factor()) && isBefore(one, other));
    }
    if (one.effect() instanceof Effect.PerUnit its
        && other.effect() instanceof Effect.PerUnit others) {
      boolean more = its.points() > others.points();
      boolean same = its.points() == others.points() && isBefore(one, other);
      return (more || same) && its.unitsMax() >= others.unitsMax();
    }
    if (one.effect() instanceof Effect.Fixed its && other.effect() instanceof Effect.Fixed others) {
      return its.points() > others.points()
          || (its.points() == others.points() && isBefore(one, other));
    }
    return false;
  }

  private static boolean isBefore(Promotion one, Promotion other) {
    return one.priority() == other.priority()
        ? one.id().compareTo(other.id()) < 0
        : one.priority() > other.priority();
  }
}
