package points.ledger.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static points.ledger.fixture.OpenLedger.await;
import static points.ledger.fixture.OpenLedger.awaitThat;
import static points.ledger.fixture.OpenLedger.failureOf;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import points.ledger.command.Outcome;
import points.ledger.database.Pools;
import points.ledger.fixture.OpenLedger;
import points.ledger.fixture.OpenLedgers;
import points.ledger.fixture.Sql;
import points.ledger.fixture.Tills;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.registry.Store.SetUp;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** The feed has every event once, a member's in their order, whatever the writers do. */
@WithPostgres
class FeedIT {

  private static final String NUMBER = "SELECT numbered FROM number_feed(1000)";

  @RegisterExtension final OpenLedgers ledgers;

  private final Tills tills = new Tills();

  FeedIT(TestDatabase database) {
    this.ledgers = new OpenLedgers(database);
  }

  @Test
  void has_every_entry_of_concurrent_writers_once_and_each_members_in_order() throws SQLException {
    OpenLedger one = ledgers.open(tills.program());
    OpenLedger other = ledgers.open();
    Feed first = feed(one);
    Feed second = feed(other);
    var answers = new ArrayList<Future<Outcome>>();
    for (int i = 0; i < 2_000; i++) {
      OpenLedger node = i % 2 == 0 ? one : other;
      answers.add(node.submit(tills.accrue(tills.member("m" + i % 37), 5)));
    }
    answers.forEach(OpenLedger::await);
    numbered();

    List<FeedItem> items = all(second, FeedCursor.START, 33);
    List<Entry> entries = entries(items);
    assertThat(entries).hasSize(2_000).doesNotHaveDuplicates();
    assertInOrder(entries);
    assertThat(all(first, FeedCursor.START, 500)).isEqualTo(items);
    try (Sql sql = ledgers.sql()) {
      assertThat(
              sql.number(
                  "SELECT max(position) - min(position) + 1 - count(*) FROM feed"
                      + " WHERE position >= 1000000000000"))
          .as("gaps")
          .isZero();
    }
    await(first.stop());
    await(second.stop());
  }

  @Test
  void does_not_overtake_a_transaction_that_commits_late() throws SQLException {
    OpenLedger ledger = ledgers.open(tills.program());
    try (Sql late = ledgers.sql();
        Sql early = ledgers.sql()) {
      late.begin().run(member("late"), entry("late", 1));
      early.run(member("early"), entry("early", 1));
      Feed feed = feed(ledger);
      numbered();
      FeedPage before = await(feed.reader().read(program(), FeedCursor.START, 500));
      assertThat(entries(before.items()))
          .extracting(it -> it.member().memberId())
          .containsExactly("early");

      late.run("COMMIT");
      numbered();

      FeedPage after = await(feed.reader().read(program(), before.next(), 500));
      assertThat(entries(after.items()))
          .extracting(it -> it.member().memberId())
          .containsExactly("late");
      await(feed.stop());
    }
  }

  @Test
  void has_nothing_of_a_transaction_that_was_rolled_back() throws SQLException {
    OpenLedger ledger = ledgers.open(tills.program());
    try (Sql undone = ledgers.sql()) {
      undone.begin().run(member("m"), entry("m", 1));
      undone.rollBack();
    }
    Feed feed = feed(ledger);
    numbered();

    assertThat(entries(all(feed, FeedCursor.START, 500))).isEmpty();
    await(feed.stop());
  }

  @Test
  void numbers_on_when_the_session_that_numbers_is_ended() throws SQLException {
    OpenLedger ledger = ledgers.open(tills.program());
    ledger.answerTo(tills.accrue(tills.member("m"), 5));
    Sql dying = ledgers.sql().begin();
    try (Sql sql = ledgers.sql()) {
      assertThat(dying.number(NUMBER)).isPositive();
      Feed feed = feed(ledger);
      awaitThat("the lag to show", () -> lag() > 0.2);
      assertThat(sql.number("SELECT count(*) FROM feed_unnumbered")).isPositive();

      sql.run(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE state = 'idle in transaction' AND query = '"
              + NUMBER
              + "'");
      numbered();

      assertThat(entries(all(feed, FeedCursor.START, 500))).hasSize(1);
      awaitThat("the lag to be gone", () -> lag() < 0.2);
      await(feed.stop());
    } finally {
      dying.close();
    }
  }

  @Test
  void names_changes_of_set_up_and_the_enrolment_before_the_first_entry() throws SQLException {
    OpenLedger ledger = ledgers.open(tills.program());
    await(
        ledger
            .registry()
            .stores()
            .create(ledger.pool(), program(), "s1", new SetUp("First", List.of(), null)));
    ledger.answerTo(tills.accrue(tills.member("m"), 5));
    await(
        FeedEvents.write(
            ledger.pool(), program(), "staff.created", "amy", new JsonObject().put("name", "Amy")));
    Feed feed = feed(ledger);
    numbered();

    List<FeedItem> items = all(feed, FeedCursor.START, 500);
    assertThat(items)
        .extracting(
            it ->
                it instanceof FeedItem.OfChange change
                    ? change.type() + " " + change.subject()
                    : ((FeedItem.OfEntry) it).entry().kind().name())
        .containsExactly(
            "program.created " + program(),
            "store.created s1",
            "member.enrolled m",
            "ACCRUAL",
            "staff.created amy");
    await(feed.stop());
  }

  @Test
  void begins_at_any_time() throws SQLException {
    OpenLedger ledger = ledgers.open(tills.program());
    Feed feed = feed(ledger);
    ledger.answerTo(tills.accrue(tills.member("m"), 5));
    numbered();
    FeedCursor tomorrow =
        await(feed.reader().placeAt(program(), Instant.now().plus(Duration.ofDays(1))));
    FeedCursor yesterday =
        await(feed.reader().placeAt(program(), Instant.now().minus(Duration.ofDays(1))));

    assertThat(await(feed.reader().read(program(), tomorrow, 500)).items()).isEmpty();
    assertThat(entries(await(feed.reader().read(program(), yesterday, 500)).items())).hasSize(1);
    await(feed.stop());
  }

  @Test
  void refuses_a_place_that_it_has_not() throws SQLException {
    OpenLedger ledger = ledgers.open(tills.program());
    Feed feed = feed(ledger);
    numbered();
    FeedCursor end =
        all(feed, FeedCursor.START, 500).stream().reduce((a, b) -> b).orElseThrow().after();

    await(feed.reader().check(program(), end));
    for (FeedCursor place :
        List.of(
            FeedCursor.before(end.position() + 1_000_000),
            new FeedCursor(end.position(), end.done() + 1),
            new FeedCursor(end.position() + 1, 1),
            new FeedCursor(0, 1))) {
      assertThat(failureOf(feed.reader().check(program(), place)))
          .as(place.toString())
          .isInstanceOf(UnknownCursorException.class);
    }
    assertThat(failureOf(feed.reader().check("another", end)))
        .as("a place within a batch of another program")
        .isInstanceOf(UnknownCursorException.class);
    await(feed.stop());
  }

  @Test
  void wakes_those_that_wait_for_the_program_and_nobody_else() throws SQLException {
    OpenLedger ledger = ledgers.open(tills.program());
    Feed feed = feed(ledger);
    numbered();
    try (FeedTail.Waiter waiter = feed.tail().waiter(program());
        FeedTail.Waiter stranger = feed.tail().waiter("another")) {
      Future<Boolean> news = waiter.await(Duration.ofSeconds(20));
      Future<Boolean> other = stranger.await(Duration.ofSeconds(20));
      ledger.answerTo(tills.accrue(tills.member("m"), 5));

      assertThat(await(news)).isTrue();
      assertThat(other.isComplete()).isFalse();
    }
    await(feed.stop());
  }

  /** Readers that PostgreSQL does not answer hold all their connections. */
  @Test
  void is_numbered_while_500_listeners_and_many_readers_wait_for_their_pages() throws Exception {
    OpenLedger ledger = ledgers.open(tills.program());
    Pools pools = Pools.of(ledgers.options().database(), ledgers.vertx(), 4);
    Feed feed = Feed.start(ledgers.vertx(), pools, meters, InstantSource.system());
    numbered();
    try (Sql numbering = ledgers.sql();
        Sql blocking = ledgers.sql();
        Sql sql = ledgers.sql()) {
      numbering.begin().run("SELECT FROM feed_head FOR UPDATE");
      ledger.answerTo(tills.accrue(tills.member("m"), 5));
      blocking.begin().run("LOCK TABLE feed_batch IN ACCESS EXCLUSIVE MODE");
      List<Future<FeedPage>> polls = Stream.generate(() -> poll(feed)).limit(500 + 100).toList();
      awaitThat("readers to wait for their pages", () -> number(sql, BLOCKED) == 4);

      numbering.rollBack();

      awaitThat("the event to have its place", () -> number(sql, UNNUMBERED) == 0);
      assertThat(number(sql, BLOCKED)).as("readers that still wait").isEqualTo(4);
      blocking.rollBack();
      polls.forEach(poll -> awaitThat("a poll to end", poll::isComplete));
    }
    await(feed.stop());
    await(pools.close());
  }

  private static final String UNNUMBERED = "SELECT count(*) FROM feed_unnumbered";

  private static final String BLOCKED =
      "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'feed_batch'::regclass";

  /** As a listener does: reads what there is, waits, and reads again. */
  private Future<FeedPage> poll(Feed feed) {
    FeedTail.Waiter waiter = feed.tail().waiter(program());
    return feed.reader()
        .read(program(), FeedCursor.START, 500)
        .transform(read -> waiter.await(Duration.ofSeconds(1)))
        .compose(news -> feed.reader().read(program(), FeedCursor.START, 500))
        .onComplete(done -> waiter.close());
  }

  private static long number(Sql sql, String query) {
    try {
      return sql.number(query);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void nobody_waits_for_the_session_that_numbers() throws SQLException {
    OpenLedger ledger = ledgers.open(tills.program());
    try (Sql numbering = ledgers.sql().begin();
        Sql other = ledgers.sql()) {
      numbering.run("SELECT FROM feed_head FOR UPDATE");
      ledger.answerTo(tills.accrue(tills.member("m"), 5));
      other.run("SET statement_timeout = '1s'");

      assertThat(other.number(NUMBER)).isZero();
      assertThat(other.number(UNNUMBERED)).isPositive();
    }
  }

  @Test
  void is_never_changed() throws SQLException {
    OpenLedger ledger = ledgers.open(tills.program());
    ledger.answerTo(tills.accrue(tills.member("m"), 5));
    try (Sql sql = ledgers.sql()) {
      for (String change :
          List.of("DELETE FROM feed_batch", "UPDATE feed SET position = 1", "TRUNCATE feed")) {
        assertThatExceptionOfType(SQLException.class).isThrownBy(() -> sql.run(change));
      }
    }
  }

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  private Feed feed(OpenLedger ledger) {
    return Feed.start(ledgers.vertx(), ledger.pools(), meters, InstantSource.system());
  }

  private double lag() {
    return meters.get("points.feed.lag").gauge().value();
  }

  private void numbered() throws SQLException {
    try (Sql sql = ledgers.sql()) {
      awaitThat(
          "all batches to have a place",
          () -> {
            try {
              return sql.number("SELECT count(*) FROM feed_unnumbered") == 0;
            } catch (SQLException e) {
              throw new IllegalStateException(e);
            }
          });
    }
  }

  private List<FeedItem> all(Feed feed, FeedCursor from, int limit) {
    var items = new ArrayList<FeedItem>();
    FeedPage page = await(feed.reader().read(program(), from, limit));
    items.addAll(page.items());
    while (page.hasMore()) {
      page = await(feed.reader().read(program(), page.next(), limit));
      items.addAll(page.items());
    }
    return items;
  }

  private static List<Entry> entries(List<FeedItem> items) {
    return items.stream()
        .filter(FeedItem.OfEntry.class::isInstance)
        .map(it -> ((FeedItem.OfEntry) it).entry())
        .toList();
  }

  private static void assertInOrder(List<Entry> entries) {
    Map<MemberKey, Long> last = new HashMap<>();
    for (Entry entry : entries) {
      assertThat(entry.sequence()).isEqualTo(last.getOrDefault(entry.member(), 0L) + 1);
      last.put(entry.member(), entry.sequence());
    }
  }

  private String program() {
    return tills.program().programId();
  }

  /** As another writer would, which knows nothing of the feed. */
  private String member(String id) {
    return "INSERT INTO member VALUES ('%s', '%s', 1, -1, 'ACTIVE', 1, 0, 0, '{infinity}', '{1}')"
        .formatted(program(), id);
  }

  private String entry(String member, long sequence) {
    return """
    INSERT INTO entry (program_id, member_id, sequence, kind, points, balance, lot_expires_at,
                       lot_points, operator, reason, occurred_at, recorded_at)
    VALUES ('%s', '%s', %d, 'ADJUSTMENT', 1, 1, '{infinity}', '{1}', 'o', 'r', now(), now())
    """
        .formatted(program(), member, sequence);
  }
}
