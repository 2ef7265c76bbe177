package points.load.replay;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import points.load.account.Lot;
import points.load.http.Fields;

/** One member of the {@link StubGateway}. */
final class Books {
  private static final Instant NEVER = Instant.MAX;

  private final String memberId;
  private final List<JsonObject> entries = new ArrayList<>();
  private final TreeMap<Instant, Long> lots = new TreeMap<>();
  private long earned;

  Books(String memberId) {
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
            .put("lots", made)
            .put("lines", shared(body.getJsonArray("lines"), points, body.getLong("amount")));
    entries.add(0, entry);
    return entry;
  }

  /** By largest remainder, the first line first among equals. */
  private static JsonArray shared(JsonArray lines, long points, long amount) {
    List<JsonObject> shares =
        lines.stream().map(JsonObject.class::cast).map(JsonObject::copy).toList();
    long left = points;
    for (JsonObject line : shares) {
      long whole = amount == 0 ? 0 : points * line.getLong("amount") / amount;
      line.put("points", whole);
      left -= whole;
    }
    IntStream.range(0, shares.size())
        .mapToObj(shares::get)
        .sorted(
            Comparator.comparing(
                line -> amount == 0 ? 0 : -(points * line.getLong("amount") % amount)))
        .limit(left)
        .forEach(line -> line.put("points", line.getLong("points") + 1));
    return new JsonArray(shares);
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
