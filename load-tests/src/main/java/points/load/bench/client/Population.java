package points.load.bench.client;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Members and stores that no other run uses, and the requests about them. */
public final class Population {
  /** The price of a basket: 128.50 in a currency with two decimals. */
  private static final long BASKET = 12_850;

  /** The price of an order that earns a million points, at one for each 100. */
  private static final long LARGE_ORDER = 100_000_000;

  /** Begins all numbers of orders, so that all have 16 digits. */
  private static final long FIRST_ORDER = 1_000_000_000_000_000L;

  private static final long ORDERS_PER_STREAM = 1_000_000_000;

  private final MemberShape shape;
  private final String headers;
  private final List<String> members;
  private final List<String> stores;
  private final AtomicLong orders = new AtomicLong();
  private volatile Second second = new Second(0);

  /**
   * Requests that enrol members and give them their state.
   *
   * @param requests how many there are
   */
  public record Opening(int requests, RequestSource source) {}

  /** A second and its text, which is made once. */
  private record Second(long number, String text) {
    Second(long number) {
      this(number, Instant.ofEpochSecond(number).toString());
    }
  }

  /**
   * @param authority host and port of the gateway
   * @param apiKey the credential of every request
   * @param run the beginning of all ids, before the shape's suffix
   */
  public Population(String authority, String apiKey, String run, MemberShape shape) {
    String prefix = run + shape.suffix();
    this.shape = shape;
    this.headers = "Host: " + authority + "\r\nAuthorization: Bearer " + apiKey + "\r\n";
    this.members =
        IntStream.range(0, shape.members())
            .mapToObj(number -> "%s-m%06d".formatted(prefix, number))
            .toList();
    this.stores =
        IntStream.range(0, shape.stores())
            .mapToObj(number -> "%s-s%03d".formatted(prefix, number))
            .toList();
  }

  /** Returns the ids of all members. */
  public List<String> members() {
    return members;
  }

  /** Returns the ids of all stores. */
  public List<String> stores() {
    return stores;
  }

  Request read(int member) {
    return Request.get("/v1/members/" + members.get(member) + "/balance", headers);
  }

  Request accrual(int member, long stream) {
    long now = System.currentTimeMillis() / 1000;
    if (now != second.number()) {
      second = new Second(now);
    }
    return accrual(member, stream, second.text(), BASKET);
  }

  private Request accrual(int member, long stream, String at, long amount) {
    return post(
        "/v1/accruals",
        member,
        order(stream) + ",\"occurredAt\":\"" + at + "\",\"amount\":" + amount,
        "");
  }

  Request deduction(int member, long stream, int points) {
    return post(
        "/v1/deductions",
        member,
        order(stream) + ",\"points\":" + points + ",\"reason\":\"points used\"",
        "insufficient_points");
  }

  /** Returns the openings of all members, to be sent one after the other. */
  public List<Opening> openings() {
    Instant today = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    int lots = shape.lots();
    List<Opening> openings = new ArrayList<>();
    // An accrual on each of as many days as a member has lots, counted back from today.
    openings.add(
        opening(
            lots * members.size(),
            (number, stream) -> {
              Instant day = today.minus(Duration.ofDays(number % lots));
              return accrual(number / lots, stream, day.toString(), LARGE_ORDER);
            }));
    if (shape.hasMoreThanPoints()) {
      openings.add(
          of(
              "/v1/stored-value/top-ups",
              true,
              ",\"occurredAt\":\"" + today + "\",\"amount\":50000"));
      // By hand, so that the program needs no rule for it.
      openings.add(
          of(
              "/v1/adjustments",
              false,
              "\"currency\":\"growth\",\"points\":1000,\"operator\":\"bench\",\"reason\":\"begins"
                  + " with it\""));
      // For longer than any run takes.
      openings.add(of("/v1/holds", true, ",\"points\":100,\"ttlSeconds\":604800"));
    }
    return openings;
  }

  private Opening of(String target, boolean ofOrder, String fields) {
    return opening(
        members.size(),
        (member, stream) -> post(target, member, (ofOrder ? order(stream) : "") + fields, ""));
  }

  private interface Numbered {
    Request request(int number, long stream);
  }

  private static Opening opening(int requests, Numbered numbered) {
    AtomicInteger next = new AtomicInteger();
    return new Opening(
        requests,
        stream -> {
          int number = next.getAndIncrement();
          return number < requests ? numbered.request(number, stream) : null;
        });
  }

  /** Orders ascend in each connection as at a till. */
  private String order(long stream) {
    String store = stores.get(ThreadLocalRandom.current().nextInt(stores.size()));
    long number = FIRST_ORDER + stream * ORDERS_PER_STREAM + orders.getAndIncrement();
    return "\"storeId\":\"" + store + "\",\"orderId\":\"" + number + "\"";
  }

  /** Keys are random as a till's would be. */
  private Request post(String target, int member, String fields, String refusal) {
    String key = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    String json = "{\"memberId\":\"" + members.get(member) + "\"," + fields + "}";
    return Request.post(target, headers + "Idempotency-Key: " + key + "\r\n", json, refusal);
  }
}
