package points.ledger.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.fixture.OpenLedger.await;
import static points.ledger.fixture.OpenLedger.awaitThat;

import io.vertx.core.Future;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import points.ledger.command.MembershipCommand.Close;
import points.ledger.command.MembershipCommand.Merge;
import points.ledger.command.Outcome;
import points.ledger.command.Outcome.Accepted;
import points.ledger.command.TransferCommand.Send;
import points.ledger.fixture.OpenLedger;
import points.ledger.fixture.Sql;
import points.ledger.model.Entry;
import points.ledger.model.Entry.Kind;
import points.ledger.model.MemberKey;
import points.ledger.model.Status;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** A transfer is carried out once, wherever the node ends that carries it out. */
@WithPostgres
class OutboxIT extends OutboxCase {

  OutboxIT(TestDatabase database) {
    super(database);
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
    for (Step step : List.of(Step.BEFORE_THE_RECEIVER, Step.BEFORE_THE_ROW_IS_DELETED)) {
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
  void a_transfer_to_no_member_and_one_past_the_limit_come_back() {
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
}
