package points.ledger.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Writes values one after the other; small numbers take one byte. {@link Unpacker} reads them. */
final class Packer {

  private final ByteBuf out;

  Packer(int expectedBytes) {
    this.out = Unpooled.buffer(expectedBytes);
  }

  /** 0 or more takes as many bytes as it has groups of seven bits; below 0 always ten. */
  Packer number(long number) {
    long rest = number;
    while ((rest & ~0x7FL) != 0) {
      out.writeByte((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.writeByte((int) rest);
    return this;
  }

  /** Small numbers of either sign take one byte. */
  Packer signed(long number) {
    return number((number << 1) ^ (number >> 63));
  }

  Packer flag(boolean flag) {
    out.writeByte(flag ? 1 : 0);
    return this;
  }

  Packer text(@Nullable String text) {
    if (text == null) {
      return number(0);
    }
    number(ByteBufUtil.utf8Bytes(text) + 1);
    ByteBufUtil.writeUtf8(out, text);
    return this;
  }

  Packer uuid(UUID uuid) {
    out.writeLong(uuid.getMostSignificantBits());
    out.writeLong(uuid.getLeastSignificantBits());
    return this;
  }

  /** To the nanosecond. */
  Packer instant(Instant instant) {
    return signed(instant.getEpochSecond()).number(instant.getNano());
  }

  <T> Packer list(List<T> items, BiConsumer<Packer, T> write) {
    number(items.size());
    items.forEach(item -> write.accept(this, item));
    return this;
  }

  byte[] toBytes() {
    return ByteBufUtil.getBytes(out);
  }
}
