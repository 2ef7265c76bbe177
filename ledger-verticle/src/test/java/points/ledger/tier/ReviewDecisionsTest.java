package points.ledger.tier;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import points.ledger.command.Command;
import points.ledger.command.MembershipCommand;
import points.ledger.decide.Deciding;
import points.ledger.model.Entry;
import points.ledger.model.Origin;
import points.ledger.tier.LevelChange.Reason;

/** Levels that are kept, or fall, at their reviews. */
class ReviewDecisionsTest {

  private static final String BOOK =
      """
      {"ruleBookId": "tiers", "base": {"points": 1, "perAmount": 100},
       "tierFactors": {"gold": "1.5", "black": "2"},
       "tiers": {
         "levels": [{"id": "silver", "from": 0}, {"id": "gold", "from": 1000%s}, {"id": "black", "from": 5000}],
         "measure": {"account": "spend", "period": %s}, %s}}
      """;

  private static final String ROLLING = "\"rolling\", \"length\": \"P12M\"";
  private static final String YEAR = "\"calendarYear\"";

  private static Deciding member(String period, String more) {
    return TierDecisionsTest.member(BOOK.formatted("", period, more));
  }

  private static List<Entry> settle(Deciding member, String at) {
    member.now = Instant.parse(at);
    int before = member.entries.size();
    member.decide(Command.ApplyTimeEffects.of(Deciding.MEMBER));
    return member.entries.subList(before, member.entries.size()).stream()
        .filter(it -> it.kind() == Entry.Kind.TIER_REVIEW)
        .toList();
  }

  private static LevelChange change(Entry review) {
    return Objects.requireNonNull(review.factsChange().tier().level());
  }

  private static String level(Deciding member) {
    LevelFrom newest = TierDecisionsTest.facts(member).newest();
    return newest == null ? "" : newest.level();
  }

  private static void spend(Deciding member, String at, long amount) {
    member.now = Instant.parse(at);
    member.accept(member.accrual(amount));
  }

  @Test
  void a_level_that_is_not_earned_again_falls_at_its_anniversary_and_not_before() {
    Deciding member = member(ROLLING, "\"review\": {\"on\": \"anniversary\"}");
    spend(member, "2026-11-22T04:00:00Z", 1_000);
    assertThat(settle(member, "2027-11-21T15:59:59Z")).isEmpty();
    // November 2026 is the first of the 12 months before November 2027.
    List<Entry> kept = settle(member, "2027-11-21T16:00:00Z");
    assertThat(kept).hasSize(1);
    assertThat(change(kept.get(0)).reason()).isEqualTo(Reason.KEPT);

    List<Entry> fallen = settle(member, "2028-11-21T16:00:00Z");
    assertThat(fallen).hasSize(1);
    assertThat(fallen.get(0).request()).isNull();
    assertThat(fallen.get(0).occurredAt()).isEqualTo(Deciding.dayOf("2028-11-22"));
    assertThat(change(fallen.get(0)))
        .isEqualTo(
            new LevelChange(
                "gold", "silver", Deciding.dayOf("2028-11-22"), null, false, Reason.FALL));
    assertThat(settle(member, "2035-01-01T00:00:00Z")).isEmpty();
  }

  @Test
  void an_anniversary_of_29_february_is_28_february_in_other_years() {
    Deciding member = member(ROLLING, "\"review\": {\"on\": \"anniversary\"}");
    spend(member, "2028-02-29T04:00:00Z", 1_000);
    for (String day : List.of("2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29")) {
      assertThat(TierDecisionsTest.facts(member).reviewAt()).isEqualTo(Deciding.dayOf(day));
      member.now = Deciding.dayOf(day).minusSeconds(86_400);
      member.accept(member.accrual(1_000));
      settle(member, Deciding.dayOf(day).toString());
    }
    assertThat(level(member)).isEqualTo("gold");
  }

  @ParameterizedTest
  @CsvSource({"oneStep, gold", "toEarned, silver"})
  void falls_one_step_or_to_what_is_earned(String down, String expected) {
    Deciding member =
        member(YEAR, "\"review\": {\"on\": \"yearEnd\"}, \"down\": \"%s\"".formatted(down));
    spend(member, "2026-11-22T04:00:00Z", 5_000);
    assertThat(change(settle(member, "2026-12-31T16:00:00Z").get(0)).reason())
        .isEqualTo(Reason.KEPT);
    settle(member, "2027-12-31T16:00:00Z");
    assertThat(level(member)).isEqualTo(expected);
  }

  @Test
  void a_level_that_never_falls_is_the_lowest_that_a_member_falls_to() {
    String document =
        BOOK.formatted(
            ", \"neverFalls\": true",
            YEAR,
            "\"review\": {\"on\": \"yearEnd\"}, \"down\": \"toEarned\"");
    Deciding member = TierDecisionsTest.member(document);
    spend(member, "2026-11-22T04:00:00Z", 5_000);
    settle(member, "2027-12-31T16:00:00Z");
    assertThat(level(member)).isEqualTo("gold");
    assertThat(settle(member, "2031-12-31T16:00:00Z")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"300, KEPT, gold", "299, FALL, silver"})
  void grace_is_time_to_make_up_for_what_is_missing(long amount, Reason reason, String expected) {
    Deciding member = member(YEAR, "\"review\": {\"on\": \"yearEnd\"}, \"grace\": \"P31D\"");
    spend(member, "2026-11-22T04:00:00Z", 1_000);
    settle(member, "2026-12-31T16:00:00Z");
    spend(member, "2027-06-01T04:00:00Z", 700);
    Entry grace = settle(member, "2027-12-31T16:00:00Z").get(0);
    assertThat(change(grace).reason()).isEqualTo(Reason.GRACE);
    assertThat(change(grace).reviewAt()).isEqualTo(Deciding.dayOf("2028-02-01"));
    spend(member, "2028-01-31T15:59:59Z", amount);
    assertThat(level(member)).isEqualTo("gold");
    Entry end = settle(member, "2028-01-31T16:00:00Z").get(0);
    assertThat(change(end).reason()).isEqualTo(reason);
    assertThat(level(member)).isEqualTo(expected);
    assertThat(change(end).reviewAt())
        .isEqualTo(reason == Reason.KEPT ? Deciding.dayOf("2029-01-01") : null);
  }

  @Test
  void reviews_lift_where_the_book_says_so() {
    Deciding member = member(YEAR, "\"review\": {\"on\": \"yearEnd\"}, \"up\": \"review\"");
    spend(member, "2026-11-22T04:00:00Z", 5_000);
    spend(member, "2026-11-23T04:00:00Z", 100);
    assertThat(level(member)).isEqualTo("silver");
    assertThat(change(settle(member, "2026-12-31T16:00:00Z").get(0)).reason())
        .isEqualTo(Reason.REVIEW_RISE);
    assertThat(level(member)).isEqualTo("black");
  }

  @Test
  void an_order_is_decided_after_the_review_and_a_late_one_by_the_level_before_it() {
    Deciding member = member(YEAR, "\"review\": {\"on\": \"yearEnd\"}");
    spend(member, "2026-11-22T04:00:00Z", 1_000);
    settle(member, "2026-12-31T16:00:00Z");
    member.now = Instant.parse("2028-01-01T04:00:00Z");
    Instant before = Deciding.dayOf("2028-01-01").minusSeconds(1);
    assertThat(member.accept(member.accrual(10_000, before)).points()).isEqualTo(150);
    assertThat(level(member)).as("the late order counts for the year").isEqualTo("black");
    assertThat(member.entries)
        .filteredOn(it -> it.kind() == Entry.Kind.TIER_REVIEW)
        .extracting(it -> change(it).reason())
        .containsExactly(Reason.KEPT);

    Deciding other = member(YEAR, "\"review\": {\"on\": \"yearEnd\"}");
    spend(other, "2026-11-22T04:00:00Z", 1_000);
    other.now = Instant.parse("2028-01-01T04:00:00Z");
    assertThat(other.accept(other.accrual(10_000)).points()).isEqualTo(100);
    assertThat(other.accept(other.accrual(10_000, before)).points()).isEqualTo(150);
  }

  @Test
  void a_member_that_has_ended_is_reviewed_no_more() {
    Deciding member = member(YEAR, "\"review\": {\"on\": \"yearEnd\"}");
    spend(member, "2026-11-22T04:00:00Z", 1_000);
    member.accept(
        MembershipCommand.Close.of(
            Deciding.MEMBER, member.key(), Origin.office("operator", "reason")));
    assertThat(settle(member, "2031-12-31T16:00:00Z")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void entries_of_random_years_fold_to_the_state_and_reads_say_what_reviews_will_write(int seed) {
    var random = new Random(seed);
    String[] more = {
      "\"review\": {\"on\": \"yearEnd\"}, \"grace\": \"P60D\"",
      "\"review\": {\"on\": \"anniversary\"}, \"down\": \"toEarned\", \"onRefund\": \"immediate\"",
      "\"review\": {\"on\": \"anniversary\"}, \"up\": \"review\", \"grace\": \"P20D\"",
    };
    String document =
        BOOK.formatted("", random.nextBoolean() ? YEAR : ROLLING, more[random.nextInt(3)]);
    Deciding member = TierDecisionsTest.member(document);
    TierRules rules =
        Objects.requireNonNull(TierDecisionsTest.program(document).book().book().tiers());
    for (int i = 0; i < 60; i++) {
      member.now = member.now.plusSeconds(86_400L * random.nextInt(70));
      TierFacts read = new TierJudge(rules).at(TierDecisionsTest.facts(member), member.now);
      settle(member, member.now.toString());
      assertThat(TierDecisionsTest.facts(member)).isEqualTo(read);
      String order = "o" + i;
      member.accept(member.sale(order, 1L + random.nextInt(2_000)));
      if (random.nextInt(3) == 0) {
        member.decide(member.refund(order, "r", 1L + random.nextInt(500)));
      }
    }
    assertThat(member.entries).extracting(Entry::kind).contains(Entry.Kind.TIER_REVIEW);
  }
}
