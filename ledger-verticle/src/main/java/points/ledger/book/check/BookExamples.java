package points.ledger.book.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import points.ledger.award.Award;
import points.ledger.award.Awarding;
import points.ledger.award.Cut;
import points.ledger.award.Withheld;
import points.ledger.book.Promotion;
import points.ledger.book.RuleBook;
import points.ledger.engine.CompiledBook;

/** Holds a rule book against its worked examples. */
public final class BookExamples {

  private static final int ALL = 10_000;

  private final CompiledBook book;
  private final List<String> ids;

  private BookExamples(CompiledBook book) {
    this.book = book;
    this.ids = book.book().ruleIds();
  }

  /** Returns the examples for which the book gives other points than they say, in their order. */
  public static List<WrongExample> check(RuleBookDocument document) {
    var wrong = new ArrayList<WrongExample>();
    Map<Boolean, BookExamples> books =
        document.examples().stream()
            .map(WorkedExample::heldOut)
            .distinct()
            .collect(
                Collectors.toMap(
                    heldOut -> heldOut,
                    heldOut -> new BookExamples(compiled(document.book(), heldOut))));
    for (int i = 0; i < document.examples().size(); i++) {
      WorkedExample example = document.examples().get(i);
      BookExamples by = books.get(example.heldOut());
      if (by != null) {
        by.check(i, example, wrong);
      }
    }
    return List.copyOf(wrong);
  }

  /** An example says whether its member is held out, so that no chance by its id is left. */
  private static CompiledBook compiled(RuleBook book, boolean heldOut) {
    List<Promotion> promotions =
        book.promotions().stream()
            .map(
                it ->
                    it.when().holdOut() == 0
                        ? it
                        : it.with(it.when().withHoldOut(heldOut ? ALL : 0)))
            .toList();
    return new CompiledBook(book.with(promotions));
  }

  private void check(int place, WorkedExample example, List<WrongExample> wrong) {
    Awarding awarding = book.award(example.order(), example.member());
    if (awarding.isBeyondLimit()) {
      var why = new Words("积分超过账户上限", "more points than an account may have");
      wrong.add(new WrongExample(place, example, awarding.points(), why.en(), List.of(why)));
    } else if (awarding.points() != example.points()) {
      List<Words> why = why(awarding, book.withheld(example.order(), example.member()));
      wrong.add(new WrongExample(place, example, awarding.points(), sum(awarding), why));
    }
  }

  private static Map<Integer, Long> byRule(Awarding awarding) {
    var points = new TreeMap<Integer, Long>();
    for (Award award : awarding.awards()) {
      points.merge(award.rule(), award.points(), Long::sum);
    }
    return points;
  }

  private String sum(Awarding awarding) {
    Map<Integer, Long> points = byRule(awarding);
    return points.isEmpty()
        ? "0"
        : points.entrySet().stream()
            .map(it -> ids.get(it.getKey()) + " " + it.getValue())
            .collect(Collectors.joining(" + "));
  }

  private List<Words> why(Awarding awarding, List<Withheld> withheld) {
    var why = new ArrayList<Words>();
    byRule(awarding).forEach((rule, points) -> why.add(RuleWords.gave(ids.get(rule), points)));
    for (Cut cut : awarding.cuts()) {
      why.add(RuleWords.cut(ids.get(cut.rule()), cut.reason(), cut.points()));
    }
    for (Withheld it : withheld) {
      String winner = it.lostTo() < 0 ? "" : ids.get(it.lostTo());
      why.add(RuleWords.withheld(ids.get(it.rule()), it.reason(), winner));
    }
    return List.copyOf(why);
  }
}
