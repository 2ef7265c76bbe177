package points.cluster.bus;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A message as the event bus of Vert.x writes it to a connection.
 *
 * @param isPing asks for a sign of life and says nothing else
 * @param seal the value of its only header; empty when it has none
 */
record Frame(boolean isPing, Seal.Envelope envelope, String seal, Seal.Body body) {

  /** More than the lease names of the largest batch, which are the largest that nodes send. */
  static final int BYTES_MAX = 1 << 20;

  private static final byte WIRE_VERSION = 2;
  private static final byte PING = 1;
  private static final int TEXT_MAX = 1_024;

  /**
   * Reads a frame.
   *
   * @param bytes with its length in front; stays as it is
   * @throws MalformedException when it is none that a node sends
   */
  static Frame read(ByteBuf bytes) throws MalformedException {
    ByteBuf in = bytes.duplicate();
    try {
      in.skipBytes(Integer.BYTES);
      if (in.readByte() > WIRE_VERSION) {
        throw new MalformedException();
      }
      byte codec = in.readByte();
      boolean isSend = in.readByte() == 0;
      var envelope = new Seal.Envelope(isSend, text(in), text(in), text(in));
      String seal = seal(in);
      var body = new Seal.Body(codec, ByteBufUtil.getBytes(in));
      boolean isPing = codec == PING && seal.isEmpty() && body.isEmpty();
      return new Frame(isPing, envelope, seal, body);
    } catch (IndexOutOfBoundsException | CharacterCodingException e) {
      throw new MalformedException();
    }
  }

  private static String text(ByteBuf in) throws MalformedException, CharacterCodingException {
    int length = in.readInt();
    if (length < 0 || length > TEXT_MAX) {
      throw new MalformedException();
    }
    byte[] bytes = new byte[length];
    in.readBytes(bytes);
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  /** The headers: their length with itself, then how many, then names and values. */
  private static String seal(ByteBuf in) throws MalformedException, CharacterCodingException {
    int begin = in.readerIndex();
    int length = in.readInt();
    if (length == Integer.BYTES) {
      return "";
    }
    if (in.readInt() != 1 || !text(in).equals(Seal.HEADER)) {
      throw new MalformedException();
    }
    String seal = text(in);
    if (in.readerIndex() - begin != length) {
      throw new MalformedException();
    }
    return seal;
  }

  /** It is no frame that a node sends. */
  static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1;

    MalformedException() {
      super("not a frame of the event bus", null, false, false);
    }
  }
}
