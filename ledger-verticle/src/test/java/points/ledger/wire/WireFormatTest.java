package points.ledger.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import points.ledger.command.Command;
import points.ledger.command.HoldCommand;
import points.ledger.command.Outcome;
import points.ledger.command.Refusal;
import points.ledger.model.Detail;
import points.ledger.model.Origin;

/** A message arrives as it was sent. */
final class WireFormatTest {

  @ParameterizedTest
  @MethodSource("points.ledger.wire.WireExamples#commands")
  void a_command_arrives_as_it_was_sent(Command command) {
    SentCommand sent = WireFormat.COMMAND.decode(WireExamples.encode(command));
    assertThat(sent.command()).isEqualTo(command);
    assertThat(sent.deadline()).isEqualTo(WireExamples.DEADLINE);
  }

  @ParameterizedTest
  @MethodSource("points.ledger.wire.WireExamples#outcomes")
  void an_outcome_arrives_as_it_was_sent(Outcome outcome) {
    assertThat(WireFormat.OUTCOME.decode(WireFormat.OUTCOME.encode(outcome))).isEqualTo(outcome);
  }

  @Test
  void every_command_arrives_as_it_was_sent() {
    Samples.ofEach(Command.class, 100)
        .forEach(
            it ->
                assertThat(WireFormat.COMMAND.decode(WireExamples.encode(it)).command())
                    .isEqualTo(it));
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
              var outcome =
                  new Outcome.Accepted(WireExamples.withDetail(WireExamples.accrual(), it));
              assertThat(WireFormat.OUTCOME.decode(WireFormat.OUTCOME.encode(outcome)))
                  .isEqualTo(outcome);
            });
  }

  @Test
  void each_type_of_a_sealed_interface_has_its_own_name() {
    for (Class<?> sealed : List.of(Command.class, Outcome.class, Refusal.class, Detail.class)) {
      assertThat(WireTypes.permitted(sealed).map(Class::getSimpleName))
          .as("simple names of " + sealed)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void every_refusal_can_be_sent() {
    assertThat(
            WireExamples.outcomes()
                .filter(Outcome.Refused.class::isInstance)
                .map(outcome -> ((Outcome.Refused) outcome).refusal().kind()))
        .containsExactlyInAnyOrder(Refusal.Kind.values());
  }

  /** More than half of it are the names of its fields. */
  @Test
  void a_sale_and_its_answer_are_small() {
    Command sale =
        Command.Accrue.of(
            WireExamples.MEMBER,
            UUID.randomUUID().toString(),
            WireExamples.SALE,
            WireExamples.PAID,
            1_000,
            List.of());
    assertThat(WireExamples.encode(sale)).hasSizeLessThan(300);
    assertThat(WireFormat.OUTCOME.encode(new Outcome.Replayed(WireExamples.deduction())))
        .hasSizeLessThan(300);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 63, 64, 127, 128, Long.MAX_VALUE, Long.MIN_VALUE})
  void every_number_survives(long number) {
    var command = Command.Deduct.of(WireExamples.MEMBER, "k", WireExamples.SALE, number);
    assertThat(WireFormat.COMMAND.decode(WireExamples.encode(command)).command())
        .isEqualTo(command);
    var capture =
        HoldCommand.Capture.of(WireExamples.MEMBER, "k", WireExamples.SALE, 7, number, null);
    assertThat(WireFormat.COMMAND.decode(WireExamples.encode(capture)).command())
        .isEqualTo(capture);
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
    Command command =
        Command.Deduct.of(WireExamples.MEMBER, "k", Origin.office("amy", "a\ud83d"), 1);
    assertThat(WireFormat.COMMAND.decode(WireExamples.encode(command)).command().origin().reason())
        .isEqualTo("a\ufffd");
  }

  @Test
  void a_members_name_is_read_back() {
    assertThat(MemberName.parse(MemberName.of(WireExamples.MEMBER))).isEqualTo(WireExamples.MEMBER);
    assertThatThrownBy(() -> MemberName.parse("M-1")).hasMessageContaining("M-1");
  }
}
