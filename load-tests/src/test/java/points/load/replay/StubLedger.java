package points.load.replay;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import points.load.http.Fields;
import points.load.model.Lot;
import points.load.replay.program.EarningRule;
import points.load.replay.program.Program;

/** One member of the {@link StubGateway}. */
final class StubLedger {
  private static final Instant NEVER = Instant.MAX;

  private final String memberId;
  private final List<JsonObject> entries = new ArrayList<>();
  private final TreeMap<Instant, Long> lots = new TreeMap<>();
  private long earned;

  StubLedger(String memberId) {
    this.memberId = memberId;
  }

  JsonObject accrue(JsonObject body, JsonObject programJson) {
    Program program = Program.read(new Fields(programJson));
    long points = program.earning().pointsFor(body.getLong("amount"));
    Instant soldAt = OffsetDateTime.parse(body.getString("occurredAt")).toInstant();
    Optional<Instant> expiry = program.validity().expiresAt(soldAt, program.zone());
    earned += points;
    JsonArray made = new JsonArray();
    if (points > 0) {
      lots.merge(expiry.orElse(NEVER), points, Math::addExact);
      made.add(lot(expiry, points));
    }
    int sequence = entries.size() + 1;
    JsonObject entry =
        body.copy()
            .put("transactionId", memberId + "-" + sequence)
            .put("sequence", sequence)
            .put("kind", "accrual")
            .put("points", points)
            .put("balance", total())
            .put("recordedAt", Instant.now().toString())
            .put("lots", made)
            .put("lines", shared(body.getJsonArray("lines"), points, program.earning()));
    entries.add(0, entry);
    return entry;
  }

  /** By lines, by an amount or whole; due is what the parts until now make, less those before. */
  JsonObject refund(JsonObject body, LongUnaryOperator points) {
    JsonObject sale =
        entries.stream()
            .filter(it -> it.getString("kind").equals("accrual"))
            .filter(it -> it.getString("orderId").equals(body.getString("orderId")))
            .findFirst()
            .orElseThrow();
    List<JsonObject> lines =
        sale.getJsonArray("lines").stream().map(JsonObject.class::cast).toList();
    long before = due(sale, lines);
    long amount = back(body, sale, lines);
    long taken = due(sale, lines) - before;
    long takes = points.applyAsLong(taken);
    JsonObject lot =
        sale.getJsonArray("lots").isEmpty() ? null : sale.getJsonArray("lots").getJsonObject(0);
    JsonArray lots = new JsonArray();
    if (lot != null && takes > 0) {
      String expiresAt = lot.getString("expiresAt");
      lots.add(new JsonObject().put("expiresAt", expiresAt).put("points", -takes));
      this.lots.merge(expiresAt == null ? NEVER : Instant.parse(expiresAt), -takes, Math::addExact);
      this.lots.values().removeIf(it -> it == 0);
    }
    earned -= takes;
    int sequence = entries.size() + 1;
    entries.add(
        0,
        body.copy()
            .put("memberId", memberId)
            .put("transactionId", memberId + "-" + sequence)
            .put("sequence", sequence)
            .put("kind", "refund")
            .put("points", -takes)
            .put("balance", total())
            .put("recordedAt", Instant.now().toString())
            .put("lots", lots)
            .put("amount", amount)
            .put("lines", new JsonArray())
            .put("detail", detail(body))
            .put("occurredAt", Instant.now().toString()));
    return entries.get(0);
  }

  private static JsonObject detail(JsonObject refund) {
    JsonObject detail = new JsonObject().put("refundId", refund.getString("refundId"));
    String store = refund.getString("refundStoreId");
    return store == null ? detail : detail.put("refundStoreId", store);
  }

  /** In decimals with plenty of places; what a whole number is missed by is not a whole number. */
  private static long due(JsonObject sale, List<JsonObject> lines) {
    BigDecimal rest = BigDecimal.ZERO;
    BigDecimal due = BigDecimal.ZERO;
    BigDecimal others = BigDecimal.ZERO;
    for (JsonObject line : lines) {
      BigDecimal points = BigDecimal.valueOf(line.getLong("points"));
      BigDecimal back = BigDecimal.valueOf(line.getLong("back", 0L));
      BigDecimal amount = BigDecimal.valueOf(line.getLong("amount"));
      BigDecimal ofLine =
          amount.signum() == 0
              ? BigDecimal.ZERO
              : points.multiply(back).divide(amount, MathContext.DECIMAL128);
      due = due.add(ofLine);
      others = others.add(points.subtract(ofLine));
      rest = rest.add(amount.subtract(back));
    }
    BigDecimal unnamed = BigDecimal.valueOf(sale.getLong("unnamed", 0L));
    if (rest.signum() > 0) {
      due = due.add(others.multiply(unnamed).divide(rest, MathContext.DECIMAL128));
    }
    return due.setScale(9, RoundingMode.HALF_EVEN).setScale(0, RoundingMode.FLOOR).longValueExact();
  }

  /** Writes down what comes back, and says how much that is. */
  private static long back(JsonObject body, JsonObject sale, List<JsonObject> lines) {
    JsonArray wanted = body.getJsonArray("lines");
    long unnamed = sale.getLong("unnamed", 0L);
    if (wanted == null) {
      long rest =
          lines.stream().mapToLong(it -> it.getLong("amount") - it.getLong("back", 0L)).sum();
      long amount = body.getLong("amount", rest - unnamed);
      sale.put("unnamed", unnamed + amount);
      return amount;
    }
    long sum = 0;
    for (int i = 0; i < wanted.size(); i++) {
      JsonObject some = wanted.getJsonObject(i);
      for (JsonObject line : lines) {
        if (line.getString("lineId").equals(some.getString("lineId"))) {
          line.put("back", line.getLong("back", 0L) + some.getLong("amount"));
          sum += some.getLong("amount");
        }
      }
    }
    return sum;
  }

  /** By largest remainder of what each line earns, the first line first among equals. */
  private static JsonArray shared(JsonArray lines, long points, EarningRule earning) {
    List<JsonObject> shares =
        lines.stream().map(JsonObject.class::cast).map(JsonObject::copy).toList();
    long left = points;
    for (JsonObject line : shares) {
      long whole = exact(line, earning) / earning.perAmount();
      line.put("points", whole);
      left -= whole;
    }
    IntStream.range(0, shares.size())
        .mapToObj(shares::get)
        .sorted(Comparator.comparing(line -> -(exact(line, earning) % earning.perAmount())))
        .limit(left)
        .forEach(line -> line.put("points", line.getLong("points") + 1));
    return new JsonArray(shares);
  }

  private static long exact(JsonObject line, EarningRule earning) {
    return line.getLong("amount") * earning.points();
  }

  private long total() {
    return lots.values().stream().mapToLong(Long::longValue).sum();
  }

  JsonObject balance() {
    Instant now = Instant.now();
    long available =
        lots.entrySet().stream()
            .filter(lot -> lot.getKey().isAfter(now))
            .mapToLong(Map.Entry::getValue)
            .sum();
    return new JsonObject()
        .put("memberId", memberId)
        .put("available", available)
        .put("lifetimeEarned", earned)
        .put("sequence", entries.size())
        .put("asOf", now.toString());
  }

  JsonArray entries() {
    return new JsonArray(entries.stream().map(JsonObject::copy).toList());
  }

  JsonArray lots() {
    JsonArray open = new JsonArray();
    lots.forEach(
        (end, points) -> {
          Optional<Instant> expiry = end.equals(NEVER) ? Optional.empty() : Optional.of(end);
          if (Lot.openAt(expiry, Instant.now())) {
            open.add(lot(expiry, points));
          }
        });
    return open;
  }

  private static JsonObject lot(Optional<Instant> expiry, long points) {
    return new JsonObject()
        .put("expiresAt", expiry.map(Instant::toString).orElse(null))
        .put("points", points);
  }
}
