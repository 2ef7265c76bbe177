package points.gateway;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import points.cluster.ClusterOptions;
import points.gateway.access.TrustedProxies;
import points.gateway.oidc.OidcOptions;
import points.gateway.staff.StaffOptions;
import points.ledger.database.Database;
import points.ledger.job.JobOptions;
import points.ledger.lane.LaneOptions;

/**
 * The settings of this node, read from the environment once at the start.
 *
 * @param httpHost the address of the API
 * @param httpPort 0 takes a free one
 * @param managementHost the address of health and metrics
 * @param managementPort 0 takes a free one
 * @param dataDirectory for the embedded PostgreSQL and the first key
 * @param database the PostgreSQL to use; null to start one of our own
 * @param bootstrapKey the first API key; null to make one
 * @param cluster how the node finds others, and where it listens for them
 * @param lanes batches in flight at once
 * @param lane the limits of each lane
 * @param inFlightMax requests under way at once
 * @param batchesMax batches under way at once
 * @param hotMembersMax members whose state is kept in memory
 * @param poolMax connections for reading and set-up
 * @param proxies the proxies whose word about a caller's address counts
 * @param sweeps how fast the background jobs go
 * @param stopDelay how long a node that stops, and is not ready any more, goes on accepting
 *     requests
 * @param drain how long a node that stops waits for requests under way
 * @param logLevel of all that has no level of its own
 * @param testClock whether tests may set the node's clock
 * @param staff how people sign in, and for how long
 * @param oidc the identity provider that people sign in with; null for none
 */
public record Settings(
    String httpHost,
    int httpPort,
    String managementHost,
    int managementPort,
    Path dataDirectory,
    @Nullable Database database,
    @Nullable String bootstrapKey,
    ClusterOptions cluster,
    int lanes,
    LaneOptions lane,
    int inFlightMax,
    int batchesMax,
    int hotMembersMax,
    int poolMax,
    TrustedProxies proxies,
    JobOptions sweeps,
    Duration stopDelay,
    Duration drain,
    Level logLevel,
    boolean testClock,
    StaffOptions staff,
    @Nullable OidcOptions oidc) {

  /**
   * Default delay of a stop in a cluster, in milliseconds.
   *
   * <p>Others can take over, and a load balancer has time to ask twice whether this node is ready.
   */
  private static final int STOP_DELAY_MS = 3_000;

  /** Thrown for settings that cannot be used: names each and says what would be right. */
  public static final class UnusableException extends Exception {
    private static final long serialVersionUID = 1;

    UnusableException(List<String> problems) {
      super(String.join("\n", problems));
    }
  }

  /**
   * Reads the settings.
   *
   * @param environment returns a variable's value, or null
   * @throws UnusableException naming every variable that is wrong
   */
  public static Settings read(Function<String, @Nullable String> environment)
      throws UnusableException {
    var reader = new SettingsReader(environment);
    return usable(from(reader), reader);
  }

  /**
   * Reads the settings, and refuses variables that are named like settings and are none.
   *
   * @throws UnusableException naming every variable that is wrong
   */
  static Settings read(Map<String, String> environment) throws UnusableException {
    var reader = new SettingsReader(environment::get);
    Settings settings = from(reader);
    new SettingNames(reader.names()).wrong(environment).forEach(reader::wrong);
    return usable(settings, reader);
  }

  /** Returns the names of all settings. */
  static SettingNames names() {
    var reader = new SettingsReader(name -> null);
    from(reader);
    return new SettingNames(reader.names());
  }

  private static Settings usable(Settings settings, SettingsReader reader)
      throws UnusableException {
    if (!reader.problems().isEmpty()) {
      throw new UnusableException(reader.problems());
    }
    return settings;
  }

  private static Settings from(SettingsReader reader) {
    int cores = Math.max(1, Math.min(8, Runtime.getRuntime().availableProcessors()));
    ClusterOptions cluster = ClusterSettings.read(reader);
    var settings =
        new Settings(
            reader.host("POINTS_HTTP_HOST", "127.0.0.1"),
            reader.number("POINTS_HTTP_PORT", 8080, 0, 65_535),
            reader.host("POINTS_MANAGEMENT_HOST", "127.0.0.1"),
            reader.number("POINTS_MANAGEMENT_PORT", 9090, 0, 65_535),
            reader.path("POINTS_DATA_DIR", "data"),
            reader.database("POINTS_PG_URI"),
            reader.key("POINTS_BOOTSTRAP_KEY"),
            cluster,
            reader.number("POINTS_LANES", cores, 1, 64),
            new LaneOptions(
                reader.number("POINTS_LANE_COMMANDS_MAX", 10_000, 1, 1_000_000),
                Duration.ofMillis(reader.number("POINTS_LANE_AGE_MS", 2_000, 10, 59_999)),
                reader.number("POINTS_BATCH_MAX", 500, 1, 5_000),
                Duration.ofMillis(reader.number("POINTS_DEADLINE_MS", 5_000, 500, 60_000))),
            reader.number("POINTS_IN_FLIGHT_MAX", 20_000, 1, 1_000_000),
            reader.number("POINTS_BATCHES_MAX", 4, 1, 64),
            reader.number("POINTS_HOT_MEMBERS_MAX", 500_000, 1_000, 100_000_000),
            reader.number("POINTS_PG_POOL_MAX", 8, 1, 200),
            reader.proxies("POINTS_TRUSTED_PROXIES"),
            new JobOptions(
                reader.number("POINTS_SWEEP_MEMBERS_PER_SECOND", 2_000, 1, JobOptions.SWEEP_MAX),
                reader.number("POINTS_AUDIT_MEMBERS_PER_SECOND", 200, 0, JobOptions.AUDIT_MAX)),
            Duration.ofMillis(
                reader.number(
                    "POINTS_STOP_DELAY_MS", cluster.isAlone() ? 0 : STOP_DELAY_MS, 0, 60_000)),
            Duration.ofMillis(reader.number("POINTS_DRAIN_MS", 10_000, 0, 300_000)),
            reader.level("POINTS_LOG_LEVEL", Level.INFO),
            reader.isOn("POINTS_TEST_CLOCK"),
            new StaffOptions(
                Duration.ofMinutes(reader.number("POINTS_SESSION_IDLE_MINUTES", 30, 1, 1_440)),
                Duration.ofMinutes(reader.number("POINTS_SESSION_MINUTES", 720, 1, 10_080)),
                reader.isOn("POINTS_SECURE_COOKIES"),
                reader.key("POINTS_SECRET_KEY")),
            OidcSettings.read(reader));
    reader.checkAge(settings.lane());
    settings.checkCluster(reader);
    settings.checkTestClock(reader);
    return settings;
  }

  /**
   * Refuses a cluster without a common database: nodes that decide together write to one ledger.
   */
  private void checkCluster(SettingsReader reader) {
    if (!cluster.isAlone() && database == null) {
      reader.wrong("POINTS_PG_URI must be set: all nodes of a cluster use one PostgreSQL");
    }
  }

  /** Refuses the test clock where it would let points expire for others than tests. */
  private void checkTestClock(SettingsReader reader) {
    boolean isForTests = cluster.isAlone() && database == null && isLoopback(managementHost);
    if (testClock && !isForTests) {
      reader.wrong(
          "POINTS_TEST_CLOCK is true; it may be so only on a node that is alone, with its own"
              + " PostgreSQL (no POINTS_PG_URI) and POINTS_MANAGEMENT_HOST 127.0.0.1");
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false; // it is named among the problems already
    }
  }
}
