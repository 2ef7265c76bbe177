package points.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import points.gateway.access.TrustedProxies;
import points.ledger.database.Database;
import points.ledger.lane.LaneOptions;

/**
 * Reads settings from variables, one by one, and collects their faults.
 *
 * <p>Each problem names its variable and what would be right.
 */
final class SettingsReader {
  private final Function<String, @Nullable String> environment;
  private final List<String> problems = new ArrayList<>();
  private final Set<String> names = new TreeSet<>();

  SettingsReader(Function<String, @Nullable String> environment) {
    this.environment = environment;
  }

  /** Returns the faults of the settings, in the order in which they were found. */
  List<String> problems() {
    return problems;
  }

  /** Returns the names of all settings that were read so far. */
  Set<String> names() {
    return names;
  }

  void wrong(String problem) {
    problems.add(problem);
  }

  @Nullable String value(String name) {
    names.add(name);
    String value = environment.apply(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  String text(String name, String defaultValue) {
    String value = value(name);
    return value == null ? defaultValue : value;
  }

  /** Returns whether a switch is on; it is off unless it is set. */
  boolean isOn(String name) {
    String value = text(name, "false");
    if (!value.equals("true") && !value.equals("false")) {
      problems.add("%s is '%s'; it must be true or false".formatted(name, value));
    }
    return value.equals("true");
  }

  int number(String name, int defaultValue, int min, int max) {
    String value = value(name);
    if (value == null) {
      return defaultValue;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // refused below
    }
    problems.add(
        "%s is '%s'; it must be a whole number from %d to %d".formatted(name, value, min, max));
    return defaultValue;
  }

  /** Reads a name or an address; only its use shows whether it is one of this machine's. */
  String host(String name, String defaultValue) {
    String value = text(name, defaultValue);
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getAllByName(value)[0], 0));
    } catch (IOException e) {
      problems.add(
          "%s is '%s'; it must be a name or an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all"
              .formatted(name, value));
    }
    return value;
  }

  Level level(String name, Level defaultValue) {
    String value = text(name, defaultValue.name());
    for (Level level : Level.values()) {
      if (level.name().equalsIgnoreCase(value)) {
        return level;
      }
    }
    problems.add(
        "%s is '%s'; it must be one of ERROR, WARN, INFO, DEBUG, TRACE".formatted(name, value));
    return defaultValue;
  }

  /**
   * Refuses a lane whose oldest command may wait longer than its deadline: it would refuse nothing
   * in time.
   */
  void checkAge(LaneOptions lane) {
    if (problems.isEmpty() && lane.ageMax().compareTo(lane.deadline()) >= 0) {
      problems.add(
          "POINTS_LANE_AGE_MS is '%d'; it must be less than POINTS_DEADLINE_MS, which is %d"
              .formatted(lane.ageMax().toMillis(), lane.deadline().toMillis()));
    }
  }

  Path path(String name, String defaultValue) {
    return Path.of(text(name, defaultValue)).toAbsolutePath().normalize();
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

  /** Reads the proxies whose word about a caller's address counts; none unless they are set. */
  TrustedProxies proxies(String name) {
    String value = value(name);
    try {
      return value == null ? TrustedProxies.NONE : TrustedProxies.of(value);
    } catch (IllegalArgumentException e) {
      problems.add(
          "%s is '%s'; it must be addresses or ranges, such as 10.0.0.0/8,192.0.2.1"
              .formatted(name, value));
      return TrustedProxies.NONE;
    }
  }

  /** Reads a key, which must be too long to be guessed: only its hash is stored, without salt. */
  @Nullable String key(String name) {
    String value = value(name);
    boolean usable = value == null || value.matches("[!-~]{32,256}");
    if (!usable) {
      problems.add(name + " must be 32 to 256 visible ASCII characters"); // never the value
    }
    return usable ? value : null;
  }
}
