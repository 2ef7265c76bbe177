package points.ledger.wire;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.util.List;
import java.util.stream.Stream;
import points.ledger.command.Command;
import points.ledger.command.Outcome;
import points.ledger.command.Refusal;
import points.ledger.model.Detail;
import points.ledger.model.MemberState;

/**
 * The bytes of one kind of message between nodes: a version, then CBOR.
 *
 * <p>The CBOR follows from the records of the domain by the rules of {@link WireTypes}.
 *
 * <p>Nodes of two releases talk to each other during an upgrade. The version stays the same while
 * commands, refusals and fields are only added, for each kind of message says what a node does with
 * those that it does not know. It goes up when a field changes its meaning: then nodes of both
 * releases refuse each other's messages.
 *
 * @param <T> the messages
 */
public final class WireFormat<T> {

  /** Once messages were packed by hand; those had 1 to 3. */
  private static final byte VERSION = 4;

  /**
   * Commands on their way to the node that decides on their member. A command is understood as a
   * whole or not at all: a field that the receiver does not know may be about money. The sender
   * decides such a command itself.
   */
  public static final WireFormat<SentCommand> COMMAND =
      new WireFormat<>(WireMapper.NAMED, SentCommand.class, true);

  /**
   * The outcome of a command, on its way back. The command is done, so a field that the receiver
   * does not know is skipped.
   */
  public static final WireFormat<Outcome> OUTCOME =
      new WireFormat<>(WireMapper.NAMED, Outcome.class, false);

  /** Names of members, as one node asks another for their leases. */
  public static final WireFormat<List<String>> NAMES =
      new WireFormat<>(
          WireMapper.NAMED,
          WireMapper.NAMED.getTypeFactory().constructCollectionType(List.class, String.class),
          new byte[] {VERSION},
          false);

  /**
   * States in the cluster's cache. Without the names of their fields, because the cache holds very
   * many; so a node reads only states of the shape that its own have, and else PostgreSQL.
   */
  public static final WireFormat<MemberState> STATE =
      new WireFormat<>(
          WireMapper.POSITIONAL,
          WireMapper.POSITIONAL.constructType(MemberState.class),
          ByteBuffer.allocate(1 + Integer.BYTES)
              .put(VERSION)
              .putInt(RecordShape.of(MemberState.class).hashCode())
              .array(),
          true);

  private final byte[] head;
  private final ObjectWriter writer;
  private final ObjectReader reader;

  private WireFormat(ObjectMapper mapper, Class<T> type, boolean whole) {
    this(mapper, mapper.constructType(type), new byte[] {VERSION}, whole);
  }

  /**
   * @param whole whether a message with an unknown field is refused; else that field is skipped
   */
  private WireFormat(ObjectMapper mapper, JavaType type, byte[] head, boolean whole) {
    this.head = head;
    this.writer = mapper.writerFor(type);
    ObjectReader any = mapper.readerFor(type);
    this.reader =
        whole
            ? any.with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            : any.without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  }

  /**
   * Has Jackson look at the records of all messages. That takes some tenths of a second, for which
   * the first message, and with it an event loop, would wait.
   */
  public static void load() {
    Stream.of(Command.class, Outcome.class, Refusal.class, Detail.class)
        .flatMap(WireTypes::permitted)
        .forEach(
            type -> {
              WireMapper.NAMED.writerFor(type);
              WireMapper.NAMED.readerFor(type);
            });
  }

  public byte[] encode(T message) {
    var out = new ByteArrayOutputStream(512);
    out.writeBytes(head);
    try {
      writer.writeValue(out, message);
    } catch (IOException e) {
      throw new IllegalStateException("a message that cannot be sent: " + message.getClass(), e);
    }
    return out.toByteArray();
  }

  /**
   * Reads back what {@link #encode} wrote, on this node or another.
   *
   * @throws IllegalArgumentException if this node does not know such a message, or it is damaged
   */
  public T decode(byte[] bytes) {
    requireHead(bytes);
    try {
      T message = reader.readValue(bytes, head.length, bytes.length - head.length);
      if (message == null) {
        throw new IllegalArgumentException("an empty message");
      }
      return message;
    } catch (JacksonException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    } catch (IOException | DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private void requireHead(byte[] bytes) {
    if (bytes.length <= head.length) {
      throw new IllegalArgumentException("a message of " + bytes.length + " bytes");
    }
    if (bytes[0] != VERSION) {
      throw new IllegalArgumentException("version " + bytes[0] + ", this node knows " + VERSION);
    }
    for (int i = 1; i < head.length; i++) {
      if (bytes[i] != head[i]) {
        throw new IllegalArgumentException("of another shape than this node's");
      }
    }
  }
}
