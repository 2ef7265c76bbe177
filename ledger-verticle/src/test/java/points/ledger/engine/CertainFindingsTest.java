package points.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import points.ledger.award.Award;
import points.ledger.award.OrderFacts;
import points.ledger.book.RuleBook;
import points.ledger.book.check.BookFindings;
import points.ledger.book.check.Finding;
import points.ledger.book.check.FindingKind;
import points.ledger.book.check.RuleBookDocument;

/** Findings about promotions against what the engine gives, on books and orders by chance. */
class CertainFindingsTest {

  private static final Instant IN_FORCE_FROM = Instant.parse("2026-12-05T00:00:00Z");

  private static final Set<FindingKind> IN_VAIN =
      EnumSet.of(
          FindingKind.WINDOW_EMPTY,
          FindingKind.WINDOW_OVER,
          FindingKind.CHANNELS_EXCLUDED,
          FindingKind.TIERS_EXCLUDED,
          FindingKind.GROUPS_EXCLUDED,
          FindingKind.GOODS_EXCLUDED,
          FindingKind.ALWAYS_LOSES);

  @Test
  void a_promotion_that_is_found_to_be_in_vain_gives_nothing() {
    Map<FindingKind, Integer> found = new EnumMap<>(FindingKind.class);
    for (int seed = 0; seed < 6_000; seed++) {
      var chance = new RandomBooks(seed);
      RuleBook book = chance.book(15);
      Map<Integer, FindingKind> inVain = inVain(book);
      inVain.values().forEach(it -> found.merge(it, 1, Integer::sum));
      var compiled = new CompiledBook(book);
      for (int i = 0; i < 10 && !inVain.isEmpty(); i++) {
        OrderFacts order = chance.order();
        for (Award award : compiled.award(order, chance.member()).awards()) {
          FindingKind kind = inVain.get(award.rule());
          boolean elsewhere = // windows are looked at in the zone of the book
              kind == FindingKind.WINDOW_EMPTY && !order.zone().equals(book.timeZone());
          boolean before =
              kind == FindingKind.WINDOW_OVER && order.occurredAt().isBefore(IN_FORCE_FROM);
          assertThat(kind == null || elsewhere || before).as("seed %s: %s", seed, kind).isTrue();
        }
      }
    }
    assertThat(found.keySet()).isEqualTo(IN_VAIN);
    assertThat(found.values()).allMatch(it -> it > 30);
  }

  private static Map<Integer, FindingKind> inVain(RuleBook book) {
    var rules = new HashMap<Integer, FindingKind>();
    var document = new RuleBookDocument(book, null, List.of(), List.of());
    for (Finding finding : BookFindings.of(document, IN_FORCE_FROM)) {
      if (IN_VAIN.contains(finding.kind())) {
        int promotion = Integer.parseInt(finding.pointer().split("/", -1)[2]);
        rules.put(book.promotionNumber(promotion), finding.kind());
      }
    }
    return rules;
  }
}
