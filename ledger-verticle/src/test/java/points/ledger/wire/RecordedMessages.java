package points.ledger.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import points.ledger.command.Command;
import points.ledger.command.Outcome;
import points.ledger.command.Refusal;
import points.ledger.model.Detail;
import points.ledger.model.MemberState;

/**
 * Messages as a release sent them, one a line: the format, what it is, the bytes in Base64. {@link
 * #main} records those of this one; files of earlier releases stay as they are.
 */
final class RecordedMessages {

  record Message(String kind, String name, String base64) {

    private static Message of(String kind, String name, byte[] bytes) {
      return new Message(kind, name, Base64.getEncoder().encodeToString(bytes));
    }

    byte[] bytes() {
      return Base64.getDecoder().decode(base64);
    }

    WireFormat<?> format() {
      return switch (kind) {
        case "COMMAND" -> WireFormat.COMMAND;
        case "OUTCOME" -> WireFormat.OUTCOME;
        case "NAMES" -> WireFormat.NAMES;
        case "STATE" -> WireFormat.STATE;
        default -> throw new IllegalArgumentException(kind);
      };
    }

    /** Whether states have gained or lost something since. */
    boolean isOfAnotherShape() {
      byte[] now = WireFormat.STATE.encode(MemberState.ENROLLED);
      int head = 1 + Integer.BYTES;
      return !Arrays.equals(now, 0, head, bytes(), 0, head);
    }

    @Override
    public String toString() {
      return kind + " " + name + " " + base64;
    }
  }

  private RecordedMessages() {}

  static List<Message> read(String file) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(RecordedMessages.class.getResourceAsStream(file), file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(" "))
          .map(it -> new Message(it[0], it[1], it[2]))
          .toList();
    }
  }

  /**
   * Writes messages of all types to a file.
   *
   * @param args the file, in a source directory
   */
  public static void main(String[] args) throws IOException {
    List<String> lines =
        Stream.of(commands(), outcomes(), states(), Stream.of(names()))
            .flatMap(it -> it)
            .map(Message::toString)
            .toList();
    Files.write(Path.of(args[0]), lines);
  }

  private static Stream<Message> commands() {
    Instant deadline = Instant.parse("2026-11-29T08:00:00.250Z");
    return Stream.concat(WireExamples.commands(), Samples.ofEach(Command.class, 1))
        .map(
            it ->
                Message.of(
                    "COMMAND",
                    it.getClass().getSimpleName(),
                    WireFormat.COMMAND.encode(new SentCommand(it, deadline))));
  }

  private static Stream<Message> outcomes() {
    Stream<Outcome> refused = Samples.ofEach(Refusal.class, 1).map(Outcome.Refused::new);
    Stream<Outcome> detailed =
        Samples.ofEach(Detail.class, 1)
            .map(it -> WireExamples.withDetail(WireExamples.accrual(), it))
            .map(Outcome.Accepted::new);
    return Stream.of(WireExamples.outcomes(), refused, detailed)
        .flatMap(it -> it)
        .map(
            it ->
                Message.of(
                    "OUTCOME", it.getClass().getSimpleName(), WireFormat.OUTCOME.encode(it)));
  }

  private static Stream<Message> states() {
    return Stream.iterate(0, i -> i + 1)
        .limit(5)
        .map(seed -> Samples.of(MemberState.class, seed))
        .map(it -> Message.of("STATE", "MemberState", WireFormat.STATE.encode(it)));
  }

  private static Message names() {
    return Message.of(
        "NAMES", "String", WireFormat.NAMES.encode(List.of("default/M-会员", "other/7")));
  }
}
