package points.cluster.bus;

import io.netty.util.concurrent.FastThreadLocal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.ReplyException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * A message authentication code (HMAC-SHA-256) over a whole message of the bus.
 *
 * <p>It covers the address, the reply address, the sender, the message's running number among that
 * sender's, and the body. So nothing of it can be changed, and it cannot be sent to another
 * address.
 */
final class Seal {

  /** The only header of a sealed message. */
  static final String HEADER = "seal";

  private static final int MAC_BYTES = 32;
  private static final byte NULL = 0;
  private static final byte LONG = 6;
  private static final byte STRING = 9;
  private static final byte BUFFER = 11;
  private static final byte FAILURE = 15;

  private final Macs macs;

  Seal(SecretKey key) {
    this.macs = new Macs(key);
  }

  /** A MAC for each thread, made once: to make one costs more than to use it. */
  private static final class Macs extends FastThreadLocal<Mac> {
    private final SecretKey key;

    Macs(SecretKey key) {
      this.key = key;
    }

    @Override
    protected Mac initialValue() throws GeneralSecurityException {
      Mac mac = Mac.getInstance(key.getAlgorithm());
      mac.init(key);
      return mac;
    }
  }

  /**
   * The addresses of a message: of its receiver, of its answer, of its sender.
   *
   * @param isSend to one; else to all who listen
   * @param replyAddress where its answer goes; empty when none is wanted
   */
  record Envelope(boolean isSend, String address, String replyAddress, String sender) {}

  /** A body as the bus writes it. */
  static final class Body {
    private final byte codec;
    private final byte[] bytes;

    /**
     * @param codec the bus's own number for its type
     * @param bytes handed over, not copied
     */
    Body(byte codec, byte[] bytes) {
      this.codec = codec;
      this.bytes = bytes;
    }

    boolean isEmpty() {
      return bytes.length == 0;
    }

    /**
     * @throws IllegalArgumentException for a type that nodes do not send each other
     */
    static Body of(@Nullable Object value) {
      if (value == null) {
        return new Body(NULL, new byte[0]);
      } else if (value instanceof Buffer buffer) {
        return new Body(BUFFER, lengthAndBytes(buffer.getBytes()));
      } else if (value instanceof String text) {
        return new Body(STRING, lengthAndBytes(text.getBytes(StandardCharsets.UTF_8)));
      } else if (value instanceof Long number) {
        return new Body(LONG, ByteBuffer.allocate(Long.BYTES).putLong(number).array());
      } else if (value instanceof ReplyException failure) {
        return new Body(FAILURE, bytesOf(failure));
      }
      throw new IllegalArgumentException("nodes do not send each other a " + value.getClass());
    }

    private static byte[] lengthAndBytes(byte[] bytes) {
      return ByteBuffer.allocate(Integer.BYTES + bytes.length)
          .putInt(bytes.length)
          .put(bytes)
          .array();
    }

    private static byte[] bytesOf(ReplyException failure) {
      String message = failure.getMessage();
      byte[] text =
          message == null ? new byte[0] : lengthAndBytes(message.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.allocate(Byte.BYTES + Integer.BYTES + Byte.BYTES + text.length)
          .put((byte) failure.failureType().toInt())
          .putInt(failure.failureCode())
          .put((byte) (message == null ? 0 : 1))
          .put(text)
          .array();
    }
  }

  /** The value of the header of a message. */
  String seal(long number, Envelope envelope, Body body) {
    byte[] mac = mac(number, envelope, body);
    byte[] seal = ByteBuffer.allocate(Long.BYTES + MAC_BYTES).putLong(number).put(mac).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(seal);
  }

  /**
   * The number of a message that was sealed by this secret.
   *
   * @return negative when it was not
   */
  long open(String seal, Envelope envelope, Body body) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(seal);
    } catch (IllegalArgumentException e) {
      return -1;
    }
    if (bytes.length != Long.BYTES + MAC_BYTES) {
      return -1;
    }
    long number = ByteBuffer.wrap(bytes).getLong();
    byte[] given = Arrays.copyOfRange(bytes, Long.BYTES, bytes.length);
    return MessageDigest.isEqual(given, mac(number, envelope, body)) ? number : -1;
  }

  private byte[] mac(long number, Envelope envelope, Body body) {
    Mac mac = macs.get();
    mac.update(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    mac.update((byte) (envelope.isSend() ? 1 : 0));
    update(mac, envelope.address());
    update(mac, envelope.replyAddress());
    update(mac, envelope.sender());
    mac.update(body.codec);
    return mac.doFinal(body.bytes);
  }

  /** With its length, so that nothing can be moved from one part to the next. */
  private static void update(Mac mac, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    mac.update(bytes);
  }
}
