package points.ledger.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import points.ledger.command.Command;
import points.ledger.command.HoldCommand;
import points.ledger.command.MembershipCommand;
import points.ledger.command.MoveCommand;
import points.ledger.command.OrderCommand;
import points.ledger.command.OrderCommand.RefundedLine;
import points.ledger.command.Outcome;
import points.ledger.command.PendingCommand;
import points.ledger.command.Refusal;
import points.ledger.command.SaleTerms;
import points.ledger.command.StoredValueCommand;
import points.ledger.command.TransferCommand;
import points.ledger.model.Detail;
import points.ledger.model.EarnedLine;
import points.ledger.model.Entry;
import points.ledger.model.Limits;
import points.ledger.model.Line;
import points.ledger.model.Lot;
import points.ledger.model.MemberKey;
import points.ledger.model.Movement;
import points.ledger.model.Origin;
import points.ledger.model.Request;
import points.ledger.model.Status;

final class WireFormatTest {

  private static final byte WIRE_VERSION = 4;
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
        MembershipCommand.ChangeStatus.of(
            MEMBER, "key-4", Origin.office("amy", "lost"), Status.FROZEN),
        MembershipCommand.ChangeStatus.of(
            MEMBER, "key-5", Origin.office("amy", "found"), Status.ACTIVE),
        Command.ApplyTimeEffects.of(MEMBER),
        Command.Accrue.of(MEMBER, "k", SALE, PAID, 5, List.of(), new SaleTerms(1, 2, true, PAID)),
        Command.Accrue.of(MEMBER, "k", SALE, PAID, 5, List.of(), new SaleTerms(0, 0, true, null)),
        Command.Accrue.of(
            MEMBER, "k", SALE, PAID, 5, List.of(), new SaleTerms(1, 2, true, PAID, true)),
        Command.Deduct.of(MEMBER, "k", SALE, "stars", 3),
        Command.Deduct.of(MEMBER, "k", SALE.with(Map.of("单号", "7", "a", "b")), "stars", 3),
        Command.Adjust.of(MEMBER, "k", SALE, "growth", 3),
        HoldCommand.Place.of(MEMBER, "k", SALE, 3, 4, Duration.ofMinutes(15)),
        HoldCommand.Capture.of(MEMBER, "k", SALE, 7, null, 3L),
        HoldCommand.Capture.of(MEMBER, "k", SALE, 7, 0L, null),
        HoldCommand.Release.of(MEMBER, "k", SALE, 7),
        OrderCommand.Refund.of(MEMBER, "k", SALE, "R-1", List.of(), 30L),
        OrderCommand.Refund.of(
            MEMBER,
            "k",
            SALE,
            "R-1",
            List.of(new RefundedLine("1", null), new RefundedLine("2", 4L)),
            null),
        elsewhere(OrderCommand.Refund.of(MEMBER, "k", SALE, "R-1", List.of(), null)),
        OrderCommand.Refund.of(MEMBER, "k", SALE, "R-1", List.of(), null).onlyOf(MEMBER),
        OrderCommand.Reverse.of(MEMBER, "k", Origin.office("amy", "wrong"), 12),
        OrderCommand.Reverse.of(MEMBER, "k", Origin.office("amy", "wrong"), 12)
            .decidedOn(new MemberKey(MEMBER.programId(), "M-2")),
        StoredValueCommand.TopUp.of(MEMBER, "k", SALE, PAID, 100, 5L),
        StoredValueCommand.TopUp.of(MEMBER, "k", SALE, PAID, 100, null),
        StoredValueCommand.Pay.of(MEMBER, "k", SALE, 100),
        StoredValueCommand.Exchange.of(MEMBER, "k", SALE, "points", "stars", 100),
        PendingCommand.of(MEMBER, "k", SALE, 3, true),
        PendingCommand.of(MEMBER, "k", SALE, 3, false),
        TransferCommand.Send.of(MEMBER, "k", SALE, "M-2", 10),
        TransferCommand.Receive.of(
            MEMBER,
            Entry.Kind.MERGE_IN,
            Origin.NONE,
            List.of(
                new Movement("points", Movement.Place.AVAILABLE, 0, Lot.NEVER, 5),
                new Movement("points", Movement.Place.PENDING, 3, PAID, 5)),
            new Detail.Counterpart("M-2", 9L, 1, 2, true, PAID, "S1", "O-1"),
            "/3"),
        MoveCommand.MoveOut.of(MEMBER, "k", SALE, 7, "M-2"),
        new MoveCommand.MoveIn(
            MEMBER,
            new Request("move of M-2-8", UUID.randomUUID()),
            SALE,
            Entry.Kind.MOVE_IN,
            PAID,
            1_000,
            List.of(new EarnedLine(new Line("1", "P", null, 1, 1_000), 5)),
            List.of(
                new Movement("points", Movement.Place.AVAILABLE, 0, PAID, -3),
                new Movement("points", Movement.Place.PENDING, 7, Lot.NEVER, 5)),
            true,
            new Detail.MovedSale("M-2", "M-2-8", 5, 3, PAID)),
        MembershipCommand.Merge.of(MEMBER, "k", Origin.office("amy", "twice"), "M-2"),
        MembershipCommand.Close.of(MEMBER, "k", Origin.office("amy", "left")),
        MembershipCommand.Close.of(MEMBER, "k", Origin.office("amy", "left")).asOf(7),
        MembershipCommand.Open.of(MEMBER, "k", Origin.office("amy", "import"), 1, PAID, 2, 3),
        MembershipCommand.Open.of(MEMBER, "k", Origin.office("amy", "import"), 1, null, 2, 3));
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
        new Outcome.Refused(new Refusal.MemberClosed()),
        new Outcome.Refused(new Refusal.MemberMerged("M-2")),
        new Outcome.Refused(new Refusal.MemberHasHolds(2)),
        new Outcome.Refused(new Refusal.InsufficientStoredValue(3)),
        new Outcome.Refused(new Refusal.TooManyReservations()),
        new Outcome.Refused(new Refusal.HoldNotFound()),
        new Outcome.Refused(new Refusal.HoldEnded(Refusal.End.RAN_OUT)),
        new Outcome.Refused(new Refusal.CaptureExceedsHold(1, 2)),
        new Outcome.Refused(new Refusal.PendingNotFound()),
        new Outcome.Refused(new Refusal.PendingEnded(Refusal.End.CANCELLED)),
        new Outcome.Refused(new Refusal.OrderNotFound()),
        new Outcome.Refused(new Refusal.OrderMismatch("sale/amount")),
        new Outcome.Refused(new Refusal.RefundStoreNotAllowed()),
        new Outcome.Refused(new Refusal.OrderOfSeveralMembers()),
        new Outcome.Refused(new Refusal.OrderAlreadyRefunded()),
        new Outcome.Refused(new Refusal.OrderTooLong()),
        new Outcome.Refused(new Refusal.LineNotFound("7")),
        new Outcome.Refused(new Refusal.RefundExceedsOrder(null, 5)),
        new Outcome.Refused(new Refusal.RefundNotByPoints()),
        new Outcome.Refused(new Refusal.TransactionNotFound()),
        new Outcome.Refused(new Refusal.NotReversible(Entry.Kind.HOLD, false)),
        new Outcome.Refused(new Refusal.NotMovable(Refusal.Unmovable.SPENT)),
        new Outcome.Refused(new Refusal.AlreadyReversed("M-1-7")),
        new Outcome.Refused(new Refusal.UnknownCurrency("moons")),
        new Outcome.Refused(new Refusal.NoExchangeRate()),
        new Outcome.Refused(new Refusal.ExchangeNotWhole(100)),
        new Outcome.Refused(new Refusal.ReceiverUnable("M-2", new Refusal.MemberMerged("M-3"))),
        new Outcome.Refused(new Refusal.PoolNotFound()),
        new Outcome.Refused(new Refusal.NotInPool("M-2")),
        new Outcome.TimeApplied(3),
        new Outcome.NotApplied(Outcome.Cause.OVERLOADED),
        new Outcome.NotApplied(Outcome.Cause.STOPPING),
        new Outcome.Previewed(first),
        new Outcome.NoEntry(),
        new Outcome.Outdated(),
        new Outcome.InDoubt());
  }

  private static OrderCommand.Refund elsewhere(OrderCommand.Refund it) {
    return it.requestedBy(it.request(), "S-2");
  }

  static Stream<Command> commandsOfEachType() {
    return Samples.ofEach(Command.class, 3);
  }

  static Stream<Outcome> outcomesOfEachType() {
    return Stream.concat(
        Samples.ofEach(Outcome.class, 20),
        Samples.ofEach(Refusal.class, 3).map(Outcome.Refused::new));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void a_command_arrives_as_it_was_sent(Command command) {
    SentCommand sent = WireFormat.COMMAND.decode(encode(command));
    assertThat(sent.command()).isEqualTo(command);
    assertThat(sent.deadline()).isEqualTo(DEADLINE);
  }

  @ParameterizedTest
  @MethodSource("outcomes")
  void an_outcome_arrives_as_it_was_sent(Outcome outcome) {
    assertThat(WireFormat.OUTCOME.decode(WireFormat.OUTCOME.encode(outcome))).isEqualTo(outcome);
  }

  @Test
  void every_command_arrives_as_it_was_sent() {
    Samples.ofEach(Command.class, 100)
        .forEach(it -> assertThat(WireFormat.COMMAND.decode(encode(it)).command()).isEqualTo(it));
  }

  @Test
  void every_outcome_and_refusal_arrives_as_it_was_sent() {
    Stream.concat(
            Samples.ofEach(Outcome.class, 200),
            Samples.ofEach(Refusal.class, 50).map(Outcome.Refused::new))
        .forEach(
            it ->
                assertThat(WireFormat.OUTCOME.decode(WireFormat.OUTCOME.encode(it))).isEqualTo(it));
  }

  @Test
  void every_detail_of_an_entry_arrives_as_it_was_sent() {
    Samples.ofEach(Detail.class, 50)
        .forEach(
            it -> {
              var outcome = new Outcome.Accepted(withDetail(accrual(), it));
              assertThat(WireFormat.OUTCOME.decode(WireFormat.OUTCOME.encode(outcome)))
                  .isEqualTo(outcome);
            });
  }

  @Test
  void what_is_of_a_sealed_interface_has_a_name_of_its_own() {
    for (Class<?> sealed : List.of(Command.class, Outcome.class, Refusal.class, Detail.class)) {
      assertThat(WireTypes.permitted(sealed).map(Class::getSimpleName))
          .as("simple names of " + sealed)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void every_refusal_can_be_sent() {
    assertThat(
            outcomes()
                .filter(Outcome.Refused.class::isInstance)
                .map(outcome -> ((Outcome.Refused) outcome).refusal().kind()))
        .containsExactlyInAnyOrder(Refusal.Kind.values());
  }

  /** More than half of it are the names of its fields. */
  @Test
  void a_sale_and_its_answer_are_small() {
    Command sale =
        Command.Accrue.of(MEMBER, UUID.randomUUID().toString(), SALE, PAID, 1_000, List.of());
    assertThat(encode(sale)).hasSizeLessThan(300);
    assertThat(WireFormat.OUTCOME.encode(new Outcome.Replayed(deduction()))).hasSizeLessThan(300);
  }

  @ParameterizedTest
  @MethodSource({"commands", "commandsOfEachType"})
  void a_command_cut_short_is_refused(Command command) {
    byte[] whole = encode(command);
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatIllegalArgumentException().isThrownBy(() -> WireFormat.COMMAND.decode(part));
    }
  }

  @ParameterizedTest
  @MethodSource({"outcomes", "outcomesOfEachType"})
  void an_outcome_cut_short_is_refused(Outcome outcome) {
    byte[] whole = WireFormat.OUTCOME.encode(outcome);
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatIllegalArgumentException().isThrownBy(() -> WireFormat.OUTCOME.decode(part));
    }
  }

  @ParameterizedTest
  @MethodSource({"commands", "outcomes"})
  void a_message_that_goes_on_is_refused(Object message) {
    byte[] whole =
        message instanceof Command command
            ? encode(command)
            : WireFormat.OUTCOME.encode((Outcome) message);
    byte[] longer = Arrays.copyOf(whole, whole.length + 1);
    WireFormat<?> format = message instanceof Command ? WireFormat.COMMAND : WireFormat.OUTCOME;
    assertThatIllegalArgumentException().isThrownBy(() -> format.decode(longer));
  }

  /** Some of them are another command, as a damaged number is another number. */
  @Test
  void a_damaged_command_is_refused_or_a_command() {
    var random = new Random(7);
    List<byte[]> whole = commandsOfEachType().map(WireFormatTest::encode).toList();
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = whole.get(i % whole.size()).clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      try {
        assertThat(WireFormat.COMMAND.decode(damaged).command()).isNotNull();
      } catch (IllegalArgumentException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(2_000);
  }

  @Test
  void a_message_of_another_version_is_refused() {
    byte[] command = encode(commands().findFirst().orElseThrow());
    command[0] = 9;
    assertThatThrownBy(() -> WireFormat.COMMAND.decode(command)).hasMessageContaining("version 9");
    byte[] outcome = WireFormat.OUTCOME.encode(new Outcome.InDoubt());
    outcome[0] = 9;
    assertThatThrownBy(() -> WireFormat.OUTCOME.decode(outcome)).hasMessageContaining("version 9");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 63, 64, 127, 128, Long.MAX_VALUE, Long.MIN_VALUE})
  void every_number_survives(long number) {
    var command = Command.Deduct.of(MEMBER, "k", SALE, number);
    assertThat(WireFormat.COMMAND.decode(encode(command)).command()).isEqualTo(command);
    var capture = HoldCommand.Capture.of(MEMBER, "k", SALE, 7, number, null);
    assertThat(WireFormat.COMMAND.decode(encode(capture)).command()).isEqualTo(capture);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x9b, 0x7b, 0x5b, 0xbb})
  void a_length_that_cannot_be_claims_no_memory(int kind) {
    // An array, text, bytes or a map of 2^40, of which nothing comes.
    byte[] bytes = {WIRE_VERSION, (byte) kind, 0, 0, 1, 0, 0, 0, 0, 0, 0x61};
    assertThatIllegalArgumentException().isThrownBy(() -> WireFormat.NAMES.decode(bytes));
    assertThatIllegalArgumentException().isThrownBy(() -> WireFormat.COMMAND.decode(bytes));
    assertThatIllegalArgumentException().isThrownBy(() -> WireFormat.OUTCOME.decode(bytes));
  }

  @Test
  void arrays_in_arrays_without_end_are_refused() {
    byte[] bytes = new byte[10_000];
    Arrays.fill(bytes, (byte) 0x81);
    bytes[0] = WIRE_VERSION;
    assertThatIllegalArgumentException().isThrownBy(() -> WireFormat.NAMES.decode(bytes));
  }

  @Test
  void names_arrive_as_they_were_sent() {
    List<String> names = List.of("default/M-会员", "other/7");
    assertThat(WireFormat.NAMES.decode(WireFormat.NAMES.encode(names))).isEqualTo(names);
    assertThat(WireFormat.NAMES.decode(WireFormat.NAMES.encode(List.of()))).isEmpty();
  }

  /** As in the database, which would not take it. */
  @Test
  void half_a_pair_in_a_text_is_replaced() {
    Command command = Command.Deduct.of(MEMBER, "k", Origin.office("amy", "a\ud83d"), 1);
    assertThat(WireFormat.COMMAND.decode(encode(command)).command().origin().reason())
        .isEqualTo("a\ufffd");
  }

  @Test
  void a_members_name_is_read_back() {
    assertThat(MemberName.parse(MemberName.of(MEMBER))).isEqualTo(MEMBER);
    assertThatThrownBy(() -> MemberName.parse("M-1")).hasMessageContaining("M-1");
  }

  private static byte[] encode(Command command) {
    return WireFormat.COMMAND.encode(new SentCommand(command, DEADLINE));
  }

  static Entry withDetail(Entry entry, Detail detail) {
    return new Entry(
        entry.member(),
        entry.sequence(),
        entry.kind(),
        entry.points(),
        entry.balance(),
        entry.movements(),
        entry.balances(),
        entry.request(),
        entry.origin(),
        entry.amount(),
        entry.lines(),
        entry.refersTo(),
        detail,
        entry.occurredAt(),
        entry.recordedAt());
  }

  static Entry accrual() {
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
