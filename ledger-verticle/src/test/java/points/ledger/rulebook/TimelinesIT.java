package points.ledger.rulebook;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.fixture.OpenLedger.await;
import static points.ledger.rulebook.Books.done;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import points.ledger.command.Command.Accrue;
import points.ledger.command.Outcome;
import points.ledger.fixture.OpenLedger;
import points.ledger.fixture.OpenLedgers;
import points.ledger.fixture.Sql;
import points.ledger.fixture.Tills;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.postgres.Await;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** Orders are rated by the rule book that is in force at their time. */
@WithPostgres
class TimelinesIT {

  @RegisterExtension final OpenLedgers ledgers;

  private final Tills tills = new Tills();
  private final MemberKey member = tills.member("m");
  private OpenLedger ledger;
  private Books books;
  private int orders;

  TimelinesIT(TestDatabase database) {
    this.ledgers = new OpenLedgers(database);
  }

  @BeforeEach
  void open() {
    ledger = ledgers.open(tills.program());
    books = new Books(ledger, tills.program().programId());
  }

  @Test
  void a_program_that_never_published_a_book_rates_by_its_own_ratio() {
    assertThat(pointsOf(order(Instant.now()))).isEqualTo(1);
  }

  @Test
  void an_order_is_rated_by_the_book_in_force_when_it_was_paid() {
    Publication first = books.published("first", 2, Duration.ofDays(2));
    Publication second = books.published("second", 3, Duration.ofDays(1));
    books.awaitKnown(2);

    assertThat(first.number()).isEqualTo(1);
    assertThat(pointsOf(order(Instant.now()))).isEqualTo(3);
    assertThat(pointsOf(order(second.inForceFrom()))).isEqualTo(3);
    assertThat(pointsOf(order(second.inForceFrom().minusMillis(1)))).isEqualTo(2);
    assertThat(pointsOf(order(first.inForceFrom()))).isEqualTo(2);
    assertThat(pointsOf(order(first.inForceFrom().minusMillis(1)))).isEqualTo(1);
  }

  @Test
  void an_order_that_comes_again_has_the_points_of_the_book_of_then() {
    books.published("first", 2, Duration.ofDays(2));
    books.awaitKnown(1);
    Accrue order = order(Instant.now());
    assertThat(pointsOf(order)).isEqualTo(2);
    books.published("second", 3, Duration.ofHours(1));
    books.awaitKnown(2);

    Outcome again = ledger.answerTo(order);

    assertThat(again).isInstanceOf(Outcome.Replayed.class);
    assertThat(((Outcome.Replayed) again).entry().points()).isEqualTo(2);
  }

  @Test
  void of_publications_for_the_same_instant_the_later_one_counts() {
    Instant at = Instant.now().minus(Duration.ofHours(1));
    books.create(books.draft("first", 2));
    books.create(books.draft("second", 3));
    done(books.publish("first", Duration.ofDays(1), at));
    done(books.publish("second", Duration.ofDays(1), at));
    books.awaitKnown(2);

    assertThat(pointsOf(order(Instant.now()))).isEqualTo(3);
  }

  @Test
  void a_book_comes_into_force_no_earlier_than_every_node_can_know_of_it() {
    books.create(books.draft("first", 2));
    Instant before = Instant.now();
    Publication soon = done(books.publish("first", Duration.ZERO, null));

    assertThat(soon.inForceFrom())
        .isAfterOrEqualTo(before.plus(Publications.LEAD).minusMillis(1))
        .isBefore(Instant.now().plus(Publications.LEAD).plusSeconds(1));
    assertThat(books.publish("first", Duration.ZERO, Instant.now().plusSeconds(38)))
        .isInstanceOf(TimelineChange.OutsideOf.class);
    assertThat(books.publish("first", Duration.ZERO, Instant.now().plus(Duration.ofDays(367))))
        .isInstanceOf(TimelineChange.OutsideOf.class);
  }

  @Test
  void only_so_many_publications_may_wait_for_their_instant() {
    books.create(books.draft("first", 2));
    Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
    for (int i = 0; i < Publications.SCHEDULED_MAX; i++) {
      done(books.publish("first", Duration.ZERO, tomorrow));
    }
    assertThat(books.publish("first", Duration.ZERO, tomorrow))
        .isEqualTo(new TimelineChange.TooManyScheduled());
  }

  @Test
  void a_withdrawn_publication_never_comes_into_force() throws SQLException {
    books.published("first", 2, Duration.ofDays(2));
    books.create(books.draft("second", 3));
    Instant at = Instant.now().plus(Duration.ofHours(1));
    Publication second = done(books.publish("second", Duration.ZERO, at));

    Publication withdrawn = done(books.withdraw(second));

    assertThat(withdrawn.withdrawnBy()).isEqualTo("key:k");
    assertThat(books.withdraw(second)).isEqualTo(new TimelineChange.Unchanged(withdrawn));
    Publication third = done(books.publish("second", Duration.ZERO, null));
    assertThat(books.withdraw(third))
        .as("less than the lead is left")
        .isInstanceOf(TimelineChange.TooLate.class);
    books.awaitKnown(1);
    InForce later = ledger.registry().timelines().shown(tills.program().programId(), at);
    assertThat(later).isNotNull().extracting(InForce::number).isEqualTo(third.number());
  }

  @Test
  void a_roll_back_publishes_the_book_of_before_anew() {
    assertThat(books.rollBack(Duration.ZERO)).isEqualTo(new TimelineChange.NothingBefore());
    books.published("first", 2, Duration.ofDays(3));
    assertThat(books.rollBack(Duration.ZERO)).isEqualTo(new TimelineChange.NothingBefore());
    books.published("second", 3, Duration.ofDays(2));
    done(books.publish("second", Duration.ofDays(1), null));

    Publication back = done(books.rollBack(Duration.ofHours(2)));
    books.awaitKnown(4);

    assertThat(back.number()).isEqualTo(4);
    assertThat(back.ruleBookId()).isEqualTo("first");
    assertThat(back.rollsBack()).isEqualTo(3);
    assertThat(pointsOf(order(Instant.now()))).isEqualTo(2);
    assertThat(done(books.rollBack(Duration.ofHours(1))).ruleBookId()).isEqualTo("second");
  }

  @Test
  void a_book_keeps_the_time_zone_that_the_program_had() {
    Publication first = books.published("first", 2, Duration.ofDays(1));
    assertThat(first.timeZone()).isEqualTo(tills.program().timeZone());
  }

  @Test
  void a_reading_waits_for_a_publication_under_way_and_has_it() throws Exception {
    books.create(books.draft("first", 2));
    String program = tills.program().programId();
    try (Sql sql = ledgers.sql()) {
      sql.begin()
          .run(
              "SELECT change_rule_book_timelines()",
              """
              INSERT INTO rule_book_publication (program_id, number, rule_book_id, in_force_from, time_zone, published_at)
              VALUES ('%s', 1, 'first', now() - interval '1 hour', 'UTC', now() - interval '2 hours')
              """
                  .formatted(program));
      var reader = new TimelineReader(ledgers.vertx(), ledger.pool());
      var reading = reader.read();
      try (Sql other = ledgers.sql()) {
        Await.until(
            "the reading to wait for the change",
            () ->
                other.number(
                        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
                    > 0);
      }
      assertThat(reading.isComplete()).isFalse();
      sql.run("COMMIT");

      Timeline read = await(reading).get(program);
      assertThat(read).isNotNull();
      assertThat(read.at(Instant.now())).isNotNull().extracting(InForce::number).isEqualTo(1);
    }
  }

  @Test
  void a_node_that_stalls_within_a_change_loses_its_session() throws SQLException {
    try (Sql stalled = ledgers.sql();
        Sql other = ledgers.sql()) {
      stalled.begin().run("SELECT change_rule_book_timelines()");
      assertThat(stalled.rows("SHOW idle_in_transaction_session_timeout")).isEqualTo(List.of("5s"));
      Await.until(
          "the session to end",
          () -> other.number("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'") == 0);
    }
  }

  @Test
  void of_many_publications_the_newest_are_kept_and_the_oldest_of_them_stands_for_all_before()
      throws SQLException {
    books.create(books.draft("two", 2));
    books.create(books.draft("three", 3));
    String program = tills.program().programId();
    try (Sql sql = ledgers.sql()) {
      sql.run(
          """
          INSERT INTO rule_book_publication (program_id, number, rule_book_id, in_force_from, time_zone, published_at)
          SELECT '%s', n, CASE WHEN n = 51 THEN 'three' ELSE 'two' END, now() - make_interval(days => 251 - n), 'UTC',
                 now() - interval '2 years'
            FROM generate_series(1, 250) n
          """
              .formatted(program));
    }
    books.awaitKnown(250);

    assertThat(numberAt(Duration.ofDays(1).plusHours(1))).isEqualTo(249);
    assertThat(numberAt(Duration.ofDays(249))).as("not kept").isEqualTo(51);
    assertThat(numberAt(Duration.ofDays(251))).as("before the first of all").isZero();
  }

  private int numberAt(Duration ago) {
    InForce then =
        ledger.registry().timelines().shown(tills.program().programId(), Instant.now().minus(ago));
    return then == null ? 0 : then.number();
  }

  private Accrue order(Instant paidAt) {
    String order = "order-" + ++orders;
    return Accrue.of(member, order, Origin.sale("s", null, order), paidAt, 1, List.of());
  }

  private long pointsOf(Accrue order) {
    Outcome outcome = ledger.answerTo(order);
    assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
    return ((Outcome.Accepted) outcome).entry().points();
  }
}
