package points.ledger.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import points.ledger.command.Command;
import points.ledger.command.Outcome;

/** A message that is damaged, cut short or not of this version is refused. */
final class BrokenMessagesTest {

  private static final byte WIRE_VERSION = 4;

  @ParameterizedTest
  @MethodSource({
    "points.ledger.wire.WireExamples#commands",
    "points.ledger.wire.WireExamples#commandsOfEachType"
  })
  void a_command_cut_short_is_refused(Command command) {
    byte[] whole = WireExamples.encode(command);
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatIllegalArgumentException().isThrownBy(() -> WireFormat.COMMAND.decode(part));
    }
  }

  @ParameterizedTest
  @MethodSource({
    "points.ledger.wire.WireExamples#outcomes",
    "points.ledger.wire.WireExamples#outcomesOfEachType"
  })
  void an_outcome_cut_short_is_refused(Outcome outcome) {
    byte[] whole = WireFormat.OUTCOME.encode(outcome);
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatIllegalArgumentException().isThrownBy(() -> WireFormat.OUTCOME.decode(part));
    }
  }

  @ParameterizedTest
  @MethodSource({
    "points.ledger.wire.WireExamples#commands",
    "points.ledger.wire.WireExamples#outcomes"
  })
  void a_message_that_goes_on_is_refused(Object message) {
    byte[] whole =
        message instanceof Command command
            ? WireExamples.encode(command)
            : WireFormat.OUTCOME.encode((Outcome) message);
    byte[] longer = Arrays.copyOf(whole, whole.length + 1);
    WireFormat<?> format = message instanceof Command ? WireFormat.COMMAND : WireFormat.OUTCOME;
    assertThatIllegalArgumentException().isThrownBy(() -> format.decode(longer));
  }

  /** Some of them are another command, as a damaged number is another number. */
  @Test
  void a_damaged_command_is_refused_or_a_command() {
    var random = new Random(7);
    List<byte[]> whole = WireExamples.commandsOfEachType().map(WireExamples::encode).toList();
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
    byte[] command = WireExamples.encode(WireExamples.commands().findFirst().orElseThrow());
    command[0] = 9;
    assertThatThrownBy(() -> WireFormat.COMMAND.decode(command)).hasMessageContaining("version 9");
    byte[] outcome = WireFormat.OUTCOME.encode(new Outcome.InDoubt());
    outcome[0] = 9;
    assertThatThrownBy(() -> WireFormat.OUTCOME.decode(outcome)).hasMessageContaining("version 9");
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
}
