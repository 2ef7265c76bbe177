package points.ledger.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import points.ledger.domain.Command;
import points.ledger.domain.EarnedLine;
import points.ledger.domain.Entry;
import points.ledger.domain.Limits;
import points.ledger.domain.Line;
import points.ledger.domain.Lot;
import points.ledger.domain.MemberKey;
import points.ledger.domain.Origin;
import points.ledger.domain.Outcome;
import points.ledger.domain.Refusal;
import points.ledger.domain.Request;
import points.ledger.domain.Status;

final class CodecsTest {

  private static final MemberKey MEMBER = new MemberKey("default", "M-会员");
  private static final Origin SALE = Origin.sale("S-1", "T-1", "O-1");
  private static final Instant PAID = Instant.parse("2026-06-18T12:30:00.123456789Z");
  private static final Instant DEADLINE = Instant.parse("2026-06-18T12:30:05.250Z");
  private static final Request REQUEST = new Request("key-1", new UUID(-1, 7));
  private static final List<Line> LINES =
      List.of(new Line("1", "P-1", "drinks", 2, 700), new Line("2", "P-2", null, 0, 300));

  static Stream<Command> commands() {
    return Stream.of(
        Command.Accrue.of(MEMBER, "key-1", SALE, PAID, 1_000, LINES),
        Command.Accrue.of(MEMBER, "k", SALE, PAID, Limits.AMOUNT_MAX, List.of()),
        Command.Accrue.of(MEMBER, "k", SALE, PAID, -5, List.of()),
        Command.Deduct.of(MEMBER, "key-2", Origin.till("S-1", null, null, "gift"), 30),
        Command.Adjust.of(MEMBER, "key-3", Origin.office("amy", "goodwill"), -Limits.POINTS_MAX),
        Command.ChangeStatus.of(MEMBER, "key-4", Origin.office("amy", "lost"), Status.FROZEN),
        Command.ChangeStatus.of(MEMBER, "key-5", Origin.office("amy", "found"), Status.ACTIVE));
  }

  static Stream<Outcome> outcomes() {
    Entry first = accrual();
    return Stream.of(
        new Outcome.Accepted(first),
        new Outcome.Replayed(deduction()),
        new Outcome.Refused(new Refusal.MemberNotFound()),
        new Outcome.Refused(new Refusal.MemberFrozen()),
        new Outcome.Refused(new Refusal.AlreadyInStatus(Status.FROZEN)),
        new Outcome.Refused(new Refusal.InsufficientPoints(0)),
        new Outcome.Refused(new Refusal.BalanceLimitExceeded(Limits.POINTS_MAX)),
        new Outcome.Refused(new Refusal.OrderAlreadyProcessed(first)),
        new Outcome.Refused(new Refusal.KeyReused()),
        new Outcome.NotApplied(Outcome.Cause.OVERLOADED),
        new Outcome.NotApplied(Outcome.Cause.STOPPING),
        new Outcome.InDoubt());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void a_command_arrives_as_it_was_sent(Command command) {
    CommandCodec.Sent sent = CommandCodec.decode(CommandCodec.encode(command, DEADLINE));
    assertThat(sent.command()).isEqualTo(command);
    assertThat(sent.deadline()).isEqualTo(DEADLINE);
  }

  @ParameterizedTest
  @MethodSource("outcomes")
  void an_outcome_arrives_as_it_was_sent(Outcome outcome) {
    assertThat(OutcomeCodec.decode(OutcomeCodec.encode(outcome))).isEqualTo(outcome);
  }

  @Test
  void every_refusal_can_be_sent() {
    assertThat(
            outcomes()
                .filter(Outcome.Refused.class::isInstance)
                .map(outcome -> ((Outcome.Refused) outcome).refusal().kind()))
        .containsExactlyInAnyOrder(Refusal.Kind.values());
  }

  @Test
  void a_sale_and_its_answer_are_small() {
    Command sale =
        Command.Accrue.of(MEMBER, UUID.randomUUID().toString(), SALE, PAID, 1_000, List.of());
    assertThat(CommandCodec.encode(sale, DEADLINE)).hasSizeLessThan(128);
    assertThat(OutcomeCodec.encode(new Outcome.Replayed(deduction()))).hasSizeLessThan(128);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void a_command_cut_short_is_refused(Command command) {
    byte[] whole = CommandCodec.encode(command, DEADLINE);
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> CommandCodec.decode(part))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("outcomes")
  void an_outcome_cut_short_is_refused(Outcome outcome) {
    byte[] whole = OutcomeCodec.encode(outcome);
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> OutcomeCodec.decode(part))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void a_message_of_another_version_is_refused() {
    byte[] command = CommandCodec.encode(commands().findFirst().orElseThrow(), DEADLINE);
    command[0] = 2;
    assertThatThrownBy(() -> CommandCodec.decode(command)).hasMessageContaining("version 2");
    byte[] outcome = OutcomeCodec.encode(new Outcome.InDoubt());
    outcome[0] = 2;
    assertThatThrownBy(() -> OutcomeCodec.decode(outcome)).hasMessageContaining("version 2");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 63, 64, 127, 128, Long.MAX_VALUE, Long.MIN_VALUE})
  void every_number_survives(long number) {
    byte[] bytes = new Packer(8).number(number).signed(number).toBytes();
    var in = new Unpacker(bytes);
    assertThat(in.number()).isEqualTo(number);
    assertThat(in.signed()).isEqualTo(number);
  }

  @Test
  void a_length_that_cannot_be_claims_no_memory() {
    byte[] bytes = new Packer(8).number(Integer.MAX_VALUE).toBytes();
    assertThatThrownBy(() -> new Unpacker(bytes).textOrNull())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Unpacker(bytes).list(Unpacker::number))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_members_name_is_read_back() {
    assertThat(MemberName.parse(MemberName.of(MEMBER))).isEqualTo(MEMBER);
    assertThatThrownBy(() -> MemberName.parse("M-1")).hasMessageContaining("M-1");
  }

  private static Entry accrual() {
    return new Entry(
        MEMBER,
        4_711,
        Entry.Kind.ACCRUAL,
        10,
        1_010,
        List.of(new Lot(Instant.parse("2027-06-19T00:00:00Z"), 10)),
        REQUEST,
        SALE,
        0L,
        List.of(new EarnedLine(LINES.get(0), 7), new EarnedLine(LINES.get(1), 3)),
        PAID,
        Instant.parse("2026-06-18T12:30:01.000001Z"));
  }

  private static Entry deduction() {
    return new Entry(
        MEMBER,
        1,
        Entry.Kind.DEDUCTION,
        -30,
        0,
        List.of(new Lot(Lot.NEVER, -20), new Lot(PAID, -10)),
        null,
        Origin.NONE,
        null,
        List.of(),
        PAID,
        PAID);
  }
}
