package points.ledger.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import points.ledger.command.Command;
import points.ledger.command.OrderCommand.Refund;
import points.ledger.command.OrderCommand.RefundedLine;
import points.ledger.command.Outcome;
import points.ledger.command.Refusal;
import points.ledger.model.Detail;
import points.ledger.model.Entry;
import points.ledger.model.Line;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;

/** What nodes of the release before, and of the one after, send and understand. */
final class OtherReleasesTest {

  private static final CBORMapper CBOR = new CBORMapper();
  private static final MemberKey MEMBER = new MemberKey("default", "M-1");
  private static final Instant DEADLINE = Instant.parse("2026-06-18T12:30:05.250Z");
  private static final SentCommand REFUND =
      new SentCommand(
          Refund.of(
              MEMBER,
              "k",
              Origin.sale("S-1", "T-1", "O-1"),
              "R-1",
              List.of(new RefundedLine("1", 3L)),
              null),
          DEADLINE);

  @Test
  void fields_of_a_later_release_beside_a_command_are_skipped() throws IOException {
    JsonNode message = tree(WireFormat.COMMAND, WireFormat.COMMAND.encode(REFUND));
    addTo(message);
    assertThat(WireFormat.COMMAND.decode(bytes(message))).isEqualTo(REFUND);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/command", "/command/origin", "/command/lines/0"})
  void a_command_with_a_field_that_is_not_known_is_not_taken(String place) throws IOException {
    JsonNode message = tree(WireFormat.COMMAND, WireFormat.COMMAND.encode(REFUND));
    addTo(message.at(place));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WireFormat.COMMAND.decode(bytes(message)))
        .withMessageContaining("addedLater");
  }

  @Test
  void a_command_that_is_not_known_is_not_taken() throws IOException {
    JsonNode message = tree(WireFormat.COMMAND, WireFormat.COMMAND.encode(REFUND));
    ((ObjectNode) message.at("/command")).put("@", "Teleport");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WireFormat.COMMAND.decode(bytes(message)))
        .withMessageContaining("Teleport");
  }

  @ParameterizedTest
  @ValueSource(strings = {"@", "member", "request", "origin", "refundId"})
  void a_command_that_lacks_a_field_is_not_taken(String field) throws IOException {
    JsonNode message = tree(WireFormat.COMMAND, WireFormat.COMMAND.encode(REFUND));
    ((ObjectNode) message.at("/command")).remove(field);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WireFormat.COMMAND.decode(bytes(message)));
    ((ObjectNode) message.at("/command")).putNull(field);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WireFormat.COMMAND.decode(bytes(message)));
  }

  @Test
  void a_field_that_is_not_sent_is_null_or_zero_or_empty() throws IOException {
    var bare = (Refund) REFUND.command();
    JsonNode message = tree(WireFormat.COMMAND, WireFormat.COMMAND.encode(REFUND));
    ((ObjectNode) message.at("/command")).remove("lines");
    ((ObjectNode) message.at("/command/origin")).remove("terminalId");
    var decoded = (Refund) WireFormat.COMMAND.decode(bytes(message)).command();
    assertThat(decoded.lines()).isEmpty();
    assertThat(decoded.origin().terminalId()).isNull();
    assertThat(decoded.origin().metadata()).isEmpty();
    assertThat(decoded.refundId()).isEqualTo(bare.refundId());
    JsonNode accrual =
        tree(
            WireFormat.COMMAND,
            WireFormat.COMMAND.encode(
                new SentCommand(
                    Command.Accrue.of(
                        MEMBER, "k", Origin.sale("S", null, "O"), DEADLINE, 0, List.of()),
                    DEADLINE)));
    assertThat(accrual.at("/command").has("amount")).isFalse();
    assertThat(((Command.Accrue) WireFormat.COMMAND.decode(bytes(accrual)).command()).amount())
        .isZero();
  }

  /** Such an order goes to nodes of the release before. */
  @Test
  void an_order_of_which_nothing_is_set_up_is_sent_as_before() throws IOException {
    Command.Accrue order =
        Command.Accrue.of(
            MEMBER,
            "k",
            Origin.sale("S", null, "O"),
            DEADLINE,
            100,
            List.of(new Line("1", "x", null, 1, 100)));
    JsonNode message =
        tree(WireFormat.COMMAND, WireFormat.COMMAND.encode(new SentCommand(order, DEADLINE)));
    assertThat(message.at("/command").has("store")).isFalse();
    assertThat(message.at("/command/lines/0").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("lineId", "productId", "quantity", "amount");
    assertThat(WireFormat.COMMAND.decode(bytes(message)).command()).isEqualTo(order);
  }

  @Test
  void an_outcome_with_a_field_that_is_not_known_is_understood() throws IOException {
    var outcome = new Outcome.Accepted(entryWith(Detail.Refunded.class));
    JsonNode message = tree(WireFormat.OUTCOME, WireFormat.OUTCOME.encode(outcome));
    addTo(message);
    addTo(message.at("/entry"));
    addTo(message.at("/entry/detail"));
    assertThat(WireFormat.OUTCOME.decode(bytes(message))).isEqualTo(outcome);
  }

  @Test
  void an_outcome_that_is_not_known_is_refused() throws IOException {
    JsonNode message =
        tree(
            WireFormat.OUTCOME,
            WireFormat.OUTCOME.encode(new Outcome.Refused(new Refusal.HoldNotFound())));
    ((ObjectNode) message.at("/refusal")).put("@", "TooEarly");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WireFormat.OUTCOME.decode(bytes(message)));
    JsonNode other =
        tree(
            WireFormat.OUTCOME,
            WireFormat.OUTCOME.encode(new Outcome.NotApplied(Outcome.Cause.STOPPING)));
    ((ObjectNode) other).put("cause", "TIRED");
    assertThatIllegalArgumentException().isThrownBy(() -> WireFormat.OUTCOME.decode(bytes(other)));
  }

  /**
   * Fields that came later are not sent while they are empty, so they are sent again as they were.
   */
  @Test
  void messages_of_earlier_releases_are_understood() throws IOException {
    for (RecordedMessages.Message it : RecordedMessages.read("messages-1.txt")) {
      WireFormat<?> format = it.format();
      if (format == WireFormat.STATE && it.isOfAnotherShape()) {
        assertThatIllegalArgumentException().isThrownBy(() -> format.decode(it.bytes()));
      } else {
        assertThat(tree(format, again(format, it.bytes())))
            .as(it.name())
            .isEqualTo(tree(format, it.bytes()));
      }
    }
  }

  @Test
  void a_message_of_every_kind_is_recorded() throws IOException {
    assertThat(RecordedMessages.read("messages-1.txt"))
        .extracting(it -> (Object) it.format())
        .contains(WireFormat.COMMAND, WireFormat.OUTCOME, WireFormat.NAMES, WireFormat.STATE);
  }

  /** They were packed by hand then: the sender decides, and states come from PostgreSQL. */
  @Test
  void messages_before_version_4_are_refused() throws IOException {
    assertThat(RecordedMessages.read("messages-0.txt"))
        .isNotEmpty()
        .allSatisfy(
            it ->
                assertThatIllegalArgumentException()
                    .isThrownBy(() -> it.format().decode(it.bytes()))
                    .withMessageContaining("this node knows 4"));
  }

  private static <T> byte[] again(WireFormat<T> format, byte[] bytes) {
    return format.encode(format.decode(bytes));
  }

  private static Entry entryWith(Class<? extends Detail> detail) {
    return IntStream.range(0, 1_000)
        .mapToObj(seed -> Samples.of(Outcome.Accepted.class, seed).entry())
        .filter(it -> detail.isInstance(it.detail()))
        .findFirst()
        .orElseThrow();
  }

  private static void addTo(JsonNode node) {
    ((ObjectNode) node).put("addedLater", 5).putArray("andThis").addObject().put("of", "it");
  }

  private static JsonNode tree(WireFormat<?> format, byte[] message) throws IOException {
    int head = format == WireFormat.STATE ? 1 + Integer.BYTES : 1;
    return Objects.requireNonNull(CBOR.readTree(Arrays.copyOfRange(message, head, message.length)));
  }

  private static byte[] bytes(JsonNode message) throws IOException {
    var out = new ByteArrayOutputStream();
    out.write(4);
    out.write(CBOR.writeValueAsBytes(message));
    return out.toByteArray();
  }
}
