package points.load.bench.client;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Members and stores that no other run uses, and the requests about them. */
public final class Population {
  /** The price of a basket: 128.50 in a currency with two decimals. */
  private static final long BASKET = 12_850;

  /** The number of products of which baskets are made. */
  public static final int PRODUCTS = 10_000;

  private static final int LINES = 4;

  /** The price of an order that earns a million points, at one for each 100. */
  private static final long LARGE_ORDER = 100_000_000;

  /** Begins all numbers of orders, so that all have 16 digits. */
  private static final long FIRST_ORDER = 1_000_000_000_000_000L;

  private static final long ORDERS_PER_CONNECTION = 1_000_000_000;

  private final MemberShape shape;
  private final String headers;
  private final List<String> members;
  private final List<String> stores;
  private final AtomicLong orders = new AtomicLong();
  private volatile Second second = new Second(0, "");

  /** So many requests that enrol members and give them their state. */
  public record Opening(int requests, RequestSource source) {}

  /** A second and its text, which is made once. */
  private record Second(long number, String text) {}

  private interface Numbered {
    Request request(int number, long connection);
  }

  /**
   * @param authority host and port of the gateway
   * @param run the beginning of all ids, before the shape's suffix
   */
  public Population(String authority, String apiKey, String run, MemberShape shape) {
    this.shape = shape;
    headers = "Host: " + authority + "\r\nAuthorization: Bearer " + apiKey + "\r\n";
    members = ids(run + shape.suffix() + "-m%06d", shape.members());
    stores = ids(run + shape.suffix() + "-s%03d", shape.stores());
  }

  private static List<String> ids(String format, int count) {
    return IntStream.range(0, count).mapToObj(format::formatted).toList();
  }

  public List<String> members() {
    return members;
  }

  public List<String> stores() {
    return stores;
  }

  Request read(int member) {
    String line = "GET /v1/members/" + members.get(member) + "/balance HTTP/1.1\r\n";
    return new Request(line + headers + "\r\n", 200, "");
  }

  Request accrual(int member, long connection) {
    long now = System.currentTimeMillis() / 1000;
    if (now != second.number()) {
      second = new Second(now, Instant.ofEpochSecond(now).toString());
    }
    return accrual(member, connection, second.text(), BASKET);
  }

  private Request accrual(int member, long connection, String at, long amount) {
    String fields = ",\"occurredAt\":\"" + at + "\",\"amount\":" + amount;
    return post("/v1/accruals", member, order(connection) + fields, "");
  }

  /**
   * Returns orders of four lines, about members chosen evenly, without an end.
   *
   * @param at the time at which they were paid; now when it is empty
   */
  public RequestSource baskets(Optional<Instant> at) {
    return connection -> {
      Instant paid = at.orElseGet(() -> Instant.now().truncatedTo(ChronoUnit.SECONDS));
      int member = ThreadLocalRandom.current().nextInt(members.size());
      return basket(member, connection, paid.toString());
    };
  }

  private Request basket(int member, long connection, String at) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    StringBuilder lines = new StringBuilder();
    for (int i = 1; i <= LINES; i++) {
      lines
          .append(i == 1 ? "" : ",")
          .append("{\"lineId\":\"")
          .append(i)
          .append("\",\"productId\":\"")
          .append(product(random.nextInt(PRODUCTS)))
          .append("\",\"quantity\":1,\"amount\":")
          .append(BASKET)
          .append('}');
    }
    String fields =
        ",\"occurredAt\":\"%s\",\"amount\":%d,\"lines\":[%s]".formatted(at, LINES * BASKET, lines);
    return post("/v1/accruals", member, order(connection) + fields, "");
  }

  /** Returns the id of a product of baskets. */
  public static String product(int number) {
    return "P%05d".formatted(number);
  }

  Request deduction(int member, long connection, int points) {
    String fields = ",\"points\":" + points + ",\"reason\":\"points used\"";
    return post("/v1/deductions", member, order(connection) + fields, "insufficient_points");
  }

  /** Returns the openings of all members, to be sent one after the other. */
  public List<Opening> openings() {
    Instant today = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    int lots = shape.lots();
    // An accrual on each of as many days as a member has lots, counted back from today.
    Numbered accruals =
        (number, connection) -> {
          Instant day = today.minus(Duration.ofDays(number % lots));
          return accrual(number / lots, connection, day.toString(), LARGE_ORDER);
        };
    List<Opening> openings = new ArrayList<>(List.of(opening(lots * members.size(), accruals)));
    if (shape.hasMoreThanPoints()) {
      String paid = ",\"occurredAt\":\"" + today + "\",\"amount\":50000";
      openings.add(ofEach((it, c) -> post("/v1/stored-value/top-ups", it, order(c) + paid, "")));
      // By hand, so that the program needs no rule for it.
      String growth =
          """
          "currency":"growth","points":1000,"operator":"bench","reason":"begins with it"\
          """;
      openings.add(ofEach((it, c) -> post("/v1/adjustments", it, growth, "")));
      String week = ",\"points\":100,\"ttlSeconds\":604800"; // longer than any run takes
      openings.add(ofEach((it, c) -> post("/v1/holds", it, order(c) + week, "")));
    }
    return openings;
  }

  private Opening ofEach(Numbered numbered) {
    return opening(members.size(), numbered);
  }

  private static Opening opening(int requests, Numbered numbered) {
    AtomicInteger next = new AtomicInteger();
    return new Opening(
        requests,
        connection -> {
          int number = next.getAndIncrement();
          return number < requests ? numbered.request(number, connection) : null;
        });
  }

  /** Orders ascend in each connection as at a till. */
  private String order(long connection) {
    String store = stores.get(ThreadLocalRandom.current().nextInt(stores.size()));
    long number = FIRST_ORDER + connection * ORDERS_PER_CONNECTION + orders.getAndIncrement();
    return "\"storeId\":\"" + store + "\",\"orderId\":\"" + number + "\"";
  }

  /** Keys are random as a till's would be. */
  private Request post(String target, int member, String fields, String refusal) {
    String key = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    String json = "{\"memberId\":\"" + members.get(member) + "\"," + fields + "}";
    String line = "POST " + target + " HTTP/1.1\r\n" + headers + "Idempotency-Key: " + key;
    String length = "\r\nContent-Type: application/json\r\nContent-Length: " + json.length();
    return new Request(line + length + "\r\n\r\n" + json, 201, refusal);
  }
}
