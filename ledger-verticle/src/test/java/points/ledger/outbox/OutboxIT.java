package points.ledger.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.fixture.OpenLedger.await;
import static points.ledger.fixture.OpenLedger.awaitThat;

import io.vertx.core.Future;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import points.ledger.command.Command.Accrue;
import points.ledger.command.MembershipCommand.Close;
import points.ledger.command.MembershipCommand.Merge;
import points.ledger.command.Outcome;
import points.ledger.command.Outcome.Accepted;
import points.ledger.command.Outcome.Refused;
import points.ledger.command.Refusal;
import points.ledger.command.SaleTerms;
import points.ledger.command.TransferCommand.Send;
import points.ledger.fixture.OpenLedger;
import points.ledger.fixture.OpenLedgers;
import points.ledger.fixture.Sql;
import points.ledger.fixture.Tills;
import points.ledger.forward.Submitter;
import points.ledger.member.MemberEndQueue;
import points.ledger.model.Entry;
import points.ledger.model.Entry.Kind;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.model.Origin;
import points.ledger.model.Status;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** Steps of two members are each there once, wherever the node ends that does them. */
@WithPostgres
class OutboxIT {

  private static final Origin OFFICE = Origin.office("amy", "asked for it");

  @RegisterExtension final OpenLedgers ledgers;

  private final Tills tills = new Tills();
  private final MemberKey from = tills.member("from");
  private final MemberKey to = tills.member("to");
  private int requests;

  OutboxIT(TestDatabase database) {
    this.ledgers = new OpenLedgers(database);
  }

  @Test
  void a_transfer_has_arrived_when_it_is_answered() throws SQLException {
    OpenLedger ledger = open(true);
    enrol(ledger, 100, 5);

    assertThat(ledger.answerTo(send(30))).isInstanceOf(Accepted.class);

    assertThat(available(ledger, from)).isEqualTo(70);
    assertThat(available(ledger, to)).isEqualTo(35);
    Entry in = last(ledger, to);
    assertThat(in.kind()).isEqualTo(Kind.TRANSFER_IN);
    assertThat(in.counterpart()).isEqualTo("from");
    assertThat(in.lots().get(0).expiresAt())
        .isEqualTo(last(ledger, from).lots().get(0).expiresAt());
    assertThat(outboxRows()).isZero();
  }

  /** What the receiver does with the transfer, where it ends, and what kind of entry says so. */
  @ParameterizedTest
  @CsvSource({
    "ACTIVE, to, TRANSFER_IN",
    "FROZEN, from, TRANSFER_RETURN",
    "CLOSED, from, TRANSFER_RETURN",
    "MERGED, third, TRANSFER_IN",
  })
  void a_transfer_goes_on_where_a_node_left_it_off(String receiver, String ends, Kind kind)
      throws SQLException {
    for (Step step : Step.values()) {
      requests += 1_000;
      var giver = tills.member("from" + step);
      var taker = tills.member("to" + step);
      var third = tills.member("third" + step);
      OpenLedger first = open(false);
      first.answersTo(
          List.of(tills.accrue(giver, 100), tills.accrue(taker, 5), tills.accrue(third, 1)));
      end(first, taker, third, receiver);
      first.answerTo(Send.of(giver, key(), OFFICE, taker.memberId(), 30));
      await(first.ledger().stop());

      dieAt(step);
      OpenLedger again = open(true);
      String name = ends + step;
      awaitThat("the transfer to end", () -> entriesOf(again, tills.member(name), kind) == 1);
      awaitThat("the outbox to be empty", () -> outboxRowsOf(giver) == 0);

      assertThat(
              entriesOf(again, giver, Kind.TRANSFER_RETURN)
                  + entriesOf(again, taker, Kind.TRANSFER_IN)
                  + entriesOf(again, third, Kind.TRANSFER_IN))
          .isEqualTo(1);
      long closed = receiver.equals("CLOSED") ? 5 : 0;
      assertThat(available(again, giver) + available(again, taker) + available(again, third))
          .isEqualTo(106 - closed);
      await(again.ledger().stop());
    }
  }

  /** Where a node dies. */
  private enum Step {
    BEFORE_THE_RECEIVER,
    AFTER_THE_RECEIVER
  }

  /** A node that can do this much and no more; then it is gone, and the row is due again. */
  private void dieAt(Step step) throws SQLException {
    try (Sql sql = ledgers.sql()) {
      sql.run(
          step == Step.BEFORE_THE_RECEIVER
              ? trap("entry", "BEFORE INSERT", "NEW.kind IN ('TRANSFER_IN', 'TRANSFER_RETURN')")
              : trap("outbox", "BEFORE DELETE", "true"));
      OpenLedger dying = open(true);
      awaitThat(
          "the node to fail at its step",
          () -> dying.meters().counter("points.outbox.failures").count() > 0);
      await(dying.ledger().stop());
      String table = step == Step.BEFORE_THE_RECEIVER ? "entry" : "outbox";
      sql.run("DROP TRIGGER trap ON " + table, "UPDATE outbox SET due_at = now()");
    }
  }

  private static String trap(String table, String when, String condition) {
    return """
    CREATE OR REPLACE FUNCTION trap() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'the node dies here'; END $$;
    CREATE TRIGGER trap %s ON %s FOR EACH ROW WHEN (%s) EXECUTE FUNCTION trap()
    """
        .formatted(when, table, condition);
  }

  private void end(OpenLedger ledger, MemberKey member, MemberKey third, String status)
      throws SQLException {
    switch (status) {
      case "FROZEN" -> ledger.answerTo(tills.change(member, Status.FROZEN));
      case "CLOSED" -> ledger.answerTo(Close.of(member, key(), OFFICE));
      case "MERGED" -> ledger.answerTo(Merge.of(member, key(), OFFICE, third.memberId()));
      default -> assertThat(status).isEqualTo("ACTIVE");
    }
  }

  @Test
  void a_transfer_to_nobody_and_one_past_the_limit_come_back() {
    OpenLedger ledger = open(true);
    enrol(ledger, 100, 5);
    ledger.answerTo(tills.adjust(to, 999_999_999_999_990L));

    ledger.answerTo(send(30));
    ledger.answerTo(Send.of(from, key(), OFFICE, "nobody", 20));

    assertThat(available(ledger, from)).isEqualTo(100);
    assertThat(entriesOf(ledger, from, Kind.TRANSFER_RETURN)).isEqualTo(2);
    assertThat(last(ledger, from).counterpart()).isEqualTo("nobody");
  }

  /** As a node does that was paused after it had asked the receiver, and goes on much later. */
  @Test
  void a_transfer_that_came_back_does_not_arrive_as_well() throws SQLException {
    OpenLedger ledger = open(true);
    enrol(ledger, 100, 5);
    ledger.answerTo(tills.change(to, Status.FROZEN));
    ledger.answerTo(send(30));
    assertThat(available(ledger, from)).isEqualTo(100);
    ledger.answerTo(tills.change(to, Status.ACTIVE));

    try (Sql sql = ledgers.sql()) {
      sql.run(
          "INSERT INTO outbox (program_id, member_id, sequence) VALUES ('%s', 'from', 2)"
              .formatted(from.programId()));
    }
    awaitThat("the row to be gone", () -> outboxRowsOf(from) == 0);

    assertThat(available(ledger, from) + available(ledger, to)).isEqualTo(105);
    assertThat(entriesOf(ledger, to, Kind.TRANSFER_IN)).isZero();
  }

  @Test
  void a_transfer_that_has_no_place_to_go_waits_for_one() throws SQLException {
    OpenLedger first = open(false);
    enrol(first, 100, 5);
    first.answerTo(tills.change(to, Status.FROZEN));
    first.answerTo(send(30));
    first.answerTo(Close.of(from, key(), OFFICE)); // which a node that follows up does not let
    await(first.ledger().stop());

    OpenLedger ledger = open(true);
    awaitThat("a failure", () -> ledger.meters().counter("points.outbox.failures").count() > 0);
    awaitThat("only the transfer to wait", () -> outboxRowsOf(from) == 1);
    ledger.answerTo(tills.change(to, Status.ACTIVE));
    try (Sql sql = ledgers.sql()) {
      sql.run("UPDATE outbox SET due_at = now()");
    }

    awaitThat("the transfer to arrive", () -> available(ledger, to) == 35);
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
  void a_merge_takes_all_along_wherever_a_node_left_it_off() throws SQLException {
    for (boolean before : new boolean[] {true, false}) {
      var source = tills.member("source" + before);
      var target = tills.member("target" + before);
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

      dieAtMerge(before);
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

  private void dieAtMerge(boolean before) throws SQLException {
    try (Sql sql = ledgers.sql()) {
      sql.run(
          before
              ? trap(
                  "entry",
                  "BEFORE INSERT",
                  "NEW.kind = 'MERGE_IN' AND NEW.idempotency_key LIKE '% pending %'")
              : trap("outbox", "BEFORE DELETE", "true"));
      OpenLedger dying = open(true);
      awaitThat(
          "the node to fail at its step",
          () -> dying.meters().counter("points.outbox.failures").count() > 0);
      await(dying.ledger().stop());
      String table = before ? "entry" : "outbox";
      sql.run("DROP TRIGGER trap ON " + table, "UPDATE outbox SET due_at = now()");
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
  void points_are_conserved_while_two_nodes_send_them_back_and_forth() {
    OpenLedger one = open(true);
    OpenLedger other = ledgers.open(ledgers.options(true));
    var random = new Random(7);
    var members = new ArrayList<MemberKey>();
    for (int i = 0; i < 5; i++) {
      members.add(tills.member("m" + i));
      one.answerTo(tills.accrue(tills.member("m" + i), 1_000));
    }
    var sent = new ArrayList<Future<Outcome>>();
    for (int i = 0; i < 300; i++) {
      MemberKey giver = members.get(random.nextInt(5));
      MemberKey taker = members.get(random.nextInt(5));
      OpenLedger node = random.nextBoolean() ? one : other;
      sent.add(node.submit(Send.of(giver, key(), OFFICE, taker.memberId(), 1 + random.nextInt(9))));
      if (i % 40 == 20) {
        sent.add(node.submit(tills.change(taker, Status.FROZEN)));
        sent.add(node.submit(tills.change(taker, Status.ACTIVE)));
      }
    }
    sent.forEach(OpenLedger::await);
    awaitThat(
        "the outbox to be empty", () -> members.stream().allMatch(it -> outboxRowsOf(it) == 0));

    assertThat(members.stream().mapToLong(it -> committed(it)).sum()).isEqualTo(5_000);
    long out = members.stream().mapToLong(it -> entriesOf(one, it, Kind.TRANSFER_OUT)).sum();
    long in = members.stream().mapToLong(it -> entriesOf(one, it, Kind.TRANSFER_IN)).sum();
    long back = members.stream().mapToLong(it -> entriesOf(one, it, Kind.TRANSFER_RETURN)).sum();
    assertThat(out).isGreaterThan(200);
    assertThat(in + back).isEqualTo(out);
  }

  private Accrue pending(MemberKey member, long points, @Nullable Instant effectiveAt) {
    String key = key();
    Origin order = Origin.sale("store", null, "order of " + key);
    var terms = new SaleTerms(0, 0, true, effectiveAt);
    return Accrue.of(member, key, order, Instant.now(), points, List.of(), terms);
  }

  private OpenLedger open(boolean followsUp) {
    return opened++ == 0
        ? ledgers.open(ledgers.options(followsUp), tills.program())
        : ledgers.open(ledgers.options(followsUp));
  }

  private int opened;

  private void enrol(OpenLedger ledger, long ofGiver, long ofTaker) {
    ledger.answersTo(List.of(tills.accrue(from, ofGiver), tills.accrue(to, ofTaker)));
  }

  private Send send(long points) {
    return Send.of(from, key(), OFFICE, "to", points);
  }

  private String key() {
    return tills.keyPrefix() + "outbox-" + ++requests;
  }

  private static long available(OpenLedger ledger, MemberKey member) {
    return ledger.stateOf(member).orElseThrow().lots().total();
  }

  private static Entry last(OpenLedger ledger, MemberKey member) {
    List<Entry> entries = ledger.entriesOf(member);
    return entries.get(entries.size() - 1);
  }

  private static long entriesOf(OpenLedger ledger, MemberKey member, Kind kind) {
    return ledger.entriesOf(member).stream().filter(it -> it.kind() == kind).count();
  }

  private long committed(MemberKey member) {
    return number(
        "SELECT available FROM member WHERE program_id = '%s' AND member_id = '%s'", member);
  }

  private long outboxRowsOf(MemberKey member) {
    return number("SELECT count(*) FROM outbox WHERE program_id = '%s'", member);
  }

  private long number(String sql, MemberKey member) {
    try (Sql session = ledgers.sql()) {
      return session.number(sql.formatted(member.programId(), member.memberId()));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private long outboxRows() {
    return outboxRowsOf(from);
  }
}
