package points.load.opening;

import io.vertx.core.json.JsonObject;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SplittableRandom;

/**
 * Makes up openings: the same seed makes the same lines.
 *
 * <p>So a file of them can be made again where it was lost.
 *
 * @param phones whether each member has a phone
 */
record OpeningGenerator(long seed, int members, boolean phones) {

  private static final Instant EXPIRES_FROM = Instant.parse("2099-01-01T00:00:00Z");
  private static final int EXPIRY_MONTHS = 12;
  private static final int POINTS_MAX = 20_000;

  /** Writes them to a file, a line each. */
  void write(Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      var random = new SplittableRandom(seed);
      for (int i = 0; i < members; i++) {
        out.write(line(i, random).encode());
        out.write('\n');
      }
    }
  }

  private JsonObject line(int number, SplittableRandom random) {
    var line =
        new JsonObject()
            .put("type", "opening")
            .put("key", "opening/%d/%d".formatted(seed, number))
            .put("memberId", "i%d-%08d".formatted(seed, number))
            .put("points", random.nextInt(POINTS_MAX))
            .put(
                "expiresAt",
                EXPIRES_FROM.plus(30L * random.nextInt(EXPIRY_MONTHS), ChronoUnit.DAYS).toString());
    if (random.nextInt(4) == 0) {
      line.put("storedValue", 100 * (1 + random.nextInt(1_000)));
    }
    if (phones) {
      line.put("phone", "1%02d%08d".formatted(30 + Math.floorMod(seed, 70), number));
    }
    return line;
  }
}
