package points.ledger.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import points.ledger.account.Accounts;
import points.ledger.account.Movement.Place;
import points.ledger.book.RuleBook;
import points.ledger.book.json.RuleBookReader;
import points.ledger.command.Refusal;
import points.ledger.command.SaleTerms;
import points.ledger.decide.Deciding;
import points.ledger.engine.CompiledBook;
import points.ledger.form.FieldErrors;
import points.ledger.model.Detail;
import points.ledger.model.Entry;
import points.ledger.program.Program;
import points.ledger.program.PublishedBook;

/** Orders beyond the limits of a rule book against abuse. */
class AbuseDecisionsTest {

  private static final String BOOK =
      """
      {"ruleBookId": "limited", "base": {"points": 1, "perAmount": 100},
       "abuse": [
         {"id": "fast", "count": "orders", "per": "member", "within": "PT1H", "limit": 2, "then": "review"},
         {"id": "large", "count": "amount", "per": "receipt", "limit": 100000, "then": "refuse"},
         {"id": "till", "count": "points", "per": "cashier", "within": "P1D", "limit": 9, "then": "refuse"},
         {"id": "late", "count": "lateness", "per": "receipt", "within": "P3D", "then": "review"}]}
      """;

  private final Deciding member = new Deciding(program());

  private static Program program() {
    Program plain = Deciding.MONTHLY;
    var errors = new FieldErrors();
    RuleBook book = RuleBookReader.read(new JsonObject(BOOK), plain.timeZone(), errors);
    assertThat(errors.all()).isEmpty();
    return plain.ratingBy(new PublishedBook(3, book.ruleBookId(), new CompiledBook(book)));
  }

  private long pending() {
    return Objects.requireNonNull(member.state).setAside(Accounts.POINTS, Place.PENDING);
  }

  private static List<String> heldBy(Entry entry) {
    return Objects.requireNonNull(entry.awarded()).heldBy();
  }

  @Test
  void the_points_of_an_order_beyond_a_soft_limit_are_pending_without_an_end() {
    member.accept(member.sale("o1", 1_000));
    Entry second = member.accept(member.sale("o2", 1_000));
    Entry third = member.accept(member.sale("o3", 1_000));

    assertThat(heldBy(second)).isEmpty();
    assertThat(heldBy(third)).containsExactly("fast");
    assertThat(third.detail()).isEqualTo(new Detail.SetAside(null));
    assertThat(member.available(Accounts.POINTS)).isEqualTo(20);
    assertThat(pending()).isEqualTo(10);

    member.accept(member.endPending(third, true));
    assertThat(member.available(Accounts.POINTS)).isEqualTo(30);
  }

  @Test
  void an_order_that_was_to_be_pending_for_a_time_waits_for_the_review_too() {
    member.accept(member.sale("o1", 1_000));
    member.accept(member.sale("o2", 1_000));
    Instant soon = member.now.plusSeconds(60);
    Entry third = member.accept(member.sale("o3", 1_000, new SaleTerms(0, 0, true, soon)));

    assertThat(third.endsAt()).isNull();
    member.now = member.now.plus(Duration.ofHours(2));
    member.accept(member.sale("o4", 1_000));
    assertThat(pending()).isEqualTo(10);
  }

  @Test
  void an_order_after_the_time_is_free_again_and_a_refund_makes_no_room() {
    member.accept(member.sale("o1", 1_000));
    member.accept(member.sale("o2", 1_000));
    member.accept(member.refund("o2", "r", null));
    assertThat(heldBy(member.accept(member.sale("o3", 1_000)))).containsExactly("fast");
    member.now = member.now.plus(Duration.ofHours(1));
    assertThat(heldBy(member.accept(member.sale("o4", 1_000)))).isEmpty();
  }

  @Test
  void an_order_beyond_a_hard_limit_is_refused_and_does_not_count() {
    assertThat(member.refuse(member.sale("o1", 100_001)))
        .isEqualTo(new Refusal.LimitReached("large"));
    member.accept(member.sale("o1", 100_000));
    member.accept(member.sale("o2", 1_000));
    List<RecentOrder> recent = Objects.requireNonNull(member.state).facts().recent().all();
    long now = member.now.toEpochMilli();
    assertThat(recent)
        .containsExactly(new RecentOrder(now, 10, 1_000), new RecentOrder(now, 1_000, 100_000));
  }

  @Test
  void a_limit_that_a_person_at_the_till_has_reached_refuses_and_holds_what_happened_offline() {
    assertThat(member.refuse(member.sale("o1", 1_000).reaching(List.of("till"))))
        .isEqualTo(new Refusal.LimitReached("till"));
    SaleTerms offline = new SaleTerms(7, 0, false, null, true);
    Entry held =
        member.accept(
            member.sale("o1", 1_000, offline).reaching(List.of("till", "of another book")));
    assertThat(heldBy(held)).containsExactly("till");
    assertThat(held.detail()).isEqualTo(new Detail.Uncovered(null, 7, 0, 7, 0));
    assertThat(pending()).isEqualTo(10);
    assertThat(member.debt()).isEqualTo(7);
  }

  @Test
  void an_order_that_comes_late_waits() {
    Instant paid = member.now.minus(Duration.ofDays(3));
    assertThat(heldBy(member.accept(member.accrual(1_000, paid)))).isEmpty();
    assertThat(heldBy(member.accept(member.accrual(1_000, paid.minusMillis(1)))))
        .containsExactly("late");
  }

  @Test
  void the_whole_refund_of_a_held_order_takes_what_is_pending() {
    member.accept(member.sale("o1", 1_000));
    member.accept(member.sale("o2", 1_000));
    Entry third = member.accept(member.sale("o3", 1_000));
    member.accept(member.refund("o3", "r", null));
    assertThat(pending()).isZero();
    assertThat(member.available(Accounts.POINTS)).isEqualTo(20);
    assertThat(member.refuse(member.endPending(third, true)))
        .isEqualTo(new Refusal.PendingEnded(Refusal.End.REFUNDED));
  }
}
