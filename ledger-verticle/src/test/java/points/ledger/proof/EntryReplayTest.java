package points.ledger.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import points.ledger.account.Accounts;
import points.ledger.account.Lots;
import points.ledger.command.Command.Accrue;
import points.ledger.command.SaleTerms;
import points.ledger.decide.CommandDecider;
import points.ledger.decide.Decision;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.model.Origin;
import points.ledger.model.Status;
import points.ledger.program.Program;
import points.ledger.program.Validity;
import points.ledger.rules.EarningRule;
import points.ledger.rules.Rounding;

class EntryReplayTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final MemberKey MEMBER = new MemberKey("p", "m");
  private static final Program RULES =
      new Program(
          "p",
          "p",
          "CNY",
          ZoneId.of("Asia/Shanghai"),
          new EarningRule(1, 100, Rounding.FLOOR),
          new Validity.Rolling(Period.ofMonths(12)),
          true);

  private final EntryReplay refolding = new EntryReplay();
  private MemberState state = MemberState.ENROLLED;

  private Entry sell(String order, long amount, long paid) {
    Origin origin = Origin.sale("s", null, order);
    var command =
        Accrue.of(
            MEMBER, order, origin, NOW, amount, List.of(), new SaleTerms(paid, 0, false, null));
    var accepted = (Decision.Accepted) CommandDecider.decide(state, command, RULES, NOW);
    state = accepted.state();
    accepted.entries().forEach(refolding::add);
    return accepted.answer();
  }

  @Test
  void gives_the_state_that_the_decisions_gave() {
    sell("a", 1_000, 0);
    sell("b", 500, 3);

    assertThat(refolding.state()).isEqualTo(state);
    assertThat(refolding.differencesFrom(state)).isEmpty();
    assertThat(refolding.entries()).isEqualTo(2);
  }

  @Test
  void an_order_that_pays_with_points_and_earns_none_has_earned_none() {
    sell("a", 1_000, 0);
    sell("b", 50, 3);

    assertThat(state.lifetimeEarned()).isEqualTo(10);
    assertThat(state.lifetimeSpent()).isEqualTo(3);
  }

  @Test
  void says_where_a_state_is_another() {
    sell("a", 1_000, 0);
    var other = new MemberState(Status.FROZEN, 1, 10, 1, Lots.NONE);

    assertThat(refolding.differencesFrom(other))
        .extracting(Difference::what)
        .containsExactly("status", "lifetimeSpent", "points", "facts");
  }

  @Test
  void stops_at_an_impossible_entry() {
    Entry first = sell("a", 1_000, 0);
    Entry second = sell("b", 50, 3);
    var broken = new EntryReplay();
    broken.add(second);
    broken.add(first);

    assertThat(broken.entries()).isEqualTo(2);
    assertThat(broken.differences())
        .extracting(Difference::what)
        .containsExactly("sequence", "entry 2");
  }

  @Test
  void says_where_the_figures_of_an_entry_are_not_those_of_its_movements() {
    Entry entry = sell("a", 1_000, 0);
    var wrong = new EntryReplay();
    wrong.add(
        new Entry(
            entry.member(),
            entry.sequence(),
            entry.kind(),
            entry.points() + 1,
            entry.balance() + 2,
            entry.movements(),
            new TreeMap<>(Map.of(Accounts.GROWTH, 3L)),
            entry.request(),
            entry.origin(),
            entry.amount(),
            entry.lines(),
            entry.refersTo(),
            entry.detail(),
            null,
            null,
            entry.occurredAt(),
            entry.recordedAt()));

    assertThat(wrong.differences())
        .containsExactly(
            Difference.of("points of entry 1", 10L, 11L),
            Difference.of("balance of entry 1", 10L, 12L),
            Difference.of("balance of growth of entry 1", 0L, 3L));
  }

  @Test
  void says_a_hundred_differences_at_most() {
    Entry entry = sell("a", 1_000, 0);
    var wrong = new EntryReplay();
    for (int i = 0; i < 150; i++) {
      wrong.add(entry);
    }
    assertThat(wrong.entries()).isEqualTo(150);
    assertThat(wrong.differences()).hasSize(100);
  }
}
