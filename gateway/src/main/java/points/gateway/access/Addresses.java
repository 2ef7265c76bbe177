package points.gateway.access;

import io.netty.util.NetUtil;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Addresses of the Internet in one form each, so that two texts of one address are equal.
 *
 * <p>{@code 2001:DB8:0:0:0:0:0:7} is {@code 2001:db8::7}, and {@code ::ffff:192.0.2.1} is {@code
 * 192.0.2.1}. Nothing is ever looked up by name.
 */
public final class Addresses {

  private static final byte[] IPV4_BEGIN = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};
  private static final int IPV6_BYTES = 16;

  /** Bytes of an IPv6 address that name a network: one customer has all addresses in it. */
  private static final int IPV6_NETWORK_BYTES = 8;

  private Addresses() {}

  /** Returns the 4 or 16 bytes of an address; null when the text is none. */
  static byte @Nullable [] parse(String text) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
    return bytes != null && isIpv4(bytes)
        ? Arrays.copyOfRange(bytes, IPV4_BEGIN.length, IPV6_BYTES)
        : bytes;
  }

  private static boolean isIpv4(byte[] bytes) {
    return bytes.length == IPV6_BYTES
        && Arrays.equals(bytes, 0, IPV4_BEGIN.length, IPV4_BEGIN, 0, IPV4_BEGIN.length);
  }

  /** Returns the address in its one form; null when the text is no address. */
  static @Nullable String normalize(String text) {
    byte[] bytes = parse(text);
    return bytes == null ? null : NetUtil.bytesToIpAddress(bytes);
  }

  /** Returns what stands for one customer: an IPv4 address, or the /64 network of an IPv6 one. */
  public static String network(String address) {
    byte[] bytes = parse(address);
    if (bytes == null || bytes.length < IPV6_BYTES) {
      return bytes == null ? address : NetUtil.bytesToIpAddress(bytes);
    }
    Arrays.fill(bytes, IPV6_NETWORK_BYTES, IPV6_BYTES, (byte) 0);
    return NetUtil.bytesToIpAddress(bytes) + "/64";
  }
}
