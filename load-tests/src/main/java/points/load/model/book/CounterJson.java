package points.load.model.book;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import points.load.model.Fraction;

/** Reads counters as the ledger keeps them in members and in entries. */
public final class CounterJson {
  private CounterJson() {}

  /** Reads a change, or the counters of a member. */
  public static Counters.Change change(JsonObject facts) {
    Map<Counters.Use, Long> uses = new TreeMap<>();
    for (Object cap : facts.getJsonArray("caps", new JsonArray())) {
      JsonArray it = (JsonArray) cap;
      Period period = Period.valueOf(it.getString(1));
      LocalDate first = LocalDate.parse(it.getString(2));
      uses.put(new Counters.Use(it.getString(0), period, first), it.getLong(3));
    }
    return new Counters.Change(fraction(facts.getString("carry", "0")), uses);
  }

  private static Fraction fraction(String text) {
    String[] parts = text.split("/", 2);
    BigInteger under = parts.length == 1 ? BigInteger.ONE : new BigInteger(parts[1]);
    return new Fraction(new BigInteger(parts[0]), under);
  }
}
