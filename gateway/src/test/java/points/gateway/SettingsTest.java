package points.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;
import points.cluster.ClusterOptions;
import points.cluster.Discovery;
import points.cluster.ListenAddress;
import points.gateway.access.TrustedProxies;

class SettingsTest {

  private static final String SECRET = "known-to-the-nodes-of-this-cluster-only";
  private static final String DATABASE = "postgresql://points:secret@10.9.8.7:5432/points";

  private static final int CORES =
      Math.max(1, Math.min(8, Runtime.getRuntime().availableProcessors()));

  @Test
  void runs_alone_on_this_machine_when_nothing_is_set() throws Exception {
    Settings settings = read(Map.of());

    assertThat(settings.httpHost()).isEqualTo("127.0.0.1");
    assertThat(settings.managementHost()).isEqualTo("127.0.0.1");
    assertThat(settings.dataDirectory()).isEqualTo(Path.of("data").toAbsolutePath());
    assertThat(settings.database()).isNull();
    assertThat(settings.bootstrapKey()).isNull();
    assertThat(settings.logLevel()).isEqualTo(Level.INFO);
  }

  @Test
  void one_setting_makes_a_cluster() throws Exception {
    ClusterOptions cluster = clustered("POINTS_CLUSTER_MEMBERS", "10.9.8.7:5701,127.0.0.1:5702");

    assertThat(cluster.isAlone()).isFalse();
    assertThat(cluster.name()).isEqualTo("points");
    assertThat(cluster.member()).isEqualTo(new ListenAddress("127.0.0.1", 5702));
    assertThat(cluster.bus()).isEqualTo(new ListenAddress("127.0.0.1", 15702));
  }

  @Test
  void in_a_cluster_a_node_that_stops_waits_until_others_are_asked() throws Exception {
    Settings settings =
        read(
            Map.of(
                "POINTS_PG_URI", DATABASE,
                "POINTS_CLUSTER_SECRET", SECRET,
                "POINTS_CLUSTER_MEMBERS", "127.0.0.1:5701"));

    assertThat(settings.stopDelay()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void listens_on_the_configured_address() throws Exception {
    ClusterOptions cluster =
        clustered(
            "POINTS_CLUSTER_DNS", "points.shop.svc",
            "POINTS_CLUSTER_NAME", "shop",
            "POINTS_CLUSTER_HOST", "127.0.0.1",
            "POINTS_CLUSTER_PORT", "6001",
            "POINTS_BUS_PORT", "6002");

    assertThat(cluster.discovery()).isEqualTo(new Discovery.Named("points.shop.svc"));
    assertThat(cluster.name()).isEqualTo("shop");
    assertThat(cluster.member()).isEqualTo(new ListenAddress("127.0.0.1", 6001));
    assertThat(cluster.bus()).isEqualTo(new ListenAddress("127.0.0.1", 6002));
  }

  @Test
  void the_port_tells_nodes_of_one_machine_apart() throws Exception {
    ClusterOptions cluster =
        clustered(
            "POINTS_CLUSTER_MEMBERS", "127.0.0.1:5701,127.0.0.1:5702",
            "POINTS_CLUSTER_PORT", "5702");

    assertThat(cluster.member()).isEqualTo(new ListenAddress("127.0.0.1", 5702));
  }

  @Test
  void a_node_need_not_be_listed_itself() throws Exception {
    ClusterOptions cluster =
        clustered(
            "POINTS_CLUSTER_MEMBERS", "10.9.8.7",
            "POINTS_CLUSTER_HOST", "127.0.0.1",
            "POINTS_CLUSTER_PORT", "6001");

    assertThat(cluster.member()).isEqualTo(new ListenAddress("127.0.0.1", 6001));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POINTS_CLUSTER_MEMBERS=a:b            | POINTS_CLUSTER_MEMBERS: 'a:b' is not host:port",
        "POINTS_CLUSTER_MEMBERS=10.9.8.7:5701  | set POINTS_CLUSTER_HOST and POINTS_CLUSTER_PORT",
        "POINTS_CLUSTER_MEMBERS=127.0.0.1:1,127.0.0.1:2 | names this machine 2 times; set"
            + " POINTS_CLUSTER_PORT",
        "POINTS_CLUSTER_DNS=not a name         | POINTS_CLUSTER_DNS: 'not a name' is no DNS name",
        "POINTS_CLUSTER_DNS=x;POINTS_CLUSTER_MEMBERS=127.0.0.1 | are both set; set one",
        "POINTS_CLUSTER_DNS=x;POINTS_CLUSTER_HOST=10.9.8.7 | POINTS_CLUSTER_HOST is '10.9.8.7'",
        "POINTS_CLUSTER_DNS=x;POINTS_CLUSTER_HOST=0.0.0.0 | POINTS_CLUSTER_HOST is '0.0.0.0'",
        "POINTS_CLUSTER_MEMBERS=127.0.0.1;POINTS_CLUSTER_NAME=a b | POINTS_CLUSTER_NAME: name is 'a"
            + " b'",
        "POINTS_CLUSTER_DNS=x;POINTS_CLUSTER_SECRET= | POINTS_CLUSTER_SECRET must be set in a"
            + " cluster",
        "POINTS_CLUSTER_DNS=x;POINTS_CLUSTER_SECRET=short | POINTS_CLUSTER_SECRET must be 32 to 256"
            + " visible",
        "POINTS_CLUSTER_SECRET=short | POINTS_CLUSTER_SECRET must be 32 to 256 visible"
      })
  void names_each_fault_of_the_settings_of_a_cluster(String settings, String problem) {
    var environment =
        new HashMap<>(Map.of("POINTS_PG_URI", DATABASE, "POINTS_CLUSTER_SECRET", SECRET));
    for (String setting : settings.split(";", -1)) {
      String[] parts = setting.split("=", 2);
      environment.put(parts[0], parts[1]);
    }
    assertThatThrownBy(() -> read(environment))
        .isInstanceOf(Settings.UnusableException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void never_shows_the_secret_of_a_cluster() throws Exception {
    assertThat(clustered("POINTS_CLUSTER_MEMBERS", "127.0.0.1:5701").toString())
        .doesNotContain(SECRET);
    assertThatThrownBy(() -> clustered("POINTS_CLUSTER_SECRET", "täter-" + SECRET))
        .hasMessageContaining("POINTS_CLUSTER_SECRET")
        .hasMessageNotContaining(SECRET);
  }

  @Test
  void the_nodes_of_a_cluster_need_one_database() {
    assertThatThrownBy(() -> read(Map.of("POINTS_CLUSTER_MEMBERS", "127.0.0.1:5701")))
        .hasMessageContainingAll("POINTS_PG_URI must be set", "POINTS_CLUSTER_SECRET must be set");
  }

  @Test
  void trusts_no_proxy_unless_it_is_named_by_address() throws Exception {
    assertThat(read(Map.of()).proxies()).isSameAs(TrustedProxies.NONE);
    assertThat(read(Map.of("POINTS_TRUSTED_PROXIES", "10.0.0.0/8")).proxies())
        .isNotSameAs(TrustedProxies.NONE);
    assertThatThrownBy(() -> read(Map.of("POINTS_TRUSTED_PROXIES", "proxy.shop")))
        .hasMessage(
            "POINTS_TRUSTED_PROXIES is 'proxy.shop'; it must be addresses or ranges, such as"
                + " 10.0.0.0/8,192.0.2.1");
  }

  private static ClusterOptions clustered(String... settings) throws Exception {
    var environment =
        new HashMap<>(Map.of("POINTS_PG_URI", DATABASE, "POINTS_CLUSTER_SECRET", SECRET));
    for (int i = 0; i < settings.length; i += 2) {
      environment.put(settings[i], settings[i + 1]);
    }
    return read(environment).cluster();
  }

  @ParameterizedTest
  @CsvSource({
    "POINTS_HTTP_PORT,         8080,   0,    65535",
    "POINTS_MANAGEMENT_PORT,   9090,   0,    65535",
    "POINTS_LANES,             cores,  1,    64",
    "POINTS_LANE_COMMANDS_MAX, 10000,  1,    1000000",
    "POINTS_LANE_AGE_MS,       2000,   10,   59999",
    "POINTS_BATCH_MAX,         500,    1,    5000",
    "POINTS_DEADLINE_MS,       5000,   500,  60000",
    "POINTS_IN_FLIGHT_MAX,     20000,  1,    1000000",
    "POINTS_HOT_MEMBERS_MAX,   500000, 1000, 100000000",
    "POINTS_PG_POOL_MAX,       8,      1,    200",
    "POINTS_SWEEP_MEMBERS_PER_SECOND, 2000, 1, 100000",
    "POINTS_AUDIT_MEMBERS_PER_SECOND, 200, 0, 10000",
    "POINTS_STOP_DELAY_MS,     0,      0,    60000",
    "POINTS_DRAIN_MS,          10000,  0,    300000",
  })
  void takes_each_number_within_its_bounds(String name, String otherwise, int min, int max)
      throws Exception {
    long expected = otherwise.equals("cores") ? CORES : Long.parseLong(otherwise);
    assertThat(number(read(Map.of()), name)).isEqualTo(expected);
    assertThat(number(read(Map.of(name, " ")), name)).isEqualTo(expected);
    assertThat(number(read(fitting(name, " " + min + " ")), name)).isEqualTo(min);
    assertThat(number(read(fitting(name, "" + max)), name)).isEqualTo(max);
    for (String bad : new String[] {min - 1 + "", max + 1L + "", "ten", "1.5", "99999999999"}) {
      assertThatThrownBy(() -> read(Map.of(name, bad)))
          .isInstanceOf(Settings.UnusableException.class)
          .hasMessage(
              "%s is '%s'; it must be a whole number from %d to %d".formatted(name, bad, min, max));
    }
  }

  /** The setting, with its neighbour out of its way. */
  private static Map<String, String> fitting(String name, String value) {
    return switch (name) {
      case "POINTS_LANE_AGE_MS" -> Map.of(name, value, "POINTS_DEADLINE_MS", "60000");
      case "POINTS_DEADLINE_MS" -> Map.of(name, value, "POINTS_LANE_AGE_MS", "10");
      default -> Map.of(name, value);
    };
  }

  private static long number(Settings settings, String name) {
    return switch (name) {
      case "POINTS_HTTP_PORT" -> settings.httpPort();
      case "POINTS_MANAGEMENT_PORT" -> settings.managementPort();
      case "POINTS_LANES" -> settings.lanes();
      case "POINTS_LANE_COMMANDS_MAX" -> settings.lane().commandsMax();
      case "POINTS_LANE_AGE_MS" -> settings.lane().ageMax().toMillis();
      case "POINTS_BATCH_MAX" -> settings.lane().batchMax();
      case "POINTS_DEADLINE_MS" -> settings.lane().deadline().toMillis();
      case "POINTS_IN_FLIGHT_MAX" -> settings.inFlightMax();
      case "POINTS_HOT_MEMBERS_MAX" -> settings.hotMembersMax();
      case "POINTS_PG_POOL_MAX" -> settings.poolMax();
      case "POINTS_SWEEP_MEMBERS_PER_SECOND" -> settings.sweeps().sweepPerSecond();
      case "POINTS_AUDIT_MEMBERS_PER_SECOND" -> settings.sweeps().auditPerSecond();
      case "POINTS_STOP_DELAY_MS" -> settings.stopDelay().toMillis();
      case "POINTS_DRAIN_MS" -> settings.drain().toMillis();
      default -> throw new IllegalArgumentException(name);
    };
  }

  @Test
  void takes_addresses_paths_and_the_first_key_as_they_are() throws Exception {
    Settings settings =
        read(
            Map.of(
                "POINTS_HTTP_HOST", "0.0.0.0",
                "POINTS_MANAGEMENT_HOST", "localhost",
                "POINTS_DATA_DIR", "/var/lib/points/../points",
                "POINTS_PG_URI", "postgresql://u:secret@db:5433/points",
                "POINTS_BOOTSTRAP_KEY", " " + "k".repeat(32)));

    assertThat(settings.httpHost()).isEqualTo("0.0.0.0");
    assertThat(settings.managementHost()).isEqualTo("localhost");
    assertThat(settings.dataDirectory()).isEqualTo(Path.of("/var/lib/points"));
    assertThat(Objects.requireNonNull(settings.database())).hasToString("db:5433/points");
    assertThat(settings.bootstrapKey()).isEqualTo("k".repeat(32));
  }

  @Test
  void reads_the_drain_as_time() throws Exception {
    assertThat(read(Map.of("POINTS_DRAIN_MS", "250")).drain()).isEqualTo(Duration.ofMillis(250));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"mysql://u:secret@db/points", "secret", "postgresql://u:secret@db:x/points"})
  void describes_a_database_address_and_keeps_its_password(String uri) {
    assertThatThrownBy(() -> read(Map.of("POINTS_PG_URI", uri)))
        .isInstanceOf(Settings.UnusableException.class)
        .hasMessage(
            "POINTS_PG_URI must be postgresql://user:password@host:port/database, or several"
                + " host:port with commas between");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1234567890123456789012345678901",
        "a key of 32 characters, with spaces",
        "ein-schlüssel-mit-mehr-als-32-zeichen"
      })
  void describes_a_first_key_and_keeps_it(String key) {
    assertThatThrownBy(() -> read(Map.of("POINTS_BOOTSTRAP_KEY", key)))
        .isInstanceOf(Settings.UnusableException.class)
        .hasMessage("POINTS_BOOTSTRAP_KEY must be 32 to 256 visible ASCII characters");
  }

  /** The second is a name that nobody may have, the third an address that no machine may have. */
  @ParameterizedTest
  @ValueSource(strings = {"two words", "no-host.invalid", "192.0.2.1", "127.0.0.1:8080"})
  void says_that_an_address_is_none_of_this_machine(String host) {
    for (String name : new String[] {"POINTS_HTTP_HOST", "POINTS_MANAGEMENT_HOST"}) {
      assertThatThrownBy(() -> read(Map.of(name, host)))
          .isInstanceOf(Settings.UnusableException.class)
          .hasMessage(
              "%s is '%s'; it must be a name or an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all"
                  .formatted(name, host));
    }
  }

  @ParameterizedTest
  @CsvSource({"ERROR, ERROR", "WARN, WARN", "INFO, INFO", "' debug ', DEBUG", "TRACE, TRACE"})
  void takes_the_levels_of_the_log(String value, Level level) throws Exception {
    assertThat(read(Map.of("POINTS_LOG_LEVEL", value)).logLevel()).isEqualTo(level);
  }

  @ParameterizedTest
  @ValueSource(strings = {"LOUD", "OFF", "40"})
  void names_the_levels_of_the_log(String value) {
    assertThatThrownBy(() -> read(Map.of("POINTS_LOG_LEVEL", value)))
        .isInstanceOf(Settings.UnusableException.class)
        .hasMessage(
            "POINTS_LOG_LEVEL is '"
                + value
                + "'; it must be one of ERROR, WARN, INFO, DEBUG, TRACE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2000", "1999", "500"})
  void wants_lanes_to_turn_callers_away_before_the_deadline(String deadline) throws Exception {
    assertThatThrownBy(() -> read(Map.of("POINTS_DEADLINE_MS", deadline)))
        .isInstanceOf(Settings.UnusableException.class)
        .hasMessage(
            "POINTS_LANE_AGE_MS is '2000'; it must be less than POINTS_DEADLINE_MS, which is "
                + deadline);
    assertThat(read(Map.of("POINTS_DEADLINE_MS", "2001")).lane().ageMax()).hasSeconds(2);
  }

  @Test
  void names_everything_that_is_wrong_at_once() {
    assertThatThrownBy(() -> read(Map.of("POINTS_HTTP_PORT", "x", "POINTS_LANES", "0")))
        .hasMessageContainingAll("POINTS_HTTP_PORT", "POINTS_LANES");
  }

  private static Settings read(Map<String, String> environment) throws Settings.UnusableException {
    return Settings.read(name -> environment.getOrDefault(name, ""));
  }

  @Test
  void tests_set_the_clock_only_where_they_are_let() throws Exception {
    assertThat(read(Map.of()).testClock()).isFalse();
    assertThat(read(Map.of("POINTS_TEST_CLOCK", "true")).testClock()).isTrue();
    assertThatThrownBy(() -> read(Map.of("POINTS_TEST_CLOCK", "yes")))
        .hasMessage("POINTS_TEST_CLOCK is 'yes'; it must be true or false");
  }

  @ParameterizedTest
  @CsvSource({
    "POINTS_PG_URI, " + DATABASE,
    "POINTS_MANAGEMENT_HOST, 0.0.0.0",
    "POINTS_CLUSTER_MEMBERS, 127.0.0.1:5701"
  })
  void nobody_sets_the_clock_of_a_node_that_others_use(String name, String value) {
    assertThatThrownBy(() -> read(Map.of("POINTS_TEST_CLOCK", "true", name, value)))
        .hasMessageContaining(
            "POINTS_TEST_CLOCK is true; it may be so only on a node that is alone");
  }
}
