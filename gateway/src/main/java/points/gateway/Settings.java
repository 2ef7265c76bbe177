package points.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import points.ledger.lane.LaneOptions;
import points.ledger.store.Database;

/**
 * How this node is to run, read from the environment once at the start.
 *
 * @param httpHost where the API listens
 * @param httpPort 0 takes a free one
 * @param managementHost where health and metrics listen
 * @param managementPort 0 takes a free one
 * @param dataDirectory for the embedded PostgreSQL and the first key
 * @param database the PostgreSQL to use; null to start one of our own
 * @param bootstrapKey the first API key; null to make one
 * @param lanes batches in flight at once
 * @param lane the limits of each lane
 * @param inFlightMax requests under way at once
 * @param hotMembersMax members whose state is kept in memory
 * @param poolMax connections for reading and set-up
 * @param drain how long a node that stops waits for requests under way
 * @param logLevel of all that has no level of its own
 */
public record Settings(
    String httpHost,
    int httpPort,
    String managementHost,
    int managementPort,
    Path dataDirectory,
    @Nullable Database database,
    @Nullable String bootstrapKey,
    int lanes,
    LaneOptions lane,
    int inFlightMax,
    int hotMembersMax,
    int poolMax,
    Duration drain,
    Level logLevel) {

  /** A setting that cannot be used: names it and says what would be right. */
  public static final class Unusable extends Exception {
    private static final long serialVersionUID = 1;

    Unusable(List<String> problems) {
      super(String.join("\n", problems));
    }
  }

  /**
   * Reads the settings.
   *
   * @param environment gives a variable's value, or null
   * @throws Unusable naming every variable that is wrong
   */
  public static Settings read(Function<String, @Nullable String> environment) throws Unusable {
    var reader = new Reader(environment);
    int cores = Math.max(1, Math.min(8, Runtime.getRuntime().availableProcessors()));
    var settings =
        new Settings(
            reader.host("POINTS_HTTP_HOST", "127.0.0.1"),
            reader.number("POINTS_HTTP_PORT", 8080, 0, 65_535),
            reader.host("POINTS_MANAGEMENT_HOST", "127.0.0.1"),
            reader.number("POINTS_MANAGEMENT_PORT", 9090, 0, 65_535),
            reader.path("POINTS_DATA_DIR", "data"),
            reader.database("POINTS_PG_URI"),
            reader.key("POINTS_BOOTSTRAP_KEY"),
            reader.number("POINTS_LANES", cores, 1, 64),
            new LaneOptions(
                reader.number("POINTS_LANE_COMMANDS_MAX", 10_000, 1, 1_000_000),
                Duration.ofMillis(reader.number("POINTS_LANE_AGE_MS", 2_000, 10, 59_999)),
                reader.number("POINTS_BATCH_MAX", 500, 1, 5_000),
                Duration.ofMillis(reader.number("POINTS_DEADLINE_MS", 5_000, 500, 60_000))),
            reader.number("POINTS_IN_FLIGHT_MAX", 20_000, 1, 1_000_000),
            reader.number("POINTS_HOT_MEMBERS_MAX", 500_000, 1_000, 100_000_000),
            reader.number("POINTS_PG_POOL_MAX", 8, 1, 200),
            Duration.ofMillis(reader.number("POINTS_DRAIN_MS", 10_000, 0, 300_000)),
            reader.level("POINTS_LOG_LEVEL", Level.INFO));
    reader.checkAge(settings.lane());
    if (!reader.problems.isEmpty()) {
      throw new Unusable(reader.problems);
    }
    return settings;
  }

  private static final class Reader {
    private final Function<String, @Nullable String> environment;
    private final List<String> problems = new ArrayList<>();

    Reader(Function<String, @Nullable String> environment) {
      this.environment = environment;
    }

    @Nullable String value(String name) {
      String value = environment.apply(name);
      return value == null || value.isBlank() ? null : value.strip();
    }

    String text(String name, String otherwise) {
      String value = value(name);
      return value == null ? otherwise : value;
    }

    int number(String name, int otherwise, int min, int max) {
      String value = value(name);
      if (value == null) {
        return otherwise;
      }
      try {
        int number = Integer.parseInt(value);
        if (number >= min && number <= max) {
          return number;
        }
      } catch (NumberFormatException e) {
        // said below
      }
      problems.add(
          "%s is '%s'; it must be a whole number from %d to %d".formatted(name, value, min, max));
      return otherwise;
    }

    /** A name or an address; whether it is one of this machine's shows when it is used. */
    String host(String name, String otherwise) {
      String value = text(name, otherwise);
      try (var socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress(InetAddress.getAllByName(value)[0], 0));
      } catch (IOException e) {
        problems.add(
            "%s is '%s'; it must be a name or an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all"
                .formatted(name, value));
      }
      return value;
    }

    Level level(String name, Level otherwise) {
      String value = text(name, otherwise.name());
      for (Level level : Level.values()) {
        if (level.name().equalsIgnoreCase(value)) {
          return level;
        }
      }
      problems.add(
          "%s is '%s'; it must be one of ERROR, WARN, INFO, DEBUG, TRACE".formatted(name, value));
      return otherwise;
    }

    /** A lane whose oldest command may wait longer than its deadline turns nobody away in time. */
    void checkAge(LaneOptions lane) {
      if (problems.isEmpty() && lane.ageMax().compareTo(lane.deadline()) >= 0) {
        problems.add(
            "POINTS_LANE_AGE_MS is '%d'; it must be less than POINTS_DEADLINE_MS, which is %d"
                .formatted(lane.ageMax().toMillis(), lane.deadline().toMillis()));
      }
    }

    Path path(String name, String otherwise) {
      return Path.of(text(name, otherwise)).toAbsolutePath().normalize();
    }

    @Nullable Database database(String name) {
      String value = value(name);
      try {
        return value == null ? null : new Database(value);
      } catch (IllegalArgumentException e) {
        problems.add(name + " " + e.getMessage()); // never the value: it holds a password
        return null;
      }
    }

    /** Long enough not to be guessed: what is kept of it is a hash without salt. */
    @Nullable String key(String name) {
      String value = value(name);
      boolean usable = value == null || value.matches("[!-~]{32,256}");
      if (!usable) {
        problems.add(name + " must be 32 to 256 visible ASCII characters"); // never the value
      }
      return usable ? value : null;
    }
  }
}
