package points.ledger.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.decide.Deciding.dayOf;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import points.ledger.account.Accounts;
import points.ledger.account.Lot;
import points.ledger.book.RuleBook;
import points.ledger.book.json.RuleBookReader;
import points.ledger.command.Command.Accrue;
import points.ledger.command.EntryHistory;
import points.ledger.command.HistoryQuery;
import points.ledger.command.Refusal;
import points.ledger.command.SaleTerms;
import points.ledger.command.StoreFacts;
import points.ledger.engine.CompiledBook;
import points.ledger.form.FieldErrors;
import points.ledger.model.Detail;
import points.ledger.model.EarnedLine;
import points.ledger.model.Entry;
import points.ledger.model.Line;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.model.Origin;
import points.ledger.program.Program;
import points.ledger.program.PublishedBook;

/** What an order is to its refunds: its lines, its parts, and what of it was paid with what. */
class OrdersDecisionsTest {

  private final Deciding member = new Deciding(Deciding.rich(false, null));

  private static Detail.Refunded detail(Entry refund) {
    return (Detail.Refunded) Objects.requireNonNull(refund.detail());
  }

  private static Line line(String id, long amount) {
    return new Line(id, "x", null, 1, amount);
  }

  @Test
  void a_refund_shows_the_lines_that_come_back_and_no_others() {
    member.accept(member.sale("o", 100, line("1", 60), line("2", 40)));
    Entry refund = member.accept(member.refundLine("o", "r", "2", 15L));
    assertThat(refund.lines())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.line().lineId()).isEqualTo("2");
              assertThat(it.line().amount()).isEqualTo(15);
              assertThat(it.points()).isEqualTo(15);
            });
    assertThat(detail(refund).givenBack()).isEmpty();
  }

  @Test
  void an_order_that_was_worth_nothing_comes_back_by_equal_shares_of_its_lines() {
    member.accept(member.accrual(100));
    member.accept(
        member.sale("o", 0, new SaleTerms(10, 0, false, null), line("1", 0), line("2", 0)));
    Entry part = member.accept(member.refundLine("o", "r1", "1", null));
    assertThat(detail(part).whole()).isFalse();
    assertThat(detail(part).givenBack()).containsEntry(Accounts.POINTS, 5L);
    assertThat(member.refuse(member.refundLine("o", "again", "1", null)))
        .isEqualTo(new Refusal.RefundExceedsOrder("1", 0));
    Entry whole = member.accept(member.refund("o", "r2", null));
    assertThat(detail(whole).whole()).isTrue();
    assertThat(detail(whole).givenBack()).containsEntry(Accounts.POINTS, 5L);
    assertThat(member.available(Accounts.POINTS)).isEqualTo(100);
  }

  @Test
  void points_of_an_order_are_taken_from_its_lot_also_when_a_part_of_them_repaid_a_debt() {
    member.accept(member.sale("a", 30));
    member.accept(member.deduction(30));
    member.accept(member.refund("a", "r", null));
    member.accept(member.sale("o", 100)); // 30 of it are repaid, 70 are good until 22 December
    member.accept(member.accrual(50, dayOf("2026-11-20")));

    member.accept(member.refund("o", "r", 60L));

    assertThat(Objects.requireNonNull(member.state).lots().byExpiry())
        .containsExactly(new Lot(dayOf("2026-12-21"), 50), new Lot(dayOf("2026-12-23"), 10));
  }

  /** Of an order that was sold, stored value is what it was paid with, and no line of its own. */
  @Test
  void an_order_paid_apart_comes_to_its_lines() {
    member.accept(member.topUp("t", 500, 0L));
    member.accept(member.payment("o", 100));
    member.accept(member.sale("o", 100));
    assertThat(member.refuse(member.refund("o", "r", 101L)))
        .isEqualTo(new Refusal.RefundExceedsOrder(null, 100));
    Entry refund = member.accept(member.refund("o", "r", 100L));
    assertThat(detail(refund).whole()).isTrue();
    assertThat(detail(refund).givenBack()).containsEntry(Accounts.STORED_VALUE, 100L);
    assertThat(member.available(Accounts.STORED_VALUE)).isEqualTo(500);
  }

  @Test
  void an_order_without_an_accrual_comes_to_its_payment() {
    member.accept(member.topUp("t", 500, 0L));
    member.accept(member.payment("o", 100));
    assertThat(member.refuse(member.refund("o", "r", 101L)))
        .isEqualTo(new Refusal.RefundExceedsOrder(null, 100));
    member.accept(member.refund("o", "r", 40L));
    assertThat(member.available(Accounts.STORED_VALUE)).isEqualTo(440);
    member.accept(member.refund("o", "r2", null));
    assertThat(member.available(Accounts.STORED_VALUE)).isEqualTo(500);
  }

  private static final Program GOODS = goods();

  /** A point for 1.00; two for goods of class B, none for the tag "leader". */
  private static Program goods() {
    var errors = new FieldErrors();
    RuleBook book =
        RuleBookReader.read(
            new JsonObject(
                """
                {
                  "ruleBookId": "2026-11",
                  "timeZone": "Asia/Shanghai",
                  "base": {"points": 1, "perAmount": 100},
                  "ratios": [
                    {"id": "leaders", "for": {"tags": ["leader"]}, "points": 0},
                    {"id": "b", "for": {"marginClasses": ["B"]}, "points": 2, "perAmount": 100},
                    {"id": "tea", "for": {"categories": ["tea"]}, "points": 3, "perAmount": 100}
                  ],
                  "promotions": [
                    {"id": "sunday", "fixed": 50, "when": {"weekdays": ["sun"], "stores": {"storeTags": ["east"]}}}
                  ]
                }
                """),
            ZoneId.of("Asia/Shanghai"),
            errors);
    assertThat(errors.all()).isEmpty();
    return Deciding.MONTHLY.ratingBy(
        new PublishedBook(1, book.ruleBookId(), new CompiledBook(book)));
  }

  @Test
  void a_line_earns_by_the_margin_class_and_the_tags_that_came_with_it() {
    var shop = new Deciding(GOODS);
    Accrue asked =
        shop.accrual(4_000, line("1", 1_000), line("2", 1_000), line("3", 1_000), line("4", 1_000));
    List<Line> lines =
        List.of(
            new Line("1", "x", null, 1, 1_000),
            new Line("2", "x", null, 1, 1_000, "B", Set.of()),
            new Line("3", "x", null, 1, 1_000, "B", Set.of("new", "leader")),
            new Line("4", "x", "tea/green", 1, 1_000, "B", Set.of()));

    Entry entry = shop.accept(asked.with(lines, null));

    assertThat(entry.lines()).extracting(EarnedLine::points).containsExactly(10L, 20L, 0L, 30L);
    assertThat(entry.lines()).extracting(EarnedLine::line).isEqualTo(lines);
    assertThat(entry.request()).isEqualTo(asked.request());
  }

  /** Saturday 23:30 in Shanghai, which is Sunday in Auckland and Saturday in Berlin. */
  @ParameterizedTest
  @CsvSource({
    "Pacific/Auckland, east, 60",
    "Pacific/Auckland, west, 10",
    "Europe/Berlin, east, 10",
    ", east, 10"
  })
  void a_day_is_a_day_of_the_store(@Nullable String timeZone, String tag, long points) {
    var shop = new Deciding(GOODS);
    Accrue asked = shop.accrual(1_000, Instant.parse("2026-11-21T23:30:00+08:00"));
    Entry entry = shop.accept(asked.with(List.of(), new StoreFacts(Set.of(tag), timeZone)));
    assertThat(entry.points()).isEqualTo(points);
  }

  @Test
  void entries_are_found_by_member_and_sequence_and_by_entries_that_refer_to_them() {
    Entry first = member.accept(member.sale("o1", 10, new SaleTerms(0, 0, true, null)));
    Entry second = member.accept(member.sale("o2", 20));
    Entry undone = member.accept(member.reversal(second));
    Entry ended = member.accept(member.endPending(first, false));
    var other = new MemberKey("program", "other");
    HistoryQuery needed = new HistoryQuery.OfEntry(Deciding.MEMBER, 1);
    var history = new EntryHistory(needed, 4, List.of(first, second, undone, ended));

    assertThat(history.find(Deciding.MEMBER, 2)).contains(second);
    assertThat(history.find(other, 2)).isEmpty();
    assertThat(history.find(Deciding.MEMBER, 5)).isEmpty();
    assertThat(history.reversalOf(second)).contains(undone);
    assertThat(history.reversalOf(first)).isEmpty();
    assertThat(history.endOf(first)).contains(ended);
    assertThat(history.endOf(second)).isEmpty();
    assertThat(history.isCancelled(first)).isTrue();
    assertThat(history.isCancelled(second)).isFalse();
    Entry ofAnother = folded(other);
    assertThat(history.reversalOf(ofAnother)).isEmpty();
    assertThat(history.endOf(ofAnother)).isEmpty();
  }

  private static Entry folded(MemberKey other) {
    var command = Accrue.of(other, "k", Origin.sale("s", null, "o"), Deciding.NOON, 10, List.of());
    var decision =
        (Decision.Accepted)
            CommandDecider.decide(MemberState.ENROLLED, command, Deciding.MONTHLY, Deciding.NOON);
    return decision.answer();
  }
}
