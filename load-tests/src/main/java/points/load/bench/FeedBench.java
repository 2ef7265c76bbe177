package points.load.bench;

import java.time.Duration;
import java.util.List;
import points.load.bench.Results.Series;
import points.load.bench.client.MemberShape;
import points.load.bench.client.RequestMix;

/** Measures how late events get their places in the feed, and what the feed adds to a write. */
record FeedBench(GatewaysUnderTest gateway) {
  private static final List<Series> FED = List.of(new Series("f", "with the feed", 512));
  private static final List<Series> UNFED = List.of(new Series("f", "without it", 512));
  private static final String TRIGGERS =
      "ALTER TABLE entry %1$s TRIGGER entry_is_fed; ALTER TABLE member %1$s TRIGGER member_is_fed";
  private static final String LAG_MS =
      """
      SELECT ceil(1000 * max(extract(epoch FROM coalesce(f.numbered_at, now()) - b.recorded_at)))::bigint
        FROM feed_batch b LEFT JOIN feed f USING (batch_id, program_id)
      """;

  /** Returns the longest time from the write of an event to its place. */
  Duration lagMax() {
    return Duration.ofMillis(gateway.postgres().database().number(LAG_MS));
  }

  /** Measures accruals with the triggers of the feed and without, in turn; the figures rest. */
  String cost(int rounds, Duration window) {
    gateway.postgres().database().execute("DELETE FROM feed_consumer");
    Results results = new Results();
    for (int i = 0; i < 2 * rounds; i++) {
      boolean isFed = i % 4 == 1 || i % 4 == 2; // neither always comes first
      gateway.postgres().database().execute(TRIGGERS.formatted(isFed ? "ENABLE" : "DISABLE"));
      results.add(
          (isFed ? FED : UNFED).get(0),
          gateway.measure(RequestMix.ACCRUALS, MemberShape.PLAIN, 512, window));
    }
    return Tables.measurements(results)
        + Tables.ratios(
            List.of(
                results.ratio("rate", FED, UNFED, it -> it.rate()),
                results.ratio("server µs", FED, UNFED, it -> it.use().server()),
                results.ratio("PostgreSQL µs", FED, UNFED, it -> it.use().postgres())));
  }
}
