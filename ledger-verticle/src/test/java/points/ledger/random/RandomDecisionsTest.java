package points.ledger.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Period;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import points.ledger.command.Command;
import points.ledger.command.Refusal;
import points.ledger.decide.Deciding;
import points.ledger.decide.Decision;
import points.ledger.fixture.RichTerms;
import points.ledger.model.Entry;
import points.ledger.program.Program;
import points.ledger.program.PublishedBook;
import points.ledger.program.Validity;
import points.ledger.program.Validity.CalendarUnit;
import points.ledger.rules.EarningRule;
import points.ledger.rules.Rounding;

/**
 * Random histories of one member over all commands. After each step the state is what its entries
 * add up to. A failure names its seed; {@code -Dseed=} runs it again.
 */
class RandomDecisionsTest {

  private static final int HISTORIES = 800;
  private static final int STEPS = 60;

  private final long seed = Long.getLong("seed", 9);

  @Test
  void the_state_is_the_sum_of_its_entries_after_every_step() {
    var random = new Random(seed);
    Set<Object> seen = new HashSet<>();
    for (int history = 0; history < HISTORIES; history++) {
      var member = new Deciding(program(random));
      var commands = new RandomCommands(random, "h" + history);
      for (int step = 0; step < STEPS; step++) {
        letTimePass(member, random);
        Command command = commands.fresh(Deciding.MEMBER, member.now, member.state);
        try {
          Decision decision = member.decide(command);
          seen.add(decision.getClass());
          if (decision instanceof Decision.Refused refused) {
            seen.add(refused.refusal().kind());
          }
        } catch (AssertionError | RuntimeException e) {
          throw new AssertionError("-Dseed=" + seed + ", history " + history + ": " + command, e);
        }
      }
      member.entries.forEach(it -> seen.add(it.kind()));
    }
    assertThat(seen)
        .as("-Dseed=%d", seed)
        .contains((Object[]) Entry.Kind.values())
        .containsAll(possibleRefusals());
  }

  /** Those that the fold alone does not give, or only from numbers that no history comes to. */
  private static Set<Object> possibleRefusals() {
    var refusals = new HashSet<Object>(Set.of((Object[]) Refusal.Kind.values()));
    Stream.of(
            Refusal.Kind.ORDER_ALREADY_PROCESSED,
            Refusal.Kind.KEY_REUSED,
            Refusal.Kind.ORDER_MISMATCH,
            Refusal.Kind.ORDER_OF_SEVERAL_MEMBERS,
            Refusal.Kind.ORDER_TOO_LONG,
            Refusal.Kind.TOO_MUCH_SET_ASIDE,
            Refusal.Kind.UNKNOWN_CURRENCY,
            Refusal.Kind.NO_EXCHANGE_RATE,
            Refusal.Kind.RECEIVER_UNABLE,
            Refusal.Kind.POOL_NOT_FOUND,
            Refusal.Kind.NOT_IN_POOL,
            Refusal.Kind.UNDER_REVIEW)
        .forEach(refusals::remove);
    return refusals;
  }

  private static Program program(Random random) {
    Program plain =
        Deciding.program(
            new EarningRule(1 + random.nextInt(3), 7, Rounding.HALF_UP),
            random.nextBoolean()
                ? new Validity.Rolling(Period.ofDays(10))
                : new Validity.EndOf(CalendarUnit.MONTH, 0));
    Program some = program(random, plain);
    return random.nextBoolean() ? some : some.ratingBy(tiers(random));
  }

  /** A book with tiers that small orders come to, and that are reviewed at the end of the year. */
  private static PublishedBook tiers(Random random) {
    String more =
        random.nextBoolean()
            ? "\"onRefund\": \"immediate\", \"down\": \"toEarned\""
            : "\"grace\": \"P10D\"";
    return TierBook.published(TierBook.document(more), ZoneId.of("Asia/Shanghai"));
  }

  private static Program program(Random random, Program plain) {
    return new Program(
        plain.programId(),
        plain.name(),
        plain.currency(),
        plain.timeZone(),
        plain.earning(),
        plain.validity(),
        random.nextInt(10) > 0,
        RichTerms.of(random.nextBoolean(), random.nextBoolean() ? Period.ofDays(5) : null));
  }

  private static void letTimePass(Deciding member, Random random) {
    Duration step =
        random.nextInt(4) > 0
            ? Duration.ofMinutes(random.nextInt(100))
            : Duration.ofDays(random.nextInt(12));
    member.now = member.now.plus(step);
  }
}
