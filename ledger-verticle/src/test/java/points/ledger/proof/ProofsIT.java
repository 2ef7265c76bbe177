package points.ledger.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.fixture.OpenLedger.await;
import static points.ledger.fixture.OpenLedger.failureOf;

import io.vertx.core.Future;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import points.ledger.account.Accounts;
import points.ledger.account.Movement.Place;
import points.ledger.command.Command;
import points.ledger.command.Command.Accrue;
import points.ledger.command.SaleTerms;
import points.ledger.decide.TimeEffects;
import points.ledger.fixture.AllPlaces;
import points.ledger.fixture.NoCluster;
import points.ledger.fixture.OpenLedger;
import points.ledger.fixture.OpenLedgers;
import points.ledger.fixture.Sql;
import points.ledger.fixture.Tills;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** What the entries give is what was told at the time, and time does its work unswept as well. */
@WithPostgres
class ProofsIT {

  @RegisterExtension final OpenLedgers ledgers;

  private final long seed = Long.getLong("seed", 9);
  private final Random random = new Random(seed);
  private final Tills tills = new Tills();
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2024-01-30T15:59:59.123456Z"));

  ProofsIT(TestDatabase database) {
    this.ledgers = new OpenLedgers(database);
  }

  private OpenLedger open() {
    return ledgers.open(ledgers.options(), new NoCluster(), now::get, tills.program());
  }

  @Test
  void a_proof_at_a_time_gives_the_state_that_was_read_then() {
    OpenLedger ledger = open();
    var places = new AllPlaces(ledger, tills.keyPrefix());
    MemberKey member = tills.member("m");
    places.accept(places.accrual(member, now.get(), 5, SaleTerms.NONE));
    Map<Instant, MemberState> told = new LinkedHashMap<>();
    var sales = new ArrayList<Accrue>();
    for (int i = 0; i < 300; i++) {
      ledger.answerTo(anything(places, member, sales));
      letTimePass();
      told.put(now.get(), TimeEffects.at(ledger.stateOf(member).orElseThrow(), now.get()));
      letTimePass();
    }
    var proofs = new Proofs(ledger.pool(), now::get);

    told.forEach(
        (instant, state) -> {
          Proof proof = await(proofs.at(member, instant)).orElseThrow();
          assertThat(proof.ofEntries()).as("-Dseed=%s at %s", seed, instant).isEqualTo(state);
          assertThat(proof.holds()).as("-Dseed=%s at %s", seed, instant).isTrue();
          assertThat(proof.ofState()).isNull();
        });
    Proof whole = await(proofs.now(member, now.get())).orElseThrow();
    assertThat(whole.differences()).as("-Dseed=%s", seed).isEmpty();
    assertThat(whole.ofState()).isEqualTo(whole.ofEntries());
    assertThat(whole.entries()).isEqualTo(ledger.entriesOf(member).size());
  }

  @Test
  void no_more_than_two_proofs_are_made_at_a_time() throws SQLException {
    OpenLedger ledger = open();
    MemberKey member = tills.member("much-asked");
    ledger.answerTo(tills.accrue(member, 5));
    var proofs = new Proofs(ledger.pool(), now::get);
    try (Sql sql = ledgers.sql()) {
      sql.begin().run("LOCK TABLE entry IN ACCESS EXCLUSIVE MODE");
      Future<Optional<Proof>> first = proofs.now(member, now.get());
      Future<Optional<Proof>> second = proofs.at(member, now.get());

      assertThat(failureOf(proofs.now(member, now.get())))
          .isInstanceOf(Proofs.TooManyException.class);

      sql.rollBack();
      assertThat(await(first).orElseThrow().holds()).isTrue();
      assertThat(await(second).orElseThrow().holds()).isTrue();
    }
    assertThat(await(proofs.now(member, now.get()))).isPresent();
    assertThat(await(proofs.now(tills.member("nobody"), now.get()))).isEmpty();
    assertThat(await(proofs.now(member, now.get()))).isPresent();
  }

  @Test
  void a_member_has_the_same_at_any_moment_whether_it_is_swept_or_not() {
    OpenLedger ledger = open();
    MemberKey swept = tills.member("swept");
    MemberKey left = tills.member("left");
    for (int i = 0; i < 300; i++) {
      long chosen = random.nextLong();
      // Under a prefix of its own for each: neither key nor order is ever the other's.
      for (MemberKey member : List.of(swept, left)) {
        var same = new Random(chosen);
        var places = new AllPlaces(ledger, tills.keyPrefix() + member.memberId() + i);
        ledger.answerTo(simple(same, places, member));
      }
      letTimePass();
      if (random.nextInt(3) == 0) {
        ledger.answerTo(Command.ApplyTimeEffects.of(swept));
      }
      assertSame(ledger, swept, left);
    }
  }

  private void assertSame(OpenLedger ledger, MemberKey swept, MemberKey left) {
    MemberState one = ledger.stateOf(swept).map(it -> TimeEffects.at(it, now.get())).orElse(null);
    MemberState other = ledger.stateOf(left).map(it -> TimeEffects.at(it, now.get())).orElse(null);
    assertThat(one == null).isEqualTo(other == null);
    if (one != null && other != null) {
      assertThat(one.accounts()).as("-Dseed=%s", seed).isEqualTo(other.accounts());
      assertThat(one.lifetimeSpent()).isEqualTo(other.lifetimeSpent());
      for (Place place : List.of(Place.HELD, Place.PENDING)) {
        assertThat(one.setAside(Accounts.POINTS, place))
            .as("-Dseed=%s", seed)
            .isEqualTo(other.setAside(Accounts.POINTS, place));
      }
    }
  }

  @Test
  void more_entries_than_a_page_are_folded_and_those_written_meanwhile_left_out() {
    OpenLedger ledger = open();
    MemberKey member = tills.member("long");
    var places = new AllPlaces(ledger, tills.keyPrefix());
    places.accept(places.accrual(member, now.get(), 5, SaleTerms.NONE));
    for (int i = 0; i < 5; i++) {
      var more = new ArrayList<Command>();
      for (int j = 0; j < 500; j++) {
        more.add(places.adjust(member, 1));
      }
      ledger.answersTo(more);
    }

    Proof proof = await(new Proofs(ledger.pool(), now::get).now(member, now.get())).orElseThrow();

    assertThat(proof.entries()).isEqualTo(2_501);
    assertThat(proof.holds()).isTrue();
    assertThat(proof.ofEntries().lots().total()).isEqualTo(2_505);
  }

  private Command anything(AllPlaces places, MemberKey member, List<Accrue> sales) {
    if (!sales.isEmpty() && random.nextInt(6) == 0) {
      return places.refund(member, sales.get(random.nextInt(sales.size())));
    }
    Command command = simple(random, places, member);
    if (command instanceof Accrue sale) {
      sales.add(sale);
    }
    return command;
  }

  private Command simple(Random from, AllPlaces places, MemberKey member) {
    Instant paidAt = now.get().minus(Duration.ofDays(from.nextInt(3) * 100L));
    return switch (from.nextInt(8)) {
      case 0, 1 -> places.accrual(member, paidAt, from.nextInt(500), SaleTerms.NONE);
      case 2 -> places.accrual(member, paidAt, from.nextInt(500), pending(from));
      case 3 -> places.topUp(member, paidAt, 1 + from.nextInt(5_000));
      case 4 ->
          places.hold(
              member, 1 + from.nextInt(50), 0, Duration.ofSeconds(1 + from.nextInt(500_000)));
      case 5 -> places.adjust(member, 1 + from.nextInt(50));
      case 6 -> places.adjust(member, -1 - from.nextInt(50));
      default -> Command.ApplyTimeEffects.of(member);
    };
  }

  private SaleTerms pending(Random from) {
    Instant effectiveAt = now.get().plus(Duration.ofHours(from.nextInt(500)));
    return new SaleTerms(0, 0, true, from.nextBoolean() ? effectiveAt : null);
  }

  private void letTimePass() {
    now.updateAndGet(
        it ->
            it.plus(
                switch (random.nextInt(3)) {
                  case 0 -> Duration.ofMillis(1 + random.nextInt(1_000));
                  case 1 -> Duration.ofHours(1 + random.nextInt(48));
                  default -> Duration.ofDays(random.nextInt(12)).plusNanos(1_000);
                }));
  }
}
