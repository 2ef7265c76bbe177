package points.ledger.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.fixture.OpenLedger.await;
import static points.ledger.fixture.OpenLedger.awaitThat;

import io.vertx.core.Future;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import points.ledger.command.Command.Accrue;
import points.ledger.command.MembershipCommand.Close;
import points.ledger.command.MembershipCommand.Merge;
import points.ledger.command.Outcome;
import points.ledger.command.Outcome.Accepted;
import points.ledger.command.Outcome.Refused;
import points.ledger.command.Refusal;
import points.ledger.command.SaleTerms;
import points.ledger.fixture.OpenLedger;
import points.ledger.fixture.Sql;
import points.ledger.forward.Submitter;
import points.ledger.member.MemberEndQueue;
import points.ledger.member.PgIdentifierTransfer;
import points.ledger.model.Entry.Kind;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.model.Origin;
import points.ledger.model.Status;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** A member ends with all that it has, wherever the node ends that merges or closes it. */
@WithPostgres
class OutboxOfMergesAndClosingsIT extends OutboxCase {

  OutboxOfMergesAndClosingsIT(TestDatabase database) {
    super(database);
  }

  @Test
  void a_merge_takes_all_along_wherever_a_node_left_it_off() throws SQLException {
    for (Step step :
        List.of(Step.BEFORE_PENDING_POINTS_ARE_MERGED, Step.BEFORE_THE_ROW_IS_DELETED)) {
      var source = tills.member("source" + step);
      var target = tills.member("target" + step);
      OpenLedger first = open(false);
      Instant effective = Instant.now().plus(Duration.ofDays(3)).truncatedTo(ChronoUnit.MICROS);
      first.answersTo(
          List.of(
              tills.accrue(source, 100),
              tills.accrue(target, 5),
              pending(source, 40, effective),
              pending(source, 7, null),
              tills.deduct(source, 10)));
      first.answerTo(Merge.of(source, key(), OFFICE, target.memberId()));
      await(first.ledger().stop());

      dieAt(step);
      OpenLedger again = open(true);
      awaitThat("the merge to end", () -> outboxRowsOf(source) == 0);

      MemberState state = again.stateOf(target).orElseThrow();
      assertThat(state.lots().total()).isEqualTo(95);
      assertThat(state.reserves()).hasSize(2);
      assertThat(state.reserves().stream().mapToLong(it -> it.of("points").total()))
          .containsExactlyInAnyOrder(40L, 7L);
      assertThat(state.reserves().stream().map(it -> String.valueOf(it.endsAt())))
          .containsExactlyInAnyOrder(effective.toString(), "null");
      assertThat(state.lifetimeEarned()).isEqualTo(152);
      assertThat(state.lifetimeSpent()).isEqualTo(10);
      assertThat(entriesOf(again, target, Kind.MERGE_IN)).isEqualTo(3);
      MemberState gone = again.stateOf(source).orElseThrow();
      assertThat(gone.status()).isEqualTo(Status.MERGED);
      assertThat(gone.lots().total()).isZero();
      assertThat(again.answerTo(tills.accrue(source, 1)))
          .isEqualTo(new Refused(new Refusal.MemberMerged(target.memberId())));
      await(again.ledger().stop());
    }
  }

  @Test
  void of_two_members_that_are_merged_into_each_other_one_stays() {
    OpenLedger one = open(true);
    OpenLedger other = ledgers.open(ledgers.options(true));
    enrol(one, 100, 5);

    Future<Outcome> there = one.submit(Merge.of(from, key(), OFFICE, "to"));
    Future<Outcome> back = other.submit(Merge.of(to, key(), OFFICE, "from"));
    List<Outcome> outcomes = List.of(await(there), await(back));

    assertThat(outcomes.stream().filter(Accepted.class::isInstance)).hasSize(1);
    MemberKey left = outcomes.get(0) instanceof Accepted ? to : from;
    awaitThat("all to be with the one that stays", () -> committed(left) == 105);
  }

  @Test
  void a_member_does_not_close_while_something_of_it_is_under_way() throws SQLException {
    OpenLedger first = open(false);
    enrol(first, 100, 5);
    first.answerTo(send(30));
    await(first.ledger().stop());
    try (Sql sql = ledgers.sql()) {
      sql.run("UPDATE outbox SET due_at = now() + interval '1 hour'");
      OpenLedger ledger = open(true);
      Close close = Close.of(from, key(), OFFICE);

      assertThat(ledger.answerTo(close)).isInstanceOf(Outcome.NotApplied.class);
      sql.run("UPDATE outbox SET due_at = now()");
      awaitThat("the transfer to arrive", () -> available(ledger, to) == 35);
      awaitThat("the member to close", () -> ledger.answerTo(close) instanceof Accepted);
    }
  }

  @Test
  void a_member_does_not_close_when_it_sends_points_just_before_its_closing_is_decided()
      throws SQLException {
    OpenLedger first = open(false);
    enrol(first, 100, 5);
    var sent = new AtomicBoolean();
    Submitter lanes =
        closing ->
            sent.compareAndSet(false, true)
                ? first.submit(send(30)).compose(gone -> first.submit(closing.command()))
                : first.submit(closing.command());
    var endings = new MemberEndQueue(ledgers.vertx(), first.pool(), lanes, Duration.ofSeconds(1));
    Close close = Close.of(from, key(), OFFICE);

    assertThat(await(endings.close(close))).isInstanceOf(Outcome.NotApplied.class);

    assertThat(first.stateOf(from).orElseThrow().status()).isEqualTo(Status.ACTIVE);
    assertThat(outboxRowsOf(from)).isEqualTo(1);
    await(first.ledger().stop());
    OpenLedger again = open(true);
    awaitThat("the transfer to arrive", () -> available(again, to) == 35);
    awaitThat("the member to close", () -> again.answerTo(close) instanceof Accepted);
  }

  @Test
  void what_a_member_was_known_by_goes_to_the_member_that_goes_on_or_ends_with_it()
      throws SQLException {
    OpenLedger ledger = open(true);
    MemberKey heir = tills.member("heir");
    enrol(ledger, 100, 5);
    ledger.answerTo(tills.accrue(heir, 1));
    ledger.answerTo(Merge.of(to, key(), OFFICE, heir.memberId()));
    awaitThat("the merge to end", () -> outboxRowsOf(to) == 0);
    var identifiers = new PgIdentifierTransfer(ledger.pool());
    String phone = "+8613800000000";
    String ofProgram = " AND program_id = '" + from.programId() + "'";
    String holders = "SELECT member_id FROM member_profile WHERE phone IS NOT NULL" + ofProgram;
    try (Sql sql = ledgers.sql()) {
      sql.run(
          "INSERT INTO member_profile (program_id, member_id, phone, updated_at) SELECT program_id,"
              + " member_id, '%s', now() FROM member WHERE member_id = 'from'".formatted(phone)
              + ofProgram);

      await(identifiers.passOn(from, to));
      assertThat(sql.rows(holders)).containsExactly("heir");

      ledger.answerTo(Close.of(heir, key(), OFFICE));
      awaitThat("the closing to end", () -> outboxRowsOf(heir) == 0);
      sql.run(
          "UPDATE member_profile SET phone = '%s' WHERE member_id = 'from'".formatted(phone)
              + ofProgram);
      await(identifiers.passOn(from, to));
      assertThat(sql.rows(holders)).isEmpty();
    }
  }

  private Accrue pending(MemberKey member, long points, @Nullable Instant effectiveAt) {
    String key = key();
    Origin order = Origin.sale("store", null, "order of " + key);
    var terms = new SaleTerms(0, 0, true, effectiveAt);
    return Accrue.of(member, key, order, Instant.now(), points, List.of(), terms);
  }
}
