package points.ledger.rulebook;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.fixture.OpenLedger.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import points.ledger.command.Command.Accrue;
import points.ledger.command.MembershipCommand.Merge;
import points.ledger.command.OrderCommand.Refund;
import points.ledger.command.Outcome;
import points.ledger.command.TierCommand;
import points.ledger.fixture.NoCluster;
import points.ledger.fixture.OpenLedger;
import points.ledger.fixture.OpenLedgers;
import points.ledger.fixture.Sql;
import points.ledger.fixture.Tills;
import points.ledger.job.JobOptions;
import points.ledger.job.Jobs;
import points.ledger.model.Entry;
import points.ledger.model.Line;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.proof.LedgerAudit.Finding;
import points.ledger.proof.Proof;
import points.ledger.proof.Proofs;
import points.ledger.tier.Floor;
import points.ledger.tier.LevelChange.Reason;
import points.ledger.tier.Measured;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** Facts of members that rule books look at, through lanes of two nodes and the database. */
@WithPostgres
class MemberFactsIT {

  /**
   * A point for 3 units with the rest carried, at most 100 a day, and 7 for the first order; gold
   * from 100.
   */
  private static final String DOCUMENT =
      """
      {"ruleBookId": "capped", "base": {"points": 1, "perAmount": 3},
       "rounding": {"mode": "floor", "carry": true},
       "promotions": [
         {"id": "first", "fixed": 7, "when": {"firstPurchase": true}},
         {"id": "again", "fixed": 1, "cap": {"perMember": {"month": 5}, "unit": "uses"}}],
       "caps": {"perMember": {"day": 100}},
       "tiers": {
         "levels": [{"id": "silver", "from": 0}, {"id": "gold", "from": 100}],
         "measure": {"account": "spend", "period": "rolling", "length": "P12M"},
         "review": {"on": "anniversary"}}}
      """;

  @RegisterExtension final OpenLedgers ledgers;

  private final Tills tills = new Tills();
  private final MemberKey member = tills.member("m");
  private OpenLedger one;
  private OpenLedger other;
  private int orders;

  MemberFactsIT(TestDatabase database) {
    this.ledgers = new OpenLedgers(database);
  }

  @BeforeEach
  void open() {
    one = ledgers.open(tills.program());
    other = ledgers.open(tills.program());
  }

  private void publish() {
    var books = new Books(one, tills.program().programId());
    books.create(new Draft(tills.program().programId(), "capped", null, DOCUMENT, "key:k"));
    Books.done(books.publish("capped", Duration.ofDays(1), null));
    books.awaitKnown(1);
    new Books(other, tills.program().programId()).awaitKnown(1);
  }

  private Accrue order(MemberKey of, long amount) {
    String id = "o" + ++orders;
    Origin origin = Origin.sale("store", null, id);
    List<Line> lines = List.of(new Line("1", "P", null, 1, amount));
    return Accrue.of(of, tills.keyPrefix() + id, origin, Instant.now(), amount, lines);
  }

  private Refund refund(Accrue order, Long amount) {
    String id = "r" + ++orders;
    return Refund.of(order.member(), tills.keyPrefix() + id, order.origin(), id, List.of(), amount);
  }

  private static Entry accepted(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
    return ((Outcome.Accepted) outcome).entry();
  }

  @Test
  void a_cap_of_a_day_is_exact_when_two_nodes_take_orders_of_one_member_at_once() {
    publish();
    var asked = new ArrayList<Future<Outcome>>();
    for (int i = 0; i < 200; i++) {
      asked.add((i % 2 == 0 ? one : other).submit(order(member, 7)));
    }
    long points =
        asked.stream().map(OpenLedger::await).mapToLong(it -> accepted(it).points()).sum();

    assertThat(points).isEqualTo(100);
    assertThat(one.entriesOf(member)).filteredOn(MemberFactsIT::lifts).hasSize(1);
    assertThat(one.entriesOf(member)).filteredOn(it -> awards(it, "first") > 0).hasSize(1);
    assertThat(one.entriesOf(member)).filteredOn(it -> awards(it, "again") > 0).hasSize(5);
    assertThat(proof().holds()).isTrue();
  }

  private static boolean lifts(Entry entry) {
    return entry.factsChange().tier().level() != null;
  }

  private static long awards(Entry entry, String rule) {
    var awarded = Objects.requireNonNull(entry.awarded());
    return awarded.awards().stream().filter(it -> awarded.idOf(it.rule()).equals(rule)).count();
  }

  @Test
  void facts_are_read_back_by_a_node_that_starts() {
    publish();
    Accrue first = order(member, 100);
    assertThat(accepted(one.answerTo(first)).points()).isEqualTo(33 + 7 + 1);
    one.answerTo(refund(first, 50L));

    OpenLedger next = ledgers.open(tills.program());
    new Books(next, tills.program().programId()).awaitKnown(1);

    assertThat(next.stateOf(member)).isEqualTo(one.stateOf(member));
    assertThat(accepted(next.answerTo(order(member, 1_000))).points()).isEqualTo(100 - 41 + 20);
    assertThat(proof().holds()).isTrue();
  }

  @Test
  void a_member_whose_row_does_not_say_that_it_bought_has_bought_when_its_entries_say_so()
      throws SQLException {
    one.answerTo(order(member, 10));
    try (Sql sql = ledgers.sql()) {
      sql.run("UPDATE member SET bought = false WHERE program_id = '%s'".formatted(programId()));
    }
    publish();
    OpenLedger next = ledgers.open(tills.program());
    new Books(next, programId()).awaitKnown(1);

    assertThat(accepted(next.answerTo(order(member, 30))).points()).isEqualTo(10 + 1);
  }

  @Test
  void a_merged_member_brings_its_facts_along() {
    publish();
    OpenLedger node = ledgers.open(ledgers.options(true)); // it carries out what follows
    new Books(node, programId()).awaitKnown(1);
    MemberKey second = tills.member("n");
    node.answerTo(order(member, 200));
    node.answerTo(order(second, 100));
    Merge merge = Merge.of(second, tills.keyPrefix() + "merge", Origin.office("amy", "twice"), "m");
    accepted(node.answerTo(merge));
    OpenLedger.awaitThat(
        "the facts to arrive",
        () ->
            node.stateOf(member).orElseThrow().facts().capUses().all().stream()
                .anyMatch(it -> it.used() == 115));

    assertThat(accepted(node.answerTo(order(member, 300))).points()).isZero();
    assertThat(node.stateOf(second).orElseThrow().facts().capUses().all()).isEmpty();
    assertThat(node.stateOf(second).orElseThrow().facts().tier().months()).isEmpty();
    assertThat(node.stateOf(member).orElseThrow().facts().tier().months())
        .extracting(Measured::spend)
        .containsExactly(200L + 100 + 300);
    assertThat(proof().holds()).isTrue();
  }

  @Test
  void the_sweep_reviews_the_level_of_a_member_that_buys_no_more() {
    publish();
    var now = new AtomicReference<>(Instant.now());
    OpenLedger node = ledgers.open(ledgers.options(), new NoCluster(), now::get, tills.program());
    new Books(node, programId()).awaitKnown(1);
    accepted(node.answerTo(order(member, 100)));
    now.set(now.get().plus(Duration.ofDays(2 * 366)));
    Jobs jobs =
        Jobs.start(
            ledgers.vertx(),
            node.pool(),
            node::submit,
            node.registry().programs(),
            new JobOptions(100_000, 0, 100, Duration.ofMillis(10)),
            new SimpleMeterRegistry(),
            now::get);
    OpenLedger.awaitThat(
        "the level to fall",
        () ->
            "silver".equals(node.stateOf(member).orElseThrow().facts().tier().levelAt(now.get())));
    await(jobs.stop());

    assertThat(node.entriesOf(member))
        .filteredOn(it -> it.kind() == Entry.Kind.TIER_REVIEW)
        .extracting(it -> Objects.requireNonNull(it.factsChange().tier().level()).reason())
        .containsExactly(Reason.KEPT, Reason.FALL);
    assertThat(proof().holds()).isTrue();
  }

  private TierCommand grant(String period) {
    Origin office = Origin.office("amy", "sorry");
    String key = tills.keyPrefix() + "grant" + ++orders;
    return TierCommand.Grant.of(member, key, office, "gold", null, period);
  }

  @Test
  void a_level_that_is_given_on_two_nodes_at_once_is_prolonged_once_for_each_call() {
    publish();
    accepted(one.answerTo(order(member, 1)));
    var asked = new ArrayList<Future<Outcome>>();
    for (int i = 0; i < 20; i++) {
      asked.add((i % 2 == 0 ? one : other).submit(grant("P1M")));
    }
    List<Entry> given = asked.stream().map(it -> accepted(await(it))).toList();
    Instant first = given.stream().map(Entry::recordedAt).min(Instant::compareTo).orElseThrow();
    List<Entry> entries = one.entriesOf(member);
    List<Floor> floors = entries.get(entries.size() - 1).factsChange().tier().floors();
    assertThat(floors).hasSize(1);
    assertThat(floors.get(0).until())
        .isAfter(first.plus(Duration.ofDays(20 * 30)))
        .isBefore(first.plus(Duration.ofDays(20 * 31 + 2)));
    assertThat(proof().holds()).isTrue();
  }

  @Test
  void the_sweep_writes_the_end_of_a_level_that_was_given() {
    publish();
    var now = new AtomicReference<>(Instant.now());
    OpenLedger node = ledgers.open(ledgers.options(), new NoCluster(), now::get, tills.program());
    new Books(node, programId()).awaitKnown(1);
    accepted(node.answerTo(order(member, 1)));
    accepted(node.answerTo(grant("P9D")));
    now.set(now.get().plus(Duration.ofDays(11)));
    Jobs jobs =
        Jobs.start(
            ledgers.vertx(),
            node.pool(),
            node::submit,
            node.registry().programs(),
            new JobOptions(100_000, 0, 100, Duration.ofMillis(10)),
            new SimpleMeterRegistry(),
            now::get);
    OpenLedger.awaitThat(
        "the end to be written",
        () -> node.entriesOf(member).stream().anyMatch(it -> it.kind() == Entry.Kind.TIER_REVIEW));
    await(jobs.stop());
    assertThat(node.stateOf(member).orElseThrow().facts().tier().floors())
        .extracting(Floor::ended)
        .containsExactly(true);
    assertThat(proof().holds()).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          points of an award | add up to the points of its lines | UPDATE entry SET awarded = jsonb_set(awarded::jsonb, '{awards,0,2}', '34')
          the same, as early builds kept it | add up to the points of its lines | UPDATE entry SET awarded = NULL, extra = jsonb_set(coalesce(extra::jsonb, '{}'), '{awarded}', jsonb_set(awarded::jsonb, '{awards,0,2}', '34'))
          the use of a cap   | of caps add up                    | UPDATE member SET extra = jsonb_set(extra::jsonb, '{facts,caps,0,3}', '9')
          a use that is gone | of caps add up                    | UPDATE member SET extra = extra::jsonb #- '{facts,caps}'
          what was measured  | of what tiers measure             | UPDATE member SET extra = jsonb_set(extra::jsonb, '{facts,tier,months,0,3}', '99')
          months that are gone | of what tiers measure           | UPDATE member SET extra = extra::jsonb #- '{facts,tier,months}'
          another level      | the level of each member          | UPDATE member SET extra = jsonb_set(extra::jsonb, '{facts,tier,levels,-1,0}', '"black"')
          levels that are gone | the level of each member        | UPDATE member SET extra = extra::jsonb #- '{facts,tier,levels}'
          the end of a floor | given or bought                   | UPDATE member SET extra = jsonb_set(extra::jsonb, '{facts,tier,floors,0,2}', '"2027-01-01T00:00:00Z"')
          a floor that is gone | given or bought                 | UPDATE member SET extra = extra::jsonb #- '{facts,tier,floors}'
          what is carried    | of what is carried                | UPDATE member SET extra = jsonb_set(extra::jsonb, '{facts,carry}', '"2/3"')
          """)
  void the_audit_finds(String fault, String check, String sql) throws SQLException {
    publish();
    one.answerTo(order(member, 100));
    accepted(one.answerTo(grant("P1M")));
    try (Sql session = ledgers.sql().begin()) {
      assertThat(found(session)).as("before").noneMatch(it -> it.contains(check));
      session.run("SET LOCAL session_replication_role = replica");
      session.run(sql + " WHERE program_id = '%s'".formatted(programId()));
      assertThat(found(session)).as(fault).anyMatch(it -> it.contains(check));
      session.rollBack();
    }
  }

  private static List<String> found(Sql session) throws SQLException {
    return session.audit().findings().stream()
        .filter(it -> it.count() > 0)
        .map(Finding::check)
        .toList();
  }

  private String programId() {
    return tills.program().programId();
  }

  private Proof proof() {
    return await(new Proofs(one.pool(), Instant::now).now(member, Instant.now())).orElseThrow();
  }
}
