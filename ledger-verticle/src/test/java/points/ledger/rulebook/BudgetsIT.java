package points.ledger.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import points.ledger.award.Awarded;
import points.ledger.command.Command.Accrue;
import points.ledger.command.OrderCommand.Refund;
import points.ledger.command.Outcome;
import points.ledger.fixture.OpenLedger;
import points.ledger.fixture.OpenLedgers;
import points.ledger.fixture.Sql;
import points.ledger.fixture.Tills;
import points.ledger.model.Entry;
import points.ledger.model.Line;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.proof.LedgerAudit.Finding;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** Budgets through the lanes of several nodes and the database. */
@WithPostgres
class BudgetsIT {

  /** One point for 100, and 7 for each order of 1,000 while the budget lasts. */
  private static final String DOCUMENT =
      """
      {"ruleBookId": "%s", "base": {"points": 1, "perAmount": 100},
       "promotions": [{"id": "seven", "fixed": 7, "budget": "b", "when": {"minimum": {"amount": 1000}}}],
       "budgets": [{"id": "b", "limit": %d, %s}]}
      """;

  private static final String CUT = "\"atEnd\": \"cut\"";
  private static final String STOP = "\"atEnd\": \"stop\"";

  @RegisterExtension final OpenLedgers ledgers;

  private final Tills tills = new Tills();
  private final List<OpenLedger> nodes = new ArrayList<>();
  private int publications;
  private int orders;

  BudgetsIT(TestDatabase database) {
    this.ledgers = new OpenLedgers(database);
  }

  @BeforeEach
  void open() {
    nodes.add(ledgers.open(tills.program()));
    nodes.add(ledgers.open(tills.program()));
  }

  private void publish(String ruleBookId, long limit, String terms) {
    var books = new Books(nodes.get(0), programId());
    String document = DOCUMENT.formatted(ruleBookId, limit, terms);
    books.create(new Draft(programId(), ruleBookId, null, document, "key:k"));
    publications++;
    Books.done(books.publish(ruleBookId, Duration.ofDays(2).minusHours(publications), null));
    nodes.forEach(it -> new Books(it, programId()).awaitKnown(publications));
  }

  private OpenLedger openOneMore() {
    OpenLedger node = ledgers.open(tills.program());
    new Books(node, programId()).awaitKnown(publications);
    nodes.add(node);
    return node;
  }

  private String programId() {
    return tills.program().programId();
  }

  private Accrue order(String memberId) {
    return order(memberId, "store");
  }

  private Accrue order(String memberId, String storeId) {
    String id = "o" + ++orders;
    Origin origin = Origin.sale(storeId, null, id);
    List<Line> lines = List.of(new Line("1", "P", null, 1, 1_000));
    MemberKey member = tills.member(memberId);
    return Accrue.of(member, tills.keyPrefix() + id, origin, Instant.now(), 1_000, lines);
  }

  private Refund refund(Accrue order, @Nullable Long amount) {
    String id = "r" + ++orders;
    return Refund.of(order.member(), tills.keyPrefix() + id, order.origin(), id, List.of(), amount);
  }

  private static Entry accepted(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
    return ((Outcome.Accepted) outcome).entry();
  }

  private long sell(OpenLedger node, String memberId) {
    return bonus(accepted(node.answerTo(order(memberId))));
  }

  private static long bonus(Entry entry) {
    Awarded awarded = entry.awarded();
    assertThat(awarded).isNotNull();
    return awarded.awards().stream()
        .filter(it -> awarded.idOf(it.rule()).equals("seven"))
        .mapToLong(it -> it.points())
        .sum();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          points of nobody      | charges of entries add up  | UPDATE budget SET issued = issued + 1
          points that came back | charges of entries add up  | UPDATE budget SET reversed = reversed + 1
          points that lapsed    | charges of entries add up  | UPDATE budget SET lapsed = lapsed + 1
          a budget that is gone | charges of entries add up  | DELETE FROM budget
          too high a charge     | what the awards of orders  | UPDATE entry SET extra = jsonb_set(extra::jsonb, '{facts,budgets,0,2}', '8')
          more than the limit   | the highest limit          | UPDATE budget SET highest_max = issued - reversed - 1
          """)
  void the_audit_finds(String fault, String check, String sql) throws SQLException {
    publish("b1", 100, CUT);
    Accrue order = order("m");
    nodes.get(0).answerTo(order);
    nodes.get(0).answerTo(refund(order, 500L));
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

  private Row row(String scope) {
    return OpenLedger.await(
            nodes
                .get(0)
                .pool()
                .query(
                    "SELECT issued, reversed, lapsed, stopped_at FROM budget WHERE program_id = '%s' AND scope = '%s'"
                        .formatted(programId(), scope))
                .execute())
        .iterator()
        .next();
  }

  @Test
  void a_budget_that_all_nodes_draw_on_at_once_ends_at_exactly_its_limit() {
    publish("b1", 10_000, CUT);
    openOneMore();
    var chance = new Random(20261130);
    var asked = new ArrayList<Future<Outcome>>();
    for (int i = 0; i < 5_000; i++) {
      asked.add(nodes.get(chance.nextInt(3)).submit(order("m" + chance.nextInt(400))));
    }
    List<Entry> entries = asked.stream().map(OpenLedger::await).map(BudgetsIT::accepted).toList();

    assertThat(entries.stream().mapToLong(BudgetsIT::bonus).sum()).isEqualTo(10_000);
    assertThat(entries).allMatch(it -> it.points() == 10 + bonus(it), "keep their base");
    assertThat(entries.stream().mapToLong(BudgetsIT::bonus).filter(it -> it > 0 && it < 7))
        .as("the last is cut: 10,000 is 1,428 times 7 and 4")
        .containsExactly(4L);
    assertThat(row("").getLong("issued")).isEqualTo(10_000);
  }

  @Test
  void orders_that_are_sent_again_while_a_budget_ends_draw_once() {
    publish("b1", 1_000, CUT);
    var chance = new Random(7);
    var all = new ArrayList<Accrue>();
    var asked = new ArrayList<Future<Outcome>>();
    for (int i = 0; i < 600; i++) {
      boolean again = i > 0 && chance.nextBoolean();
      Accrue order = again ? all.get(chance.nextInt(all.size())) : order("m" + i % 50);
      all.add(order);
      asked.add(nodes.get(chance.nextInt(2)).submit(order));
    }
    asked.forEach(OpenLedger::await);
    long bonus =
        all.stream()
            .map(Accrue::member)
            .distinct()
            .flatMap(it -> nodes.get(0).entriesOf(it).stream())
            .mapToLong(BudgetsIT::bonus)
            .sum();

    assertThat(bonus).isEqualTo(1_000);
    assertThat(row("").getLong("issued")).isEqualTo(1_000);
  }

  @Test
  void what_comes_back_is_there_for_others_while_the_campaign_runs() {
    publish("b1", 10, CUT);
    Accrue first = order("m");
    nodes.get(0).answerTo(first);
    assertThat(sell(nodes.get(1), "n")).isEqualTo(3);
    assertThat(sell(nodes.get(0), "n")).isZero();

    accepted(nodes.get(1).answerTo(refund(first, 500L)));

    assertThat(row("").getLong("reversed")).isEqualTo(3);
    assertThat(sell(nodes.get(0), "n")).isEqualTo(3);
    accepted(nodes.get(1).answerTo(refund(first, null)));
    assertThat(row("").getLong("reversed")).isEqualTo(7);
    assertThat(sell(nodes.get(1), "n")).isEqualTo(4);
  }

  @Test
  void no_order_is_cut_by_what_a_node_does_not_know_yet() {
    publish("b1", 10, CUT);
    Accrue first = order("m");
    nodes.get(0).answerTo(first);
    accepted(nodes.get(1).answerTo(refund(first, null)));

    assertThat(sell(nodes.get(0), "n")).as("3 are left, as far as this node knows").isEqualTo(7);
  }

  @Test
  void a_budget_that_stops_has_ended_whatever_comes_back_until_a_book_raises_its_limit() {
    publish("b1", 7, STOP);
    Accrue first = order("m");
    nodes.get(0).answerTo(first);
    accepted(nodes.get(0).answerTo(refund(first, null)));

    assertThat(sell(nodes.get(0), "n")).isZero();
    assertThat(sell(nodes.get(1), "n")).isZero();
    assertThat(row("").getLong("stopped_at")).isEqualTo(7);

    publish("b2", 20, STOP);
    assertThat(sell(nodes.get(1), "n")).isEqualTo(7);
    assertThat(sell(nodes.get(0), "n")).isEqualTo(7);
    assertThat(sell(nodes.get(1), "n")).as("20 and 7 that came back, less 21").isEqualTo(6);
    assertThat(sell(nodes.get(0), "n")).isZero();
  }

  @Test
  void points_that_come_back_after_the_campaign_are_counted_and_given_to_nobody() {
    publish("b1", 7, CUT);
    Accrue first = order("m");
    nodes.get(0).answerTo(first);
    String over = DOCUMENT.replace("\"when\": {", "\"when\": {\"to\": \"2020-01-01T00:00:00Z\", ");
    var books = new Books(nodes.get(0), programId());
    books.create(new Draft(programId(), "b2", null, over.formatted("b2", 7, CUT), "key:k"));
    publications++;
    Books.done(books.publish("b2", Duration.ofHours(1), null));
    nodes.forEach(it -> new Books(it, programId()).awaitKnown(publications));

    accepted(nodes.get(1).answerTo(refund(first, null)));

    assertThat(row("").getLong("reversed")).isZero();
    assertThat(row("").getLong("lapsed")).isEqualTo(7);
  }

  @Test
  void each_store_has_its_own() {
    publish("b1", 10, CUT + ", \"per\": \"store\"");
    long[] bonuses = {
      bonus(accepted(nodes.get(0).answerTo(order("m", "east")))),
      bonus(accepted(nodes.get(1).answerTo(order("m", "east")))),
      bonus(accepted(nodes.get(0).answerTo(order("m", "west")))),
      bonus(accepted(nodes.get(0).answerTo(order("m", "east"))))
    };

    assertThat(bonuses).containsExactly(7, 3, 7, 0);
    assertThat(row("east").getLong("issued")).isEqualTo(10);
    assertThat(row("west").getLong("issued")).isEqualTo(7);
  }
}
