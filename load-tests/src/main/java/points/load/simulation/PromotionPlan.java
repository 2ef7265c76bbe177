package points.load.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import points.load.http.KeySource;
import points.load.http.Target;

/**
 * The size of the promotion and the demands on the gateway.
 *
 * @param rate callers who arrive per second, whether or not earlier ones have been served; 1 to
 *     100,000
 * @param ramp how long it takes until that many arrive
 * @param steady for how long that many keep arriving
 * @param stores at which they buy; 1 to 10,000
 * @param members the buyers; 2 to 1,000,000
 * @param hotPercent the share of all calls that concern one and the same member; 0 to 100
 * @param p99Max 99 of 100 calls must be answered sooner than that
 */
record PromotionPlan(
    Target target,
    int rate,
    Duration ramp,
    Duration steady,
    int stores,
    int members,
    int hotPercent,
    Duration p99Max) {

  /**
   * Reads the system properties and the environment of this process.
   *
   * @throws IllegalArgumentException naming the option that cannot be used and what would be right
   */
  static PromotionPlan ofThisProcess() {
    return from(name -> Optional.ofNullable(System.getProperty(name)), System.getenv());
  }

  /**
   * Reads properties named {@code points.promotion.…}; what is not set has its default.
   *
   * @throws IllegalArgumentException naming the option that cannot be used and what would be right
   */
  static PromotionPlan from(
      Function<String, Optional<String>> properties, Map<String, String> environment) {
    Numbers numbers = new Numbers(properties);
    return new PromotionPlan(
        target(properties, environment),
        numbers.get("rate", 300, 1, 100_000),
        Duration.ofSeconds(numbers.get("rampSeconds", 10, 1, 3_600)),
        Duration.ofSeconds(numbers.get("seconds", 60, 1, 86_400)),
        numbers.get("stores", 40, 1, 10_000),
        numbers.get("members", 1_000, 2, 1_000_000),
        numbers.get("hotPercent", 10, 0, 100),
        Duration.ofMillis(numbers.get("p99Millis", 250, 1, 60_000)));
  }

  private static Target target(
      Function<String, Optional<String>> properties, Map<String, String> environment) {
    String url = given(properties, "url").orElse("http://127.0.0.1:8080");
    Path keyFile = Path.of(given(properties, "keyFile").orElse("data/bootstrap-key"));
    try {
      return new Target(
          URI.create(url),
          new KeySource(environment, keyFile)
              .key(given(properties, "key"))
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "no API key: give --key, set POINTS_KEY, or start the gateway ("
                              + keyFile
                              + ")")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> given(
      Function<String, Optional<String>> properties, String name) {
    return properties.apply("points.promotion." + name);
  }

  /** The options of the command line that have another name than their property. */
  private static final Map<String, String> OPTIONS =
      Map.of("rampSeconds", "ramp", "hotPercent", "hot", "p99Millis", "p99");

  private record Numbers(Function<String, Optional<String>> properties) {
    int get(String name, int standard, int min, int max) {
      String text = given(properties, name).orElse(Integer.toString(standard));
      int number = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
      if (number < min || number > max) {
        throw new IllegalArgumentException(
            "--%s must be a whole number from %d to %d, not \"%s\""
                .formatted(OPTIONS.getOrDefault(name, name), min, max, text));
      }
      return number;
    }
  }
}
