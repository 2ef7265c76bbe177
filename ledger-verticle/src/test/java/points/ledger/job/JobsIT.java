package points.ledger.job;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.fixture.OpenLedger.await;
import static points.ledger.fixture.OpenLedger.awaitThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import points.ledger.account.Accounts;
import points.ledger.account.Movement.Place;
import points.ledger.command.Command;
import points.ledger.command.Outcome;
import points.ledger.command.SaleTerms;
import points.ledger.fixture.AllPlaces;
import points.ledger.fixture.NoCluster;
import points.ledger.fixture.OpenLedger;
import points.ledger.fixture.OpenLedgers;
import points.ledger.fixture.Sql;
import points.ledger.fixture.Tills;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** What time has done is written down for all members, once, by one node at a time. */
@WithPostgres
class JobsIT {

  private static final int MEMBERS = 25;
  private static final int PAGE = 5;
  private static final Instant BEGIN = Instant.parse("2026-01-05T10:00:00Z");
  private static final String SETTLED = "SELECT count(*) FROM entry WHERE kind = 'EXPIRY'";
  private static final String NOT_FINISHED =
      "SELECT count(*) FROM job WHERE name = 'expiry' AND finished_at IS NULL";

  @RegisterExtension final OpenLedgers ledgers;

  private final Tills tills = new Tills();
  private final AtomicReference<Instant> now = new AtomicReference<>(BEGIN);
  private final List<Jobs> running = new ArrayList<>();
  private OpenLedger ledger;
  private Sql sql;
  private AllPlaces places;

  JobsIT(TestDatabase database) {
    this.ledgers = new OpenLedgers(database);
  }

  @BeforeEach
  void open() throws SQLException {
    ledger = ledgers.open(ledgers.options(), new NoCluster(), now::get, tills.program());
    sql = ledgers.sql();
    places = new AllPlaces(ledger, tills.keyPrefix());
    sql.run(
        "SET session_replication_role = replica",
        "DELETE FROM entry",
        "DELETE FROM member",
        "UPDATE job SET run_by = NULL, run_until = NULL, started_at = NULL, finished_at = NULL,"
            + " cursor_member = NULL, cursor_program = NULL, members = 0, done_from = NULL",
        "SET session_replication_role = origin");
  }

  private void stopAll() throws SQLException {
    running.forEach(it -> await(it.stop()));
    sql.close();
  }

  /** Members with a lot each that has expired a month ago. */
  private void expire() {
    var sales =
        IntStream.range(0, MEMBERS)
            .mapToObj(i -> places.accrual(member(i), BEGIN, 10 + i, SaleTerms.NONE))
            .toList();
    assertThat(ledger.answersTo(sales)).allMatch(Outcome.Accepted.class::isInstance);
    now.set(BEGIN.plus(Duration.ofDays(400)));
  }

  private MemberKey member(int i) {
    return tills.member("m%02d".formatted(i));
  }

  private Jobs sweep(Vertx vertx, Function<Command, Future<Outcome>> submit) {
    return Jobs.start(
        vertx,
        ledger.pool(),
        submit,
        ledger.registry().programs(),
        new JobOptions(100_000, 0, PAGE, Duration.ofMillis(10)),
        new SimpleMeterRegistry(),
        now::get);
  }

  private long number(String query) {
    try {
      return sql.number(query);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 7, 10, 15, 23, 24})
  void another_node_goes_on_where_one_has_died(int submitted) throws SQLException {
    expire();
    List<MemberKey> ofFirst = Collections.synchronizedList(new ArrayList<>());
    Vertx dying = Vertx.vertx();
    sweep(
        dying,
        command -> {
          ofFirst.add(command.member());
          return ofFirst.size() > submitted
              ? Future.future(never -> {}) // it was killed here
              : ledger.submit(command);
        });
    awaitThat("the first to die", () -> ofFirst.size() > submitted);
    awaitThat("what it did to be done", () -> number(SETTLED) == submitted);
    await(dying.close());
    sql.run("UPDATE job SET run_until = now() - interval '1 second' WHERE name = 'expiry'");
    String cursor =
        sql.rows("SELECT coalesce(cursor_member, '') FROM job WHERE name = 'expiry'").get(0);

    List<MemberKey> ofSecond = Collections.synchronizedList(new ArrayList<>());
    running.add(
        sweep(
            ledgers.vertx(),
            command -> {
              ofSecond.add(command.member());
              return ledger.submit(command);
            }));
    awaitThat("the pass to end", () -> number(NOT_FINISHED) == 0);
    stopAll();

    int pagesDone = submitted / PAGE;
    assertThat(cursor).isEqualTo(pagesDone == 0 ? "" : member(pagesDone * PAGE - 1).memberId());
    assertThat(ofSecond)
        .hasSize(MEMBERS - submitted)
        .allMatch(it -> it.memberId().compareTo(cursor) > 0);
    for (int i = 0; i < MEMBERS; i++) {
      assertThat(ledger.entriesOf(member(i))).hasSize(2);
    }
  }

  @Test
  void of_several_nodes_one_does_it_and_each_member_once() throws SQLException {
    expire();
    List<String> submitted = Collections.synchronizedList(new ArrayList<>());
    for (String node : List.of("a", "b", "c")) {
      running.add(
          sweep(
              ledgers.vertx(),
              command -> {
                submitted.add(node);
                // slow enough for the other nodes to look for work during the pass
                return ledgers.vertx().timer(3).compose(late -> ledger.submit(command));
              }));
    }
    awaitThat("the pass to end", () -> number(SETTLED) == MEMBERS && number(NOT_FINISHED) == 0);
    stopAll();

    assertThat(submitted).hasSize(MEMBERS);
    assertThat(submitted.stream().distinct()).hasSize(1);
  }

  @Test
  void a_node_that_was_passed_over_changes_nothing_any_more() throws SQLException {
    expire();
    Promise<Outcome> held = Promise.promise();
    List<MemberKey> ofFirst = Collections.synchronizedList(new ArrayList<>());
    running.add(
        sweep(
            ledgers.vertx(),
            command -> {
              ofFirst.add(command.member());
              return ofFirst.size() == PAGE + 1 ? held.future() : ledger.submit(command);
            }));
    awaitThat("the first to hang", () -> ofFirst.size() == 2 * PAGE);
    awaitThat("the rest of its page", () -> number(SETTLED) == 2 * PAGE - 1);
    sql.run("UPDATE job SET run_until = now() - interval '1 second' WHERE name = 'expiry'");
    running.add(sweep(ledgers.vertx(), ledger::submit));
    awaitThat(
        "the second to end the pass",
        () -> number(SETTLED) == MEMBERS && number(NOT_FINISHED) == 0);
    List<String> job = sql.rows("SELECT * FROM job WHERE name = 'expiry'");

    held.complete(new Outcome.TimeApplied(1));
    awaitThat("the first to notice", () -> ofFirst.size() == 2 * PAGE);
    running.forEach(it -> await(it.stop()));

    assertThat(sql.rows("SELECT * FROM job WHERE name = 'expiry'")).isEqualTo(job);
    assertThat(ofFirst).hasSize(2 * PAGE);
    sql.close();
  }

  @Test
  void a_pass_begins_with_a_day_of_a_program_and_every_hour() throws SQLException {
    running.add(sweep(ledgers.vertx(), ledger::submit));
    awaitThat("the first pass", () -> number("SELECT count(done_from) FROM job") == 1);
    Instant first = now.get();
    now.set(first.plusSeconds(60 * 59));
    assertThat(passFrom()).isEqualTo(first);

    now.set(first.plusSeconds(60 * 60));
    awaitThat("another after an hour", () -> passFrom().equals(first.plusSeconds(60 * 60)));
    Instant lastMinute = Instant.parse("2026-01-05T15:59:30Z"); // of the day in Shanghai
    now.set(lastMinute);
    awaitThat("another after hours", () -> passFrom().equals(lastMinute));
    now.set(lastMinute.plusSeconds(31));
    awaitThat("another on the next day", () -> passFrom().equals(lastMinute.plusSeconds(31)));
    stopAll();
  }

  private Instant passFrom() {
    try {
      return Instant.ofEpochSecond(
          Long.parseLong(
              sql.rows(
                      "SELECT extract(epoch FROM done_from)::bigint FROM job WHERE name = 'expiry'")
                  .get(0)));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void holds_end_and_other_accounts_expire_as_well() throws SQLException {
    MemberKey holder = member(1);
    MemberKey waiter = member(2);
    places.accept(places.accrual(holder, BEGIN, 100, SaleTerms.NONE));
    places.accept(places.hold(holder, 30, 0, Duration.ofMinutes(15)));
    places.accept(
        places.accrual(waiter, BEGIN, 50, new SaleTerms(0, 0, true, BEGIN.plusSeconds(3_600))));
    places.accept(places.accrual(member(3), BEGIN, 5, SaleTerms.NONE));
    now.set(BEGIN.plusSeconds(3_600));

    running.add(sweep(ledgers.vertx(), ledger::submit));
    awaitThat("the pass", () -> number("SELECT count(done_from) FROM job") == 1);
    stopAll();

    assertThat(kinds(holder)).endsWith(Entry.Kind.HOLD, Entry.Kind.RELEASE);
    assertThat(kinds(waiter)).endsWith(Entry.Kind.ACCRUAL, Entry.Kind.ACTIVATION);
    assertThat(kinds(member(3))).containsExactly(Entry.Kind.ACCRUAL);
    assertThat(ledger.stateOf(holder).orElseThrow().setAside(Accounts.POINTS, Place.HELD)).isZero();
  }

  private List<Entry.Kind> kinds(MemberKey member) {
    return ledger.entriesOf(member).stream().map(Entry::kind).toList();
  }

  @Test
  void reports_members_entries_and_how_far_it_is_behind() throws SQLException {
    expire();
    var meters = new SimpleMeterRegistry();
    running.add(
        Jobs.start(
            ledgers.vertx(),
            ledger.pool(),
            ledger::submit,
            ledger.registry().programs(),
            new JobOptions(100_000, 0, PAGE, Duration.ofMillis(10)),
            meters,
            now::get));
    awaitThat("the pass", () -> number("SELECT count(done_from) FROM job") == 1);
    now.set(now.get().plusSeconds(600));
    awaitThat(
        "the node to have looked",
        () -> meters.get("points.sweep.lag.seconds").gauge().value() == 600);
    stopAll();

    assertThat(meters.get("points.sweep.members").counter().count()).isEqualTo(MEMBERS);
    assertThat(meters.get("points.sweep.entries").counter().count()).isEqualTo(MEMBERS);
  }
}
