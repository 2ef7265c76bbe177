package points.ledger.tier;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import points.ledger.command.Command;
import points.ledger.command.Refusal;
import points.ledger.command.TierCommand;
import points.ledger.decide.Deciding;
import points.ledger.decide.DecidingMembers;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.model.Origin;
import points.ledger.model.Status;
import points.ledger.program.Program;
import points.ledger.tier.LevelChange.Reason;

/** Levels that are given by hand or bought: floors with an end of their own. */
class FloorDecisionsTest {

  /** A point a yuan; gold costs 500 points for three months, and black 2,000 for a year. */
  private static final String BOOK =
      """
      {"ruleBookId": "tiers", "base": {"points": 1, "perAmount": 100},
       "tierFactors": {"gold": "1.5", "black": "2"},
       "tiers": {
         "levels": [{"id": "silver", "from": 0},
                    {"id": "gold", "from": 100000, "upgradePrice": {"points": 500, "validity": "P3M"}},
                    {"id": "black", "from": 500000, "upgradePrice": {"points": 2000}},
                    {"id": "diamond", "from": 900000}],
         "measure": {"account": "spend", "period": "rolling", "length": "P12M"},
         "review": {"on": "anniversary"}, "down": "toEarned"}}
      """;

  private static final Origin OFFICE = Origin.office("operator", "sorry for the wait");
  private static final Origin TILL = Origin.till("store", null, null, "upgrade");

  private final Program program = TierDecisionsTest.program(BOOK);
  private final Deciding member = new Deciding(program);

  @BeforeEach
  void enrol() {
    member.now = Deciding.NOON.minusSeconds(100);
    member.accept(member.accrual(1));
    member.now = Deciding.NOON;
  }

  private TierCommand grant(String level, @Nullable String until) {
    Instant end = until == null ? null : Deciding.dayOf(until);
    return TierCommand.Grant.of(Deciding.MEMBER, member.key(), OFFICE, level, end, null);
  }

  private TierCommand grantFor(String level, String period) {
    return TierCommand.Grant.of(Deciding.MEMBER, member.key(), OFFICE, level, null, period);
  }

  private TierCommand withdraw(String level) {
    return TierCommand.Withdraw.of(Deciding.MEMBER, member.key(), OFFICE, level);
  }

  private TierCommand buy(String level, @Nullable Long price) {
    return TierCommand.Buy.of(Deciding.MEMBER, member.key(), TILL, level, price);
  }

  private TierRules rules() {
    return Objects.requireNonNull(program.book().book().tiers());
  }

  private String tier() {
    return rules().levelAt(TierDecisionsTest.facts(member), member.now).id();
  }

  private @Nullable Instant end(String level) {
    Floor floor = TierDecisionsTest.facts(member).floorOf(level, member.now);
    return floor == null ? null : floor.until();
  }

  private static TierMove move(Entry entry) {
    return Objects.requireNonNull(entry.factsChange().tier().move());
  }

  private List<Entry> settle(Instant at) {
    member.now = at;
    int before = member.entries.size();
    member.decide(Command.ApplyTimeEffects.of(Deciding.MEMBER));
    return member.entries.subList(before, member.entries.size()).stream()
        .filter(it -> it.kind() == Entry.Kind.TIER_REVIEW)
        .toList();
  }

  @Test
  void a_level_given_for_a_time_counts_for_orders_until_its_end_and_no_longer() {
    member.accept(member.accrual(10_000));
    Entry given = member.accept(grant("gold", "2026-12-01"));
    assertThat(move(given)).isEqualTo(new TierMove("silver", "gold", Reason.GRANT));
    assertThat(given.points()).isZero();
    assertThat(member.accept(member.accrual(10_000)).points()).isEqualTo(150);
    Instant end = Deciding.dayOf("2026-12-01");
    assertThat(settle(end.minusSeconds(1))).isEmpty();
    assertThat(member.accept(member.accrual(10_000)).points()).isEqualTo(150);

    List<Entry> ended = settle(end);
    assertThat(ended).hasSize(1);
    assertThat(ended.get(0).occurredAt()).isEqualTo(end);
    assertThat(move(ended.get(0))).isEqualTo(new TierMove("gold", "silver", Reason.END));
    assertThat(settle(end.plusSeconds(5))).as("the end is written once").isEmpty();
    assertThat(member.accept(member.accrual(10_000)).points()).isEqualTo(100);
    assertThat(member.accept(member.accrual(10_000, end.minusSeconds(1))).points())
        .as("a late order knows the tier of its day")
        .isEqualTo(150);
    assertThat(member.accept(member.accrual(10_000, Deciding.NOON.minusSeconds(1))).points())
        .as("and that there was none before it was given")
        .isEqualTo(100);
  }

  @Test
  void an_order_after_the_end_is_rated_without_the_floor_though_no_entry_says_so_yet() {
    member.accept(grant("gold", "2026-12-01"));
    member.now = Deciding.dayOf("2026-12-01");
    Entry order = member.accept(member.accrual(10_000));
    assertThat(order.points()).isEqualTo(100);
    assertThat(member.entries).extracting(Entry::kind).contains(Entry.Kind.TIER_REVIEW);
  }

  @Test
  void the_highest_that_is_valid_counts_and_a_lower_one_changes_nothing() {
    member.accept(grant("black", "2026-12-10"));
    Entry lower = member.accept(grant("gold", "2026-12-20"));
    assertThat(move(lower)).isEqualTo(new TierMove("black", "black", Reason.GRANT));
    assertThat(tier()).isEqualTo("black");

    Entry end = settle(Deciding.dayOf("2026-12-10")).get(0);
    assertThat(move(end)).isEqualTo(new TierMove("black", "gold", Reason.END));
    assertThat(move(settle(Deciding.dayOf("2026-12-20")).get(0)))
        .isEqualTo(new TierMove("gold", "silver", Reason.END));
  }

  @Test
  void the_same_again_prolongs_and_never_cuts_short() {
    Entry first = member.accept(grant("gold", "2026-12-10"));
    member.accept(grant("gold", "2026-12-20"));
    assertThat(end("gold")).isEqualTo(Deciding.dayOf("2026-12-20"));
    member.accept(grant("gold", "2026-12-15"));
    assertThat(end("gold")).isEqualTo(Deciding.dayOf("2026-12-20"));
    member.accept(grantFor("gold", "P10D"));
    assertThat(end("gold")).isEqualTo(Deciding.dayOf("2026-12-30"));
    member.accept(grant("gold", null));
    assertThat(end("gold")).isNull();
    member.accept(grantFor("gold", "P10D"));
    assertThat(end("gold")).isNull();
    assertThat(TierDecisionsTest.facts(member).floors())
        .containsExactly(new Floor("gold", first.recordedAt(), null));
    assertThat(settle(Deciding.dayOf("2090-01-01"))).isEmpty();
    assertThat(tier()).isEqualTo("gold");
  }

  @Test
  void a_period_goes_on_through_the_day_of_its_end() {
    member.accept(grantFor("gold", "P1M"));
    assertThat(end("gold")).isEqualTo(Deciding.dayOf("2026-12-23"));
    member.accept(grantFor("gold", "P1M"));
    assertThat(end("gold")).isEqualTo(Deciding.dayOf("2027-01-23"));
  }

  @Test
  void a_floor_leaves_the_level_of_its_own_as_it_is() {
    member.accept(grant("black", "2026-12-10"));
    Entry lifting = member.accept(member.accrual(100_000));
    assertThat(Objects.requireNonNull(lifting.factsChange().tier().level()).to()).isEqualTo("gold");
    assertThat(move(lifting))
        .as("the member sees no change")
        .isEqualTo(new TierMove("black", "black", Reason.RISE));
    assertThat(move(settle(Deciding.dayOf("2026-12-10")).get(0)))
        .isEqualTo(new TierMove("black", "gold", Reason.END));
    List<Entry> reviews = settle(Deciding.dayOf("2028-11-22"));
    assertThat(move(reviews.get(reviews.size() - 1)).to()).isEqualTo("silver");
  }

  @Test
  void a_fall_at_a_review_stops_at_the_floor() {
    member.accept(member.accrual(500_000));
    member.accept(grant("gold", "2030-01-01"));
    List<Entry> reviews = settle(Deciding.dayOf("2028-11-22"));
    assertThat(move(reviews.get(reviews.size() - 1)))
        .isEqualTo(new TierMove("black", "gold", Reason.FALL));
    assertThat(tier()).isEqualTo("gold");
  }

  @Test
  void a_level_that_was_given_is_taken_away() {
    member.accept(grant("gold", "2026-12-10"));
    member.now = member.now.plusSeconds(60);
    Entry withdrawn = member.accept(withdraw("gold"));
    assertThat(move(withdrawn)).isEqualTo(new TierMove("gold", "silver", Reason.WITHDRAWAL));
    assertThat(tier()).isEqualTo("silver");
    assertThat(settle(Deciding.dayOf("2026-12-10"))).isEmpty();
    assertThat(member.refuse(withdraw("gold"))).isEqualTo(new Refusal.TierNotGiven("gold"));
    assertThat(member.accept(member.accrual(10_000, Deciding.NOON.plusSeconds(30))).points())
        .as("a late order of the time between")
        .isEqualTo(150);
    assertThat(member.accept(grant("gold", "2027-12-10")).factsChange().tier().prolonged())
        .as("given anew, it is another floor")
        .isNull();
  }

  @Test
  void grants_are_refused_for_an_unknown_level_and_an_end_that_has_passed() {
    member.accept(member.accrual(1));
    assertThat(member.refuse(grant("tin", "2027-01-01"))).isEqualTo(new Refusal.UnknownTier("tin"));
    assertThat(member.refuse(grant("gold", "2026-11-22"))).isEqualTo(new Refusal.TierEndPassed());
    assertThat(member.refuse(withdraw("gold"))).isEqualTo(new Refusal.TierNotGiven("gold"));
    var plain = new Deciding(Deciding.MONTHLY);
    plain.accept(plain.accrual(1));
    assertThat(plain.refuse(grant("gold", "2027-01-01")))
        .isEqualTo(new Refusal.UnknownTier("gold"));
  }

  @Test
  void a_frozen_member_may_be_given_a_level_and_buys_none() {
    member.accept(member.accrual(300_000));
    member.accept(member.change(Status.FROZEN));
    member.accept(grant("black", "2026-12-10"));
    assertThat(member.refuse(buy("black", null))).isEqualTo(new Refusal.MemberFrozen());
  }

  @Test
  void points_buy_a_level_for_a_time() {
    member.accept(member.accrual(90_000));
    Entry bought = member.accept(buy("gold", 500L));
    assertThat(bought.kind()).isEqualTo(Entry.Kind.DEDUCTION);
    assertThat(bought.points()).isEqualTo(-500);
    assertThat(move(bought)).isEqualTo(new TierMove("silver", "gold", Reason.PURCHASE));
    assertThat(Objects.requireNonNull(member.state).lifetimeSpent()).isEqualTo(500);
    assertThat(end("gold")).isEqualTo(Deciding.dayOf("2027-02-23"));
    assertThat(member.available("points")).isEqualTo(400);
    assertThat(member.accept(member.accrual(9_900)).points()).isEqualTo(148);
    member.accept(buy("gold", null));
    assertThat(end("gold")).as("the same again").isEqualTo(Deciding.dayOf("2027-05-23"));
  }

  @Test
  void nobody_pays_for_nothing() {
    member.accept(member.accrual(600_000));
    assertThat(tier()).isEqualTo("black");
    assertThat(member.refuse(buy("gold", null))).isEqualTo(new Refusal.TierNotHigher("black"));
    assertThat(member.refuse(buy("black", null))).isEqualTo(new Refusal.TierNotHigher("black"));
    assertThat(member.refuse(buy("diamond", null)))
        .isEqualTo(new Refusal.TierNotForSale("diamond"));
    assertThat(member.refuse(buy("tin", null))).isEqualTo(new Refusal.UnknownTier("tin"));
    var other = new Deciding(program);
    other.accept(other.accrual(60_000));
    other.accept(grant("gold", null));
    assertThat(other.refuse(buy("gold", null)))
        .as("a floor without an end cannot be prolonged")
        .isEqualTo(new Refusal.TierNotHigher("gold"));
  }

  @Test
  void the_price_is_that_of_the_book_and_what_the_member_has() {
    member.accept(member.accrual(49_900));
    assertThat(member.refuse(buy("gold", 499L))).isEqualTo(new Refusal.PriceChanged(500));
    assertThat(member.refuse(buy("gold", 500L))).isEqualTo(new Refusal.InsufficientPoints(499));
    assertThat(member.available("points")).isEqualTo(499);
    assertThat(TierDecisionsTest.facts(member).floors()).isEmpty();
  }

  @Test
  void a_purchase_is_undone_by_its_reversal() {
    member.accept(member.accrual(99_900));
    Entry first = member.accept(buy("gold", null));
    member.now = member.now.plusSeconds(60);
    Entry reversal = member.accept(member.reversal(first));
    assertThat(reversal.points()).isEqualTo(500);
    assertThat(move(reversal)).isEqualTo(new TierMove("gold", "silver", Reason.WITHDRAWAL));
    assertThat(tier()).isEqualTo("silver");
    assertThat(member.available("points")).isEqualTo(999);
    assertThat(settle(Deciding.dayOf("2027-02-23"))).isEmpty();
  }

  @Test
  void of_several_purchases_the_last_is_undone_first() {
    member.accept(member.accrual(99_000));
    member.accept(member.adjustment(1_000));
    Entry first = member.accept(buy("gold", null));
    member.now = member.now.plusSeconds(60);
    Entry second = member.accept(buy("gold", null));
    assertThat(member.refuse(member.reversal(first)))
        .isEqualTo(new Refusal.NotReversible(Entry.Kind.DEDUCTION, false));
    member.accept(member.reversal(second));
    assertThat(end("gold")).isEqualTo(Deciding.dayOf("2027-02-23"));
    member.accept(member.reversal(first));
    assertThat(tier()).isEqualTo("silver");
    assertThat(member.available("points")).isEqualTo(1_990);
    assertThat(member.refuse(member.reversal(member.accept(grant("gold", null)))))
        .as("a grant is withdrawn")
        .isEqualTo(new Refusal.NotReversible(Entry.Kind.TIER_GRANT, false));
  }

  @ParameterizedTest
  @CsvSource({"gold, black, black", "black, gold, black", "gold, silver, gold"})
  void merged_members_keep_their_floors(String ofFirst, String ofSecond, String expected) {
    var members = new DecidingMembers(program);
    MemberKey first = DecidingMembers.member("first");
    MemberKey second = DecidingMembers.member("second");
    members.enrol(first, second);
    Instant end = Deciding.dayOf("2027-01-01");
    members.accept(TierCommand.Grant.of(first, "g1", OFFICE, ofFirst, end, null));
    members.accept(TierCommand.Grant.of(second, "g2", OFFICE, ofSecond, end, null));
    members.merge(first, second);

    MemberState merged = members.state(second);
    TierFacts facts = merged.facts().tier();
    assertThat(rules().levelAt(facts, Deciding.dayOf("2026-12-01")).id()).isEqualTo(expected);
    TierMove move = members.entries.get(members.entries.size() - 1).factsChange().tier().move();
    assertThat(move)
        .isEqualTo(
            expected.equals(ofSecond) ? null : new TierMove(ofSecond, expected, Reason.MERGE));
  }

  @Test
  void of_two_floors_of_one_name_the_later_end_survives_a_merge() {
    var earlier = new Floor("gold", Deciding.NOON, Deciding.dayOf("2026-12-01"));
    var later = new Floor("gold", Deciding.NOON, Deciding.dayOf("2027-01-01"));
    TierFacts facts = TierFacts.NONE.after(TierChange.of(List.of(later)), Deciding.NOON);
    assertThat(TierChange.of(List.of(earlier)).joining(facts).floors()).isEmpty();
    facts = TierFacts.NONE.after(TierChange.of(List.of(earlier)), Deciding.NOON);
    assertThat(TierChange.of(List.of(later)).joining(facts).floors()).containsExactly(later);
  }

  @Test
  void no_more_floors_are_kept_than_there_may_be() {
    TierFacts facts = TierFacts.NONE;
    for (int i = 0; i < TierFacts.FLOORS_MAX + 5; i++) {
      Instant since = Deciding.NOON.plusSeconds(i);
      var floor = new Floor("gold", since, Deciding.dayOf("2027-01-01").plusSeconds(i));
      facts = facts.after(TierChange.of(List.of(floor)), since);
    }
    assertThat(facts.floors()).hasSize(TierFacts.FLOORS_MAX);
    assertThat(facts.floors().get(0).since()).isEqualTo(Deciding.NOON.plusSeconds(5));
  }

  @Test
  void a_floor_that_ended_long_ago_is_forgotten() {
    member.accept(grant("gold", "2026-12-01"));
    settle(Deciding.dayOf("2026-12-01"));
    member.now = Deciding.dayOf("2028-02-01");
    member.accept(grant("black", "2028-03-01"));
    assertThat(TierDecisionsTest.facts(member).floors())
        .extracting(Floor::level)
        .containsExactly("black");
  }

  @Test
  void the_standing_says_what_comes_of_a_floor() {
    member.accept(member.accrual(30_000));
    member.accept(grant("gold", "2026-12-10"));
    Standing standing = Standing.of(TierDecisionsTest.facts(member), rules(), member.now);
    assertThat(standing.level().id()).isEqualTo("gold");
    assertThat(standing.since()).isEqualTo(member.now);
    assertThat(standing.until()).isEqualTo(Deciding.dayOf("2026-12-10"));
    assertThat(standing.missingToStay()).isEqualTo(69_999);
    assertThat(standing.floors()).hasSize(1);
    Level silver = rules().levels().get(0);
    assertThat(standing.outlook())
        .isEqualTo(new Standing.Outlook(Deciding.dayOf("2026-12-10"), silver, Reason.END));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void random_histories_fold_and_each_entry_says_how_the_tier_changed(int seed) {
    var random = new Random(seed);
    for (int i = 0; i < 120; i++) {
      member.now = member.now.plusSeconds(3_600L * random.nextInt(24 * 40));
      TierFacts read = new TierJudge(rules()).at(TierDecisionsTest.facts(member), member.now);
      settle(member.now);
      assertThat(TierDecisionsTest.facts(member)).isEqualTo(read);
      String before = tier();
      int written = member.entries.size();
      String level = rules().levels().get(random.nextInt(4)).id();
      member.decide(
          switch (random.nextInt(6)) {
            case 0 -> grantFor(level, "P" + (1 + random.nextInt(90)) + "D");
            case 1 -> buy(level, null);
            case 2 -> withdraw(level);
            case 3 -> member.reversal(any(random));
            default -> member.accrual(1 + random.nextInt(80_000));
          });
      for (Entry entry : member.entries.subList(written, member.entries.size())) {
        TierMove move = entry.factsChange().tier().move();
        if (move == null) {
          assertThat(tier()).as("%s", entry).isEqualTo(before);
        } else {
          assertThat(move).extracting(TierMove::from, TierMove::to).containsExactly(before, tier());
        }
      }
    }
  }

  private Entry any(Random random) {
    return member.entries.get(random.nextInt(member.entries.size()));
  }
}
