package points.gateway.access;

import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The proxies that say truly from which address a request came.
 *
 * <p>The header {@code X-Forwarded-For} lists addresses, each added by the proxy behind it. It is
 * read from its end for as long as a trusted proxy wrote it: with 10.0.0.0/8 trusted, a request
 * from 10.0.0.5 with {@code 1.2.3.4, 192.0.2.7, 10.0.0.9} came from 192.0.2.7. The caller itself
 * may have written the part before that.
 */
public final class TrustedProxies {

  /** No proxy: the address is that of the connection. */
  public static final TrustedProxies NONE = new TrustedProxies(List.of());

  private static final String HEADER = "X-Forwarded-For";
  private static final int ADDRESSES_MAX = 32;

  /** Addresses only, so that nothing is ever looked up by name. */
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]{7,15}|[0-9a-fA-F:.]{2,45}");

  /** A range of addresses: those whose first bits are the same. */
  private record Range(InetAddress address, int bits) {

    boolean contains(InetAddress address) {
      byte[] first = this.address.getAddress();
      byte[] other = address.getAddress();
      if (other.length != first.length) {
        return false;
      }
      for (int i = 0; i < bits; i++) {
        int mask = 0x80 >> (i % 8);
        if ((first[i / 8] & mask) != (other[i / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }

  private final List<Range> ranges;

  private TrustedProxies(List<Range> ranges) {
    this.ranges = List.copyOf(ranges);
  }

  /**
   * Reads a list of addresses and ranges, such as {@code 10.0.0.0/8,192.0.2.1}.
   *
   * @throws IllegalArgumentException if one of them is neither
   */
  public static TrustedProxies of(String text) {
    var ranges = new ArrayList<Range>();
    for (String one : text.split(",", -1)) {
      ranges.add(range(one.strip()));
    }
    return new TrustedProxies(ranges);
  }

  private static Range range(String text) {
    String[] parts = text.split("/", -1);
    InetAddress address = parse(parts[0]);
    if (address == null || parts.length > 2) {
      throw new IllegalArgumentException("neither an address nor a range: " + text);
    }
    int all = address.getAddress().length * 8;
    int bits = parts.length == 1 ? all : Integer.parseInt(parts[1]);
    if (bits < 0 || bits > all) {
      throw new IllegalArgumentException("no range has so many bits: " + text);
    }
    return new Range(address, bits);
  }

  private static @Nullable InetAddress parse(String address) {
    try {
      return ADDRESS.matcher(address).matches() ? InetAddress.getByName(address) : null;
    } catch (UnknownHostException e) {
      return null;
    }
  }

  /** Returns the address from which a request came; null when its connection has none. */
  public @Nullable String clientOf(HttpServerRequest request) {
    String peer = request.remoteAddress() == null ? null : request.remoteAddress().hostAddress();
    if (ranges.isEmpty() || peer == null) {
      return peer;
    }
    String forwarded = String.join(",", request.headers().getAll(HEADER));
    return clientOf(peer, forwarded);
  }

  /** Returns the address from which a request of this connection and header came. */
  String clientOf(String peer, String forwarded) {
    List<String> hops = forwarded.isBlank() ? List.of() : Arrays.asList(forwarded.split(",", -1));
    String client = peer;
    for (int i = hops.size() - 1; i >= 0 && hops.size() - i <= ADDRESSES_MAX; i--) {
      if (!isTrusted(client)) {
        return client;
      }
      String before = hops.get(i).strip();
      if (parse(before) == null) {
        return client; // a trusted proxy wrote it, but it is no address
      }
      client = before;
    }
    return client;
  }

  private boolean isTrusted(String address) {
    InetAddress parsed = parse(address);
    return parsed != null && ranges.stream().anyMatch(it -> it.contains(parsed));
  }
}
