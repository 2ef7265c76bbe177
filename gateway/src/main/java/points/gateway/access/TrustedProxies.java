package points.gateway.access;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

  private static final String FOR = "X-Forwarded-For";
  private static final String HOST = "X-Forwarded-Host";
  private static final int ADDRESSES_MAX = 32;

  /** A range of addresses: those whose first bits are the same. */
  private static final class Range {

    private final byte[] first;
    private final int bits;

    Range(byte[] first, int bits) {
      this.first = first;
      this.bits = bits;
    }

    boolean contains(byte[] other) {
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
    byte[] address = Addresses.parse(parts[0]);
    if (address == null || parts.length > 2) {
      throw new IllegalArgumentException("neither an address nor a range: " + text);
    }
    int all = address.length * 8;
    int bits = parts.length == 1 ? all : Integer.parseInt(parts[1]);
    if (bits < 0 || bits > all) {
      throw new IllegalArgumentException("no range has so many bits: " + text);
    }
    return new Range(address, bits);
  }

  /**
   * Returns the address from which a request came, in its one form; null when its connection has
   * none.
   */
  public @Nullable String clientOf(HttpServerRequest request) {
    String peer = peerOf(request);
    if (ranges.isEmpty() || peer == null) {
      return peer;
    }
    return clientOf(peer, String.join(",", request.headers().getAll(FOR)));
  }

  private static @Nullable String peerOf(HttpServerRequest request) {
    String peer = request.remoteAddress() == null ? null : request.remoteAddress().hostAddress();
    return peer == null ? null : Addresses.normalize(peer);
  }

  /** Returns the address from which a request of this connection and header came. */
  String clientOf(String peer, String forwarded) {
    List<String> hops = forwarded.isBlank() ? List.of() : Arrays.asList(forwarded.split(",", -1));
    String client = peer;
    for (int i = hops.size() - 1; i >= 0 && hops.size() - i <= ADDRESSES_MAX; i--) {
      if (!isTrusted(client)) {
        return client;
      }
      String before = Addresses.normalize(hops.get(i).strip());
      if (before == null) {
        return client; // a trusted proxy wrote it, but it is no address
      }
      client = before;
    }
    return client;
  }

  /**
   * Returns the host, with its port, by which the caller reached us.
   *
   * <p>It is that of {@code X-Forwarded-Host} when a trusted proxy sent the request, else that of
   * {@code Host}. Of several values, the proxy wrote the last.
   */
  public @Nullable String hostOf(HttpServerRequest request) {
    String host = request.getHeader(HttpHeaders.HOST);
    String forwarded = String.join(",", request.headers().getAll(HOST));
    String peer = peerOf(request);
    return forwarded.isBlank() || peer == null || !isTrusted(peer)
        ? host
        : forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
  }

  private boolean isTrusted(String address) {
    byte[] parsed = Addresses.parse(address);
    return parsed != null && ranges.stream().anyMatch(it -> it.contains(parsed));
  }
}
