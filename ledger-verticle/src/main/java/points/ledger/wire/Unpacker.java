package points.ledger.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link Packer} wrote. Its methods throw {@link IndexOutOfBoundsException} or {@link
 * IllegalArgumentException} on bytes that it did not write.
 */
final class Unpacker {

  private final ByteBuf in;

  Unpacker(byte[] bytes) {
    this.in = Unpooled.wrappedBuffer(bytes);
  }

  long number() {
    long number = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = in.readByte();
      number |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return number;
      }
    }
    throw new IllegalArgumentException("number longer than 64 bits");
  }

  long signed() {
    long number = number();
    return (number >>> 1) ^ -(number & 1);
  }

  boolean flag() {
    return in.readByte() != 0;
  }

  /** Whether all has been read. */
  boolean isAtEnd() {
    return !in.isReadable();
  }

  @Nullable String textOrNull() {
    int length = length() - 1;
    if (length < 0) {
      return null;
    }
    return in.readCharSequence(length, StandardCharsets.UTF_8).toString();
  }

  String text() {
    String text = textOrNull();
    if (text == null) {
      throw new IllegalArgumentException("a text is missing");
    }
    return text;
  }

  UUID uuid() {
    return new UUID(in.readLong(), in.readLong());
  }

  Instant instant() {
    return Instant.ofEpochSecond(signed(), number());
  }

  <T> List<T> list(Function<Unpacker, T> read) {
    int size = length();
    var items = new ArrayList<T>(size);
    for (int i = 0; i < size; i++) {
      items.add(read.apply(this));
    }
    return items;
  }

  /** No part is longer than what is left, so that nonsense cannot claim gigabytes. */
  int length() {
    long length = number();
    if (length < 0 || length > in.readableBytes() + 1L) {
      throw new IllegalArgumentException("a part of " + length + " in " + in.readableBytes());
    }
    return (int) length;
  }
}
