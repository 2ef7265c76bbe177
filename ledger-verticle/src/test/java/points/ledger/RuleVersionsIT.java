package points.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.fixture.OpenLedger.await;

import io.vertx.core.Future;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import points.ledger.account.Accounts;
import points.ledger.account.Movement.Place;
import points.ledger.command.Command.Accrue;
import points.ledger.command.Outcome;
import points.ledger.command.Refusal;
import points.ledger.command.StoredValueCommand.TopUp;
import points.ledger.fixture.OpenLedger;
import points.ledger.fixture.OpenLedgers;
import points.ledger.fixture.RichTerms;
import points.ledger.fixture.Sql;
import points.ledger.fixture.Tills;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.program.Program;
import points.ledger.program.Validity;
import points.ledger.random.RandomCommands;
import points.ledger.rules.EarningRule;
import points.ledger.rules.Rounding;
import points.ledger.trail.Recorder;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** An order earns by the rules of its own time, also when it comes in after they have changed. */
@WithPostgres
class RuleVersionsIT {
  private static final Recorder<Program> UNRECORDED =
      (transaction, before, after) -> Future.succeededFuture();

  @RegisterExtension final OpenLedgers ledgers;

  private final Tills tills = new Tills();
  private final MemberKey member = tills.member("m");
  private int orders;

  RuleVersionsIT(TestDatabase database) {
    this.ledgers = new OpenLedgers(database);
  }

  @Test
  void a_late_order_earns_and_expires_by_the_rules_of_its_day() {
    OpenLedger ledger = ledgers.open(tills.program());
    ledger.answerTo(tills.accrue(member, 1));
    Instant before = Instant.now();
    await(
        ledger
            .registry()
            .programs()
            .update(rules(7, Period.ofDays(3), "Europe/Berlin", true), any -> true, UNRECORDED));
    Instant after = Instant.now();

    Entry late = entry(ledger.answerTo(order(before)));
    Entry current = entry(ledger.answerTo(order(after)));

    assertThat(late.points()).isEqualTo(100);
    assertThat(late.lots().get(0).expiresAt())
        .isEqualTo(tills.program().validity().expiryOf(before, ZoneId.of("Asia/Shanghai")));
    assertThat(current.points()).isEqualTo(700);
    assertThat(current.lots().get(0).expiresAt())
        .isEqualTo(
            new Validity.Rolling(Period.ofDays(3)).expiryOf(after, ZoneId.of("Europe/Berlin")));
  }

  @Test
  void a_late_order_changes_the_other_accounts_by_the_terms_of_its_day() {
    OpenLedger ledger = ledgers.open(tills.program());
    ledger.answerTo(tills.accrue(member, 1));
    Instant before = Instant.now();
    Program old = tills.program();
    await(ledger.registry().programs().update(rich(old), any -> true, UNRECORDED));
    Instant after = Instant.now();

    Entry lateSale = entry(ledger.answerTo(order(before, 1_000)));
    Entry sale = entry(ledger.answerTo(order(after, 1_000)));
    Entry lateTopUp = entry(ledger.answerTo(topUp(before)));
    Entry topUp = entry(ledger.answerTo(topUp(after)));

    assertThat(lateSale.moved(RandomCommands.STARS, Place.AVAILABLE)).isZero();
    assertThat(sale.moved(RandomCommands.STARS, Place.AVAILABLE)).isEqualTo(1);
    assertThat(lateSale.moved(Accounts.GROWTH, Place.AVAILABLE)).isZero();
    assertThat(sale.moved(Accounts.GROWTH, Place.AVAILABLE)).isEqualTo(20);
    assertThat(lateTopUp.moved(Accounts.STORED_VALUE, Place.AVAILABLE)).isEqualTo(1_000);
    assertThat(topUp.moved(Accounts.STORED_VALUE, Place.AVAILABLE)).isEqualTo(1_050);
  }

  private Program rich(Program old) {
    return new Program(
        old.programId(),
        old.name(),
        old.currency(),
        old.timeZone(),
        old.earning(),
        old.validity(),
        old.autoEnrol(),
        RichTerms.of(true, null));
  }

  private TopUp topUp(Instant paidAt) {
    String order = "top-up-" + ++orders;
    return TopUp.of(member, order, Origin.sale("s", null, order), paidAt, 1_000, null);
  }

  @Test
  void a_preview_says_the_same_as_the_order_will() {
    OpenLedger ledger = ledgers.open(tills.program());
    ledger.answerTo(tills.accrue(member, 1));
    Instant before = Instant.now();
    await(
        ledger
            .registry()
            .programs()
            .update(rules(7, Period.ofDays(3), "UTC", true), any -> true, UNRECORDED));

    Outcome preview = await(ledger.ledger().preview(order(before)));

    assertThat(((Outcome.Previewed) preview).entry().points()).isEqualTo(100);
  }

  @Test
  void whether_a_member_is_enrolled_is_decided_by_the_rules_of_today() {
    OpenLedger ledger = ledgers.open(tills.program());
    ledger.answerTo(tills.accrue(member, 1));
    Instant before = Instant.now();
    await(
        ledger
            .registry()
            .programs()
            .update(rules(7, Period.ofDays(3), "UTC", false), any -> true, UNRECORDED));

    Accrue ofNobody =
        Accrue.of(
            tills.member("nobody"), "nobody", Origin.sale("s", null, "o"), before, 1, List.of());

    assertThat(ledger.answerTo(ofNobody))
        .isEqualTo(new Outcome.Refused(new Refusal.MemberNotFound()));
  }

  @Test
  void rules_that_are_set_before_there_are_members_hold_from_the_beginning() {
    OpenLedger ledger = ledgers.open(tills.program());
    await(
        ledger
            .registry()
            .programs()
            .update(rules(7, Period.ofDays(300), "UTC", true), any -> true, UNRECORDED));

    Entry late = entry(ledger.answerTo(order(Instant.now().minus(Duration.ofDays(30)))));

    assertThat(late.points()).isEqualTo(700);
  }

  @Test
  void of_many_versions_the_newest_are_kept_in_memory_and_the_oldest_of_them_stands_for_all_before()
      throws SQLException {
    OpenLedger ledger = ledgers.open(tills.program());
    ledger.answerTo(tills.accrue(member, 1));
    String id = tills.program().programId();
    try (Sql sql = ledgers.sql()) {
      sql.run(
          """
          INSERT INTO program_version
          SELECT program_id, now() - make_interval(days => n),
                 jsonb_set(to_jsonb(p), '{earning_points}', to_jsonb(n))
            FROM program p, generate_series(1, 250) n WHERE program_id = '%s'
          """
              .formatted(id));
      await(ledger.registry().programs().changed());
      assertThat(pointsAt(ledger, Duration.ofDays(10).plusHours(1))).isEqualTo(11);
      assertThat(pointsAt(ledger, Duration.ofDays(199).plusHours(1))).isEqualTo(200);
      assertThat(pointsAt(ledger, Duration.ofDays(240))).as("not kept").isEqualTo(200);

      sql.run(
          "DELETE FROM program_version WHERE valid_from > now() - interval '100 days'"
              + " AND program_id = '%s'".formatted(id),
          """
          UPDATE program_version SET valid_from = valid_from - interval '300 days'
           WHERE valid_from > 'epoch' AND program_id = '%s'
          """
              .formatted(id));
      await(ledger.registry().programs().changed());
      assertThat(pointsAt(ledger, Duration.ofDays(399))).as("held then").isEqualTo(100);
      assertThat(pointsAt(ledger, Duration.ofDays(430))).as("older than kept").isEqualTo(100);
    }
  }

  private long pointsAt(OpenLedger ledger, Duration ago) {
    Program then =
        ledger.registry().programs().at(tills.program().programId(), Instant.now().minus(ago));
    return then == null ? -1 : then.earning().points();
  }

  private Program rules(long points, Period validity, String zone, boolean autoEnrol) {
    Program old = tills.program();
    return new Program(
        old.programId(),
        old.name(),
        old.currency(),
        ZoneId.of(zone),
        new EarningRule(points, 1, Rounding.FLOOR),
        new Validity.Rolling(validity),
        autoEnrol);
  }

  private Accrue order(Instant paidAt) {
    return order(paidAt, 100);
  }

  private Accrue order(Instant paidAt, long amount) {
    String order = "late-" + ++orders;
    return Accrue.of(member, order, Origin.sale("s", null, order), paidAt, amount, List.of());
  }

  private static Entry entry(Outcome outcome) {
    return ((Outcome.Accepted) outcome).entry();
  }
}
