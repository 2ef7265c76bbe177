package points.ledger.refund;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.fixture.OpenLedger.await;
import static points.ledger.fixture.OpenLedger.awaitThat;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import points.ledger.account.Accounts;
import points.ledger.account.Movement.Place;
import points.ledger.command.Command;
import points.ledger.command.Command.Accrue;
import points.ledger.command.EntryHistory;
import points.ledger.command.MembershipCommand.Merge;
import points.ledger.command.OrderCommand.Reverse;
import points.ledger.command.Outcome;
import points.ledger.command.Outcome.Accepted;
import points.ledger.command.PendingCommand;
import points.ledger.command.Refusal;
import points.ledger.command.SaleTerms;
import points.ledger.command.Undone;
import points.ledger.command.Undone.How;
import points.ledger.fixture.NoCluster;
import points.ledger.fixture.OpenLedger;
import points.ledger.fixture.OpenLedgers;
import points.ledger.fixture.Sql;
import points.ledger.fixture.Tills;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.order.Undoing;
import points.ledger.refund.RefundResult.Decided;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** An entry of a member that was merged is undone once, where its points are. */
@WithPostgres
class ReversalsAfterMergeIT {

  private static final Origin OFFICE = Origin.office("amy", "wrong");
  private static final SaleTerms PENDING = new SaleTerms(0, 0, true, null);

  @RegisterExtension final OpenLedgers ledgers;

  private final Tills tills = new Tills();
  private final MemberKey first = tills.member("first");
  private final MemberKey second = tills.member("second");
  private final MemberKey third = tills.member("third");
  private int keys;

  ReversalsAfterMergeIT(TestDatabase database) {
    this.ledgers = new OpenLedgers(database);
  }

  @Test
  void takes_back_through_two_merges_and_shows_it_at_the_old_entry() {
    OpenLedger ledger = ledgers.open(ledgers.options(true), tills.program());
    Accrue sale = sale("o", 50, SaleTerms.NONE);
    Entry wrong = accepted(ledger, sale);
    accepted(ledger, tills.accrue(second, 7));
    accepted(ledger, tills.accrue(third, 5));
    merge(ledger, first, second);
    merge(ledger, second, third);

    Reverse reverse = reversal(wrong);
    Entry reversal = accepted(ledger, reverse);

    assertThat(reversal.member()).isEqualTo(third);
    assertThat(reversal.refersToId()).isEqualTo(wrong.transactionId());
    assertThat(available(ledger, third)).isEqualTo(12);
    assertThat(ledger.answerTo(reverse)).isEqualTo(new Outcome.Replayed(reversal));
    assertThat(ledger.answerTo(reversal(wrong)))
        .isEqualTo(new Outcome.Refused(new Refusal.AlreadyReversed(reversal.transactionId())));
    assertThat(ledger.answerTo(sale))
        .isEqualTo(
            new Outcome.Replayed(
                wrong, new Undone(How.REVERSED, List.of(reversal.transactionId()))));
    assertThat(refund(ledger, "o")).isEqualTo(new Outcome.Refused(new Refusal.OrderNotFound()));
  }

  /** No order brings the reversal to light. */
  @Test
  void is_done_once_of_an_entry_without_an_order() {
    OpenLedger ledger = ledgers.open(ledgers.options(true), tills.program());
    accepted(ledger, tills.accrue(first, 50));
    Entry wrong = accepted(ledger, tills.adjust(first, 20));
    accepted(ledger, tills.accrue(second, 7));
    merge(ledger, first, second);

    Entry reversal = accepted(ledger, reversal(wrong));

    assertThat(ledger.answerTo(reversal(wrong)))
        .isEqualTo(new Outcome.Refused(new Refusal.AlreadyReversed(reversal.transactionId())));
    assertThat(available(ledger, second)).isEqualTo(57);
    EntryHistory history = await(ledger.ledger().entries().historyOf(wrong));
    assertThat(Undoing.of(wrong, history))
        .isEqualTo(new Undone(How.REVERSED, List.of(reversal.transactionId())));
  }

  @Test
  void takes_pending_points_from_the_reserve_that_has_them_now() {
    OpenLedger ledger = ledgers.open(ledgers.options(true), tills.program());
    Entry wrong = accepted(ledger, sale("o", 50, PENDING));
    accepted(ledger, sale("kept", 20, PENDING));
    accepted(ledger, tills.accrue(second, 7));
    accepted(ledger, tills.accrue(third, 100));
    merge(ledger, first, second);
    merge(ledger, second, third);

    Entry reversal = accepted(ledger, reversal(wrong));

    assertThat(reversal.moved(Accounts.POINTS, Place.PENDING)).isEqualTo(-50);
    assertThat(available(ledger, third)).isEqualTo(107);
    assertThat(pending(ledger, third)).isEqualTo(20);
  }

  /** What a cancellation under the new name took back is not taken a second time. */
  @Test
  void knows_points_cancelled_after_the_merge() {
    OpenLedger ledger = ledgers.open(ledgers.options(true), tills.program());
    Accrue sale = sale("o", 50, PENDING);
    Entry wrong = accepted(ledger, sale);
    accepted(ledger, sale("kept", 20, PENDING));
    accepted(ledger, tills.accrue(second, 7));
    accepted(ledger, tills.accrue(third, 100));
    merge(ledger, first, second);
    merge(ledger, second, third);
    long reserve =
        ledger.stateOf(third).orElseThrow().reserves().stream()
            .filter(it -> Objects.equals(it.orderId(), "o"))
            .findFirst()
            .orElseThrow()
            .sequence();
    Entry end = accepted(ledger, PendingCommand.of(third, key(), OFFICE, reserve, false));

    assertThat(ledger.answerTo(reversal(wrong)))
        .isEqualTo(new Outcome.Refused(new Refusal.NotReversible(Entry.Kind.ACCRUAL, false)));
    assertThat(refund(ledger, "o")).isInstanceOf(Accepted.class);
    assertThat(available(ledger, third)).isEqualTo(107);
    assertThat(pending(ledger, third)).isEqualTo(20);
    EntryHistory history = await(ledger.ledger().entries().historyOf(wrong));
    assertThat(history.entries()).contains(end);
  }

  @Test
  void is_done_once_however_many_requests_come_at_the_same_moment() {
    OpenLedger ledger = ledgers.open(ledgers.options(true), tills.program());
    Entry wrong = accepted(ledger, sale("o", 50, SaleTerms.NONE));
    accepted(ledger, tills.accrue(second, 7));
    merge(ledger, first, second);
    Reverse reverse = reversal(wrong);
    List<Command> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.add(i % 2 == 0 ? reverse : reversal(wrong));
    }

    List<Outcome> outcomes = ledger.answersTo(all);

    List<Entry> reversals =
        ledger.entriesOf(second).stream().filter(it -> it.kind() == Entry.Kind.REVERSAL).toList();
    assertThat(reversals).hasSize(1);
    Entry done = reversals.get(0);
    assertThat(outcomes)
        .allMatch(
            it ->
                it.equals(new Outcome.Accepted(done))
                    || it.equals(new Outcome.Replayed(done))
                    || it.equals(
                        new Outcome.Refused(new Refusal.AlreadyReversed(done.transactionId()))));
    assertThat(outcomes).filteredOn(it -> it instanceof Accepted).hasSize(1);
    assertThat(available(ledger, second)).isEqualTo(7);
  }

  @Test
  void is_a_replay_of_the_call_before_the_merge() {
    OpenLedger ledger = ledgers.open(ledgers.options(true), tills.program());
    Entry wrong = accepted(ledger, sale("o", 50, SaleTerms.NONE));
    accepted(ledger, tills.accrue(second, 7));
    Reverse before = reversal(wrong);
    Entry reversal = accepted(ledger, before);
    merge(ledger, first, second);

    assertThat(ledger.answerTo(before)).isEqualTo(new Outcome.Replayed(reversal));
    assertThat(ledger.answerTo(reversal(wrong)))
        .isEqualTo(new Outcome.Refused(new Refusal.AlreadyReversed(reversal.transactionId())));
    assertThat(available(ledger, second)).isEqualTo(7);
  }

  /** Nothing of it may be owed only because it is on its way. */
  @Test
  void waits_until_the_merge_has_arrived() throws SQLException {
    OpenLedger before = ledgers.open(ledgers.options(false), tills.program());
    Entry wrong = accepted(before, sale("o", 50, SaleTerms.NONE));
    accepted(before, tills.accrue(second, 7));
    accepted(before, Merge.of(first, key(), OFFICE, second.memberId()));
    await(before.ledger().stop());
    postpone();
    OpenLedger ledger = ledgers.open(ledgers.options(true));

    assertThat(ledger.answerTo(reversal(wrong)))
        .isEqualTo(new Outcome.NotApplied(Outcome.Cause.OVERLOADED));
    assertThat(ledger.entriesOf(second)).hasSize(1);
    try (Sql sql = ledgers.sql()) {
      sql.run("UPDATE outbox SET due_at = now()");
    }
    awaitThat("the merge to arrive", () -> available(ledger, second) == 57);
    awaitThat(
        "the reversal to be done", () -> ledger.answerTo(reversal(wrong)) instanceof Accepted);
    assertThat(available(ledger, second)).isEqualTo(7);
  }

  /** Whoever had them when they expired: nobody could use them any more. */
  @Test
  void owes_nothing_for_points_expired_at_an_intermediate_member() {
    var now = new AtomicReference<>(Instant.parse("2020-03-01T04:00:00Z"));
    OpenLedger ledger =
        ledgers.open(ledgers.options(true), new NoCluster(), now::get, tills.program());
    Entry wrong = accepted(ledger, sale(first, "o", 50, now.get()));
    accepted(ledger, sale(second, "p", 0, now.get()));
    merge(ledger, first, second);
    now.set(Instant.parse("2021-04-01T04:00:00Z"));
    assertThat(ledger.answerTo(Command.ApplyTimeEffects.of(second)))
        .isInstanceOf(Outcome.TimeApplied.class);
    accepted(ledger, sale(third, "q", 100, now.get()));
    merge(ledger, second, third);

    Entry reversal = accepted(ledger, reversal(wrong));

    assertThat(reversal.points()).isZero();
    assertThat(ledger.stateOf(third).orElseThrow().accounts().points().debt()).isZero();
  }

  private void postpone() throws SQLException {
    try (Sql sql = ledgers.sql()) {
      sql.run("UPDATE outbox SET due_at = now() + interval '1 hour'");
    }
  }

  private void merge(OpenLedger ledger, MemberKey member, MemberKey into) {
    long all = available(ledger, member) + available(ledger, into);
    long pending = pending(ledger, member) + pending(ledger, into);
    accepted(ledger, Merge.of(member, key(), OFFICE, into.memberId()));
    awaitThat(
        "the merge to arrive",
        () -> available(ledger, into) == all && pending(ledger, into) == pending && !isLeft());
  }

  private boolean isLeft() {
    try (Sql sql = ledgers.sql()) {
      String rows = "SELECT count(*) FROM outbox WHERE program_id = '%s'";
      return sql.number(rows.formatted(tills.program().programId())) > 0;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Accrue sale(String orderId, long points, SaleTerms terms) {
    Origin order = Origin.sale("store", null, orderId);
    return Accrue.of(first, key(), order, Instant.now(), points, List.of(), terms);
  }

  private Accrue sale(MemberKey member, String orderId, long points, Instant paidAt) {
    Origin order = Origin.sale("store", null, orderId);
    return Accrue.of(member, key(), order, paidAt, points, List.of());
  }

  private Reverse reversal(Entry entry) {
    return Reverse.of(entry.member(), key(), OFFICE, entry.sequence());
  }

  private Outcome refund(OpenLedger ledger, String orderId) {
    Origin order = Origin.sale("store", null, orderId);
    var wanted = new RefundRequest(first.programId(), key(), order, "r", List.of(), null);
    return ((Decided) await(ledger.ledger().refunds().submit(wanted))).outcome();
  }

  private static Entry accepted(OpenLedger ledger, Command command) {
    Outcome outcome = ledger.answerTo(command);
    assertThat(outcome).isInstanceOf(Accepted.class);
    return ((Accepted) outcome).entry();
  }

  private static long available(OpenLedger ledger, MemberKey member) {
    return ledger.stateOf(member).map(it -> it.lots().total()).orElse(0L);
  }

  private static long pending(OpenLedger ledger, MemberKey member) {
    return Optional.of(ledger.stateOf(member).orElseThrow())
        .map(it -> it.setAside("points", Place.PENDING))
        .orElse(0L);
  }

  private String key() {
    return tills.keyPrefix() + "own-" + ++keys;
  }
}
