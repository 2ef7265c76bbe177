package points.load.fault.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import points.load.fault.check.budget.BudgetRule;
import points.load.fault.check.budget.BudgetRun;
import points.load.fault.check.budget.BudgetRun.Limit;
import points.load.fault.check.budget.BudgetRun.Row;
import points.load.fault.check.budget.BudgetRun.Sums;
import points.load.fault.check.finding.Rule;
import points.load.model.Entry;
import points.load.model.LedgerSnapshot;
import points.load.model.book.RuleBook;
import points.load.model.book.RuleBook.BookInForce;

/** The checker sees budgets that issue more than their limit, or less while orders want more. */
class CheckerOfBudgetsTest {
  private static final Instant THEN = OneMemberHistory.THEN;

  private static final JsonObject BOOK =
      new JsonObject(
          """
          {"ruleBookId": "b", "base": {"points": 0},
           "promotions": [{"id": "gift", "fixed": 7, "budget": "c"},
                          {"id": "other", "fixed": 5, "budget": "s"}],
           "budgets": [{"id": "c", "limit": 10}, {"id": "s", "limit": 1000, "per": "store"}]}
          """);

  private final OneMemberHistory history = new OneMemberHistory();
  private final BookInForce book =
      new BookInForce(RuleBook.read(BOOK, ZoneId.of("Asia/Shanghai")), THEN);

  @Test
  void a_budget_that_ends_at_its_limit_is_right() {
    sold("a", 0, 1, 7, 0);
    sold("b", 2, 3, 3, 4);

    assertThat(run(row(10, 10))).isEmpty();
    assertThat(rules()).doesNotContain(Rule.RATINGS_ARE_DUE, Rule.BUDGETS_END_AT_THEIR_LIMIT);
  }

  @Test
  void more_than_the_limit_is_found() {
    sold("a", 0, 1, 7, 0);
    sold("b", 2, 3, 4, 3);

    assertThat(run(row(11, 11))).hasSize(1);
  }

  @Test
  void a_look_at_more_than_the_limit_is_found() {
    BudgetRun run = new BudgetRun(List.of(), List.of("n1 showed 11"), 1, List.of(), List.of());

    assertThat(violations(run)).hasSize(1);
  }

  @Test
  void less_than_the_limit_is_found_when_orders_wanted_more() {
    sold("a", 0, 1, 7, 0);

    assertThat(run(row(7, 7))).hasSize(1);
  }

  @Test
  void charges_that_do_not_add_up_are_found() {
    sold("a", 0, 1, 7, 0);
    sold("b", 2, 3, 3, 4);

    assertThat(run(row(10, 9))).hasSize(1);
  }

  @Test
  void an_order_that_was_cut_while_points_were_left_is_found() {
    sold("a", 0, 1, 3, 4);
    sold("b", 2, 3, 7, 0);

    assertThat(run(row(10, 10))).as("7 of 10 were left when the first was answered").hasSize(1);
  }

  @Test
  void an_order_may_be_cut_by_another_that_was_decided_while_its_caller_waited() {
    sold("a", 0, 9, 3, 4);
    sold("b", 2, 3, 7, 0);

    assertThat(run(row(10, 10))).isEmpty();
  }

  @Test
  void an_order_that_draws_otherwise_than_the_book_says_is_found() {
    Entry entry = sold("a", 0, 1, 7, 0);
    JsonObject facts = entry.extra().detail().getJsonObject(Entry.FACTS);
    facts.getJsonArray("budgets").getJsonArray(0).set(2, 6L);

    assertThat(rules()).contains(Rule.RATINGS_ARE_DUE);
  }

  @Test
  void a_charge_to_the_budget_of_another_store_is_found() {
    Entry entry = sold("a", 0, 1, 7, 0);
    JsonObject facts = entry.extra().detail().getJsonObject(Entry.FACTS);
    facts.getJsonArray("budgets").getJsonArray(1).set(1, "S2");

    assertThat(rules()).contains(Rule.BUDGETS_END_AT_THEIR_LIMIT);
  }

  private static Row row(long issued, long charged) {
    return new Row("c", "", issued, 0, 0, new Sums(charged, 0, 0));
  }

  private List<String> run(Row row) {
    return violations(
        new BudgetRun(
            List.of(), List.of(), 0, List.of(row), List.of(new Limit("c", "", 10, true))));
  }

  private List<String> violations(BudgetRun run) {
    LedgerSnapshot ledger = new LedgerSnapshot(List.of(), history.entries, List.of());
    return BudgetRule.violations(run, history.calls(), ledger, THEN, book).stream()
        .map(it -> it.rule() + it.what())
        .toList();
  }

  private List<Rule> rules() {
    return history.violations(book).stream().map(it -> it.rule()).distinct().toList();
  }

  /**
   * Books an order as the ledger keeps it.
   *
   * @param begin seconds after which it is sent, and decided
   * @param end seconds after which it is answered
   */
  private Entry sold(String key, int begin, int end, long points, long cut) {
    Entry plain = history.books(key, 5 + points);
    JsonObject awarded =
        new JsonObject()
            .put("awards", new JsonArray().add(array(1, 0, points)).add(array(2, 0, 5L)))
            .put("rules", new JsonArray().add(array(1, "gift")).add(array(2, "other")));
    if (cut > 0) {
      awarded.put("cuts", new JsonArray().add(array(1, "BUDGET", cut)));
    }
    JsonArray charges =
        new JsonArray().add(array("c", "", points, 0L, 0L)).add(array("s", "S1", 5L, 0L, 0L));
    JsonObject detail =
        new JsonObject()
            .put(Entry.AWARDED, awarded)
            .put(Entry.FACTS, new JsonObject().put("budgets", charges));
    Entry entry =
        new Entry(
            plain.memberId(),
            plain.sequence(),
            plain.kind(),
            plain.points(),
            plain.balance(),
            plain.movements(),
            plain.origin(),
            new Entry.Extra(null, "", Map.of(), List.of(), detail, Map.of()),
            plain.occurredAt(),
            THEN.plusSeconds(begin),
            key);
    history.entries.set(history.entries.size() - 1, entry);
    history.asks(
        key,
        OneMemberHistory.operation(key, 5 + points),
        begin * 1_000_000_000L,
        end * 1_000_000_000L,
        OneMemberHistory.acknowledgement(entry));
    return entry;
  }

  private static JsonArray array(Object... values) {
    return new JsonArray(new ArrayList<>(List.of(values)));
  }
}
