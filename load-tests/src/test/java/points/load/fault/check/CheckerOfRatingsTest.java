package points.load.fault.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import points.load.fault.check.finding.Rule;
import points.load.fault.check.finding.Violation;
import points.load.model.Entry;
import points.load.model.book.RuleBook;
import points.load.model.book.RuleBook.BookInForce;

/** The checker sees orders that earn otherwise than the rule book in force says. */
class CheckerOfRatingsTest {
  private static final String CAP_OF_DAY = "{\"caps\":[[\"\",\"DAY\",\"2026-11-25\",100]]}";

  private final OneMemberHistory history = new OneMemberHistory();

  @Test
  void an_order_that_earns_as_the_book_says_is_right() {
    rated(100, null);

    assertThat(broken("{}", OneMemberHistory.THEN)).isEmpty();
  }

  @Test
  void an_order_with_another_award_is_found() {
    rated(101, null);

    assertThat(broken("{}", OneMemberHistory.THEN)).hasSize(1);
  }

  @Test
  void an_order_that_the_book_in_force_did_not_rate_is_found() {
    history.books("a", 100);

    assertThat(broken("{}", OneMemberHistory.THEN)).hasSize(1);
  }

  @Test
  void an_order_that_was_rated_before_the_book_was_in_force_is_found() {
    rated(100, null);

    assertThat(broken("{}", OneMemberHistory.THEN.plusMillis(1))).hasSize(1);
  }

  @Test
  void a_cap_whose_use_is_not_kept_is_found() {
    String caps = "{\"perMember\":{\"day\":150}}";
    rated(100, new JsonObject(CAP_OF_DAY));

    assertThat(broken(caps, OneMemberHistory.THEN)).isEmpty();

    rated(50, null);
    assertThat(broken(caps, OneMemberHistory.THEN)).hasSize(1);
  }

  private List<Violation> broken(String caps, Instant from) {
    JsonObject document =
        new JsonObject()
            .put("ruleBookId", "b")
            .put("base", new JsonObject().put("points", 1).put("perAmount", 100))
            .put("caps", new JsonObject(caps));
    RuleBook book = RuleBook.read(document, ZoneId.of("Asia/Shanghai"));
    return history.violations(new BookInForce(book, from)).stream()
        .filter(it -> it.rule() == Rule.RATINGS_ARE_DUE)
        .toList();
  }

  /** Books an order of as many points for 1 each, as the ledger keeps one that a book rated. */
  private void rated(long points, @Nullable JsonObject facts) {
    boolean isOdd = points == 101;
    Entry plain = history.books("k" + history.entries.size(), isOdd ? 100 : points);
    JsonObject awarded =
        new JsonObject()
            .put("awards", new JsonArray().add(new JsonArray().add(0).add(0).add(points)))
            .put("rules", new JsonArray().add(new JsonArray().add(0).add("base")));
    JsonObject detail = new JsonObject().put(Entry.AWARDED, awarded);
    if (facts != null) {
      detail.put(Entry.FACTS, facts);
    }
    Entry.Extra extra = new Entry.Extra(null, "", Map.of(), List.of(), detail, Map.of());
    history.entries.set(
        history.entries.size() - 1,
        new Entry(
            plain.memberId(),
            plain.sequence(),
            plain.kind(),
            plain.points(),
            plain.balance(),
            plain.movements(),
            plain.origin(),
            extra,
            plain.occurredAt(),
            plain.recordedAt(),
            plain.key()));
  }
}
