package points.gateway.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import points.gateway.json.EntryJson;
import points.gateway.json.StoredValueJson;
import points.ledger.command.Command;
import points.ledger.command.Command.Accrue;
import points.ledger.command.StoredValueCommand.TopUp;
import points.ledger.decide.CommandDecider;
import points.ledger.decide.Decision;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.program.PointCurrency;
import points.ledger.program.Program;
import points.ledger.program.Terms;
import points.ledger.program.Terms.StoredValueRule;
import points.ledger.program.Validity;
import points.ledger.rules.EarningRule;
import points.ledger.rules.Rounding;

/** Answers to what came in so late that it had expired say what is left, in every account. */
class ExpiredOnArrivalTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final Instant LONG_AGO = Instant.parse("2026-10-01T10:00:00Z");
  private static final MemberKey MEMBER = new MemberKey("p", "m");
  private static final EarningRule EARNING = new EarningRule(1, 100, Rounding.FLOOR);

  private static Program program() {
    Validity days = new Validity.Rolling(Period.ofDays(7));
    var currencies = new TreeMap<String, PointCurrency>();
    currencies.put("coins", new PointCurrency("coins", "Coins", EARNING, days));
    Terms plain = Terms.PLAIN;
    var terms =
        new Terms(
            currencies,
            plain.growth(),
            new StoredValueRule(EARNING, List.of()),
            plain.refunds(),
            plain.exchanges(),
            plain.paysOutAtClosing(),
            plain.lateWindow());
    return new Program("p", "P", "CNY", ZoneOffset.UTC, EARNING, days, true, terms);
  }

  private static Decision.Accepted decide(Command command) {
    return (Decision.Accepted) CommandDecider.decide(null, command, program(), NOW);
  }

  private static Entry accrued(Instant occurredAt) {
    Origin sale = Origin.sale("S1", null, "1");
    return decide(Accrue.of(MEMBER, "k", sale, occurredAt, 1_000, List.of())).answer();
  }

  @Test
  void an_expired_order_leaves_nothing_in_the_balance_of_its_answer() {
    JsonObject answer = EntryJson.accrual(accrued(LONG_AGO));

    assertThat(answer.getLong("points")).isEqualTo(10);
    assertThat(answer.getLong("expiredOnArrival")).isEqualTo(10);
    assertThat(answer.getLong("balance")).isZero();
    JsonObject coins = answer.getJsonArray("accounts").getJsonObject(0);
    assertThat(coins.getLong("points")).isEqualTo(10);
    assertThat(coins.getLong("balance")).isZero();
  }

  @Test
  void a_history_still_shows_the_balance_after_each_entry() {
    JsonObject line = EntryJson.entry(accrued(LONG_AGO));

    assertThat(line.getLong("balance")).isEqualTo(10);
    assertThat(line.getJsonArray("accounts").getJsonObject(0).getLong("balance")).isEqualTo(10);
  }

  @Test
  void an_expired_top_up_leaves_nothing_in_the_balance_of_its_answer() {
    Origin sale = Origin.sale("S1", null, "1");
    Entry topUp = decide(TopUp.of(MEMBER, "k", sale, LONG_AGO, 1_000, null)).answer();

    JsonObject answer = StoredValueJson.topUp(topUp);

    assertThat(answer.getLong("points")).isEqualTo(10);
    assertThat(answer.getLong("expiredOnArrival")).isEqualTo(10);
    assertThat(answer.getLong("balance")).isZero();
    assertThat(answer.getLong("storedValueBalance")).isEqualTo(1_000);
  }

  @Test
  void points_that_arrive_in_time_are_in_the_balance() {
    JsonObject answer = EntryJson.accrual(accrued(NOW));

    assertThat(answer.containsKey("expiredOnArrival")).isFalse();
    assertThat(answer.getLong("balance")).isEqualTo(10);
  }
}
