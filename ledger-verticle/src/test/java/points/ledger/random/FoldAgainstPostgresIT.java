package points.ledger.random;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.fixture.OpenLedger.await;

import io.vertx.core.Future;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.ledger.command.Outcome;
import points.ledger.command.Refusal;
import points.ledger.fixture.NoCluster;
import points.ledger.fixture.OpenLedger;
import points.ledger.fixture.OpenLedgers;
import points.ledger.fixture.RichTerms;
import points.ledger.fixture.Sql;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.program.Program;
import points.ledger.program.Terms;
import points.ledger.program.Validity;
import points.ledger.program.Validity.CalendarUnit;
import points.ledger.rulebook.Books;
import points.ledger.rulebook.Draft;
import points.ledger.rules.EarningRule;
import points.ledger.rules.Rounding;
import points.ledger.store.PgMemberReader;
import points.ledger.trail.Recorder;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/**
 * Thousands of random histories, many at a time, through the lanes and into PostgreSQL; and the
 * same through the model. Both must say the same of every command, and end the same. A failure
 * names its seed; {@code -Dseed=} runs it again.
 */
@WithPostgres
class FoldAgainstPostgresIT {
  private static final Recorder<Program> UNRECORDED =
      (transaction, before, after) -> Future.succeededFuture();

  private static final int ROUNDS = 8;
  private static final int HISTORIES = 250;
  private static final Logger LOG = LoggerFactory.getLogger(FoldAgainstPostgresIT.class);
  private static final int WAVES = 8;

  /** Refusals that take more commands, or other callers, than a history has. */
  private static final Set<Refusal.Kind> TOO_RARE =
      Set.of(
          Refusal.Kind.ORDER_MISMATCH, // is not for the lanes to say
          Refusal.Kind.ORDER_OF_SEVERAL_MEMBERS,
          Refusal.Kind.ORDER_TOO_LONG,
          Refusal.Kind.TIER_NOT_HIGHER, // comes up in RandomDecisionsTest
          Refusal.Kind.TOO_MUCH_SET_ASIDE,
          // Of preconditions, which these commands come without; see PreconditionsIT.
          Refusal.Kind.RECEIVER_UNABLE,
          Refusal.Kind.POOL_NOT_FOUND,
          Refusal.Kind.NOT_IN_POOL,
          Refusal.Kind.UNDER_REVIEW); // the routes say it

  private static final String WITH_TIERS = "year";

  /** What must have come up, or the commands are not random enough. */
  private static final Object[] EVERYTHING =
      Stream.of(
              Stream.of(Entry.Kind.values()),
              Stream.of(
                  Outcome.Accepted.class,
                  Outcome.Replayed.class,
                  Outcome.Refused.class,
                  Outcome.TimeApplied.class),
              Stream.of(Refusal.Kind.values()).filter(it -> !TOO_RARE.contains(it)))
          .flatMap(it -> it)
          .toArray();

  @RegisterExtension final OpenLedgers ledgers;

  private final long seed = Long.getLong("seed", 9);
  private final Random random = new Random(seed);
  private final Set<Object> seen = new HashSet<>();
  private final ModelLedger model = new ModelLedger();
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2009-11-22T10:00:00.123456Z"));

  FoldAgainstPostgresIT(TestDatabase database) {
    this.ledgers = new OpenLedgers(database);
  }

  @Test
  void domain_and_postgresql_agree_on_every_command_and_the_final_state() {
    LOG.warn("-Dseed={}", seed);
    Program[] programs = programs();
    OpenLedger ledger = ledgers.open(ledgers.options(), new NoCluster(), now::get, programs);
    publishTiers(ledger);
    for (int round = 0; round < ROUNDS; round++) {
      var histories = new ArrayList<RandomHistory>();
      for (int i = 0; i < HISTORIES; i++) {
        String programId = programs[i % programs.length].programId();
        histories.add(new RandomHistory(random, model, programId, "r" + round + "h" + i));
      }
      for (int wave = 0; wave < WAVES; wave++) {
        run(ledger, histories);
        letTimePass();
        changeRules(ledger, programs);
      }
      assertSameEnd(ledger, histories);
      model.clear(); // the next histories are of other members
    }
    assertThat(seen).as("-Dseed=%s", seed).contains(EVERYTHING);
  }

  /** In one of the programs, by a book that was in force before the first order. */
  private void publishTiers(OpenLedger ledger) {
    String document = TierBook.document("\"grace\": \"P10D\"");
    var books = new Books(ledger, WITH_TIERS);
    books.create(new Draft(WITH_TIERS, "tiers", null, document, "key:k"));
    Books.done(books.publish("tiers", Duration.ofDays(8_000), null));
    books.awaitKnown(1);
    model.book(WITH_TIERS, TierBook.published(document, ZoneId.of("Asia/Shanghai")));
  }

  private void run(OpenLedger ledger, List<RandomHistory> histories) {
    var owners = new ArrayList<RandomHistory>();
    var steps = new ArrayList<RandomHistory.Step>();
    var given = new ArrayList<Future<Outcome>>();
    for (RandomHistory history : histories) {
      for (RandomHistory.Step step : history.wave(now.get(), random.nextInt(8))) {
        owners.add(history);
        steps.add(step);
        given.add(ledger.submit(step.command()));
      }
    }
    for (int i = 0; i < steps.size(); i++) {
      RandomHistory history = owners.get(i);
      RandomHistory.Step step = steps.get(i);
      assertThat(asItWas(await(given.get(i))))
          .as(() -> "-Dseed=" + seed + ": " + step.command() + "\nin the " + history)
          .isEqualTo(step.expected());
      see(step.expected());
    }
  }

  /** What has become of a replayed entry since is no part of what the fold decides. */
  private static Outcome asItWas(Outcome outcome) {
    return outcome instanceof Outcome.Replayed replayed
        ? new Outcome.Replayed(replayed.entry())
        : outcome;
  }

  private void see(Outcome outcome) {
    seen.add(outcome.getClass());
    if (outcome instanceof Outcome.Refused refused) {
      seen.add(refused.refusal().kind());
    }
  }

  private void letTimePass() {
    Duration step =
        switch (random.nextInt(4)) {
          case 0 -> Duration.ofMillis(1 + random.nextInt(10));
          case 1 -> Duration.ofHours(random.nextInt(48));
          case 2 -> Duration.ofDays(random.nextInt(40));
          default -> Duration.ofDays(random.nextInt(200));
        };
    now.updateAndGet(it -> it.plus(step).plusNanos(random.nextInt(1_000_000)));
  }

  /** Of one program at times, in the middle of its members' histories. */
  private void changeRules(OpenLedger ledger, Program[] programs) {
    if (random.nextInt(3) > 0) {
      return;
    }
    Program old = programs[random.nextInt(programs.length)];
    Program changed =
        new Program(
            old.programId(),
            old.name(),
            old.currency(),
            old.timeZone(),
            old.programId().equals(WITH_TIERS)
                ? old.earning() // cannot be changed while a book is in force
                : new EarningRule(1 + random.nextInt(9), 1 + random.nextInt(200), Rounding.HALF_UP),
            random.nextBoolean() ? old.validity() : new Validity.EndOf(CalendarUnit.MONTH, 0),
            random.nextInt(4) > 0,
            old.terms());
    await(ledger.registry().programs().update(changed, any -> true, UNRECORDED));
    model.rule(changed, changedAt(changed.programId()));
  }

  /** By the database's clock, which need not be near the test's. */
  private Instant changedAt(String programId) {
    try (Sql sql = ledgers.sql()) {
      String micros =
          "SELECT (extract(epoch FROM max(valid_from)) * 1000000)::bigint FROM program_version"
              + " WHERE program_id = '%s'".formatted(programId);
      return Instant.EPOCH.plus(sql.number(micros), ChronoUnit.MICROS);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void assertSameEnd(OpenLedger ledger, List<RandomHistory> histories) {
    List<MemberKey> members = histories.stream().flatMap(it -> it.members().stream()).toList();
    Map<MemberKey, MemberState> states = await(new PgMemberReader(ledger.pool()).states(members));
    for (RandomHistory history : histories) {
      for (MemberKey member : history.members()) {
        MemberState expected = model.stateOf(member).orElse(null);
        List<Entry> entries = ledger.entriesOf(member);
        assertThat(states.get(member)).as(() -> about(history)).isEqualTo(expected);
        assertThat(ledger.stateOf(member).orElse(null))
            .as(() -> about(history))
            .isEqualTo(expected);
        assertThat(entries).as(() -> about(history)).isEqualTo(model.entriesOf(member));
        entries.forEach(entry -> seen.add(entry.kind()));
      }
    }
  }

  private String about(RandomHistory history) {
    return "-Dseed=" + seed + ": " + history;
  }

  private Program[] programs() {
    Program[] programs = {
      program("never", "UTC", new EarningRule(1, 1, Rounding.FLOOR), new Validity.Never()),
      program(
          "year", "Asia/Shanghai", new EarningRule(1, 100, Rounding.HALF_EVEN), rolling("P12M")),
      program("days", "America/Sao_Paulo", new EarningRule(3, 7, Rounding.CEILING), rolling("P3D")),
      program(
          "quarter",
          "Europe/Berlin",
          new EarningRule(1, 20, Rounding.HALF_UP),
          new Validity.EndOf(CalendarUnit.QUARTER, 1)),
    };
    for (Program program : programs) {
      model.rule(program);
    }
    return programs;
  }

  private static Validity rolling(String period) {
    return new Validity.Rolling(Period.parse(period));
  }

  private static Program program(String id, String zone, EarningRule earning, Validity validity) {
    boolean autoEnrol = !id.equals("quarter");
    Terms terms =
        switch (id) {
          case "never" -> Terms.PLAIN;
          case "days" -> RichTerms.of(true, Period.ofDays(5));
          default -> RichTerms.of(false, null);
        };
    return new Program(id, id, "CNY", ZoneId.of(zone), earning, validity, autoEnrol, terms);
  }
}
