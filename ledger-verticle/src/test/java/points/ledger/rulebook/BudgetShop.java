package points.ledger.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import points.ledger.award.Awarded;
import points.ledger.command.Command.Accrue;
import points.ledger.command.OrderCommand.Refund;
import points.ledger.command.Outcome;
import points.ledger.fixture.OpenLedger;
import points.ledger.fixture.OpenLedgers;
import points.ledger.fixture.Tills;
import points.ledger.model.Entry;
import points.ledger.model.Line;
import points.ledger.model.Origin;

/** A program on two nodes whose promotion gives 7 points for each order while its budget lasts. */
final class BudgetShop {

  private static final String DOCUMENT =
      """
      {"ruleBookId": "%s", "base": {"points": 1, "perAmount": 100},
       "promotions": [{"id": "seven", "fixed": 7, "budget": "b", "when": {"minimum": {"amount": 1000}}}],
       "budgets": [{"id": "b", "limit": %d, %s}]}
      """;

  final Tills tills = new Tills();
  final List<OpenLedger> nodes = new ArrayList<>();
  private int publications;
  private int orders;

  BudgetShop(OpenLedgers ledgers) {
    nodes.add(ledgers.open(tills.program()));
    nodes.add(ledgers.open(tills.program()));
  }

  String programId() {
    return tills.program().programId();
  }

  /** Publishes a book of such a limit, as if it had been long ago. */
  void publish(long limit, String terms) {
    publications++;
    String id = "b" + publications;
    var books = new Books(nodes.get(0), programId());
    books.create(new Draft(programId(), id, null, DOCUMENT.formatted(id, limit, terms), "key:k"));
    Books.done(books.publish(id, Duration.ofDays(2).minusHours(publications), null));
    nodes.forEach(it -> new Books(it, programId()).awaitKnown(publications));
  }

  Accrue order(String memberId, String storeId) {
    String id = "o" + ++orders;
    Origin origin = Origin.sale(storeId, null, id);
    List<Line> lines = List.of(new Line("1", "P", null, 1, 1_000));
    return Accrue.of(
        tills.member(memberId), tills.keyPrefix() + id, origin, Instant.now(), 1_000, lines);
  }

  /** Returns a refund; of all that is left when there is no amount. */
  Refund refund(Accrue order, @Nullable Long amount) {
    String id = "r" + ++orders;
    return Refund.of(order.member(), tills.keyPrefix() + id, order.origin(), id, List.of(), amount);
  }

  /** Returns what an order would get of the budget, as a node knows it. */
  long preview(int node, String memberId) {
    Outcome outcome = OpenLedger.await(nodes.get(node).ledger().preview(order(memberId, "store")));
    assertThat(outcome).isInstanceOf(Outcome.Previewed.class);
    return bonus(((Outcome.Previewed) outcome).entry());
  }

  /** Sells an order at a node, and returns what it got of the budget. */
  long sell(int node, String memberId) {
    return bonus(accepted(nodes.get(node).answerTo(order(memberId, "store"))));
  }

  static Entry accepted(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
    return ((Outcome.Accepted) outcome).entry();
  }

  static long bonus(Entry entry) {
    Awarded awarded = entry.awarded();
    assertThat(awarded).isNotNull();
    return awarded.awards().stream()
        .filter(it -> awarded.idOf(it.rule()).equals("seven"))
        .mapToLong(it -> it.points())
        .sum();
  }
}
