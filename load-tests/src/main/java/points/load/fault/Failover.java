package points.load.fault;

import java.util.List;
import java.util.function.Consumer;
import points.load.fault.nemesis.Replicas;

/**
 * A scenario that loses a database for good, so that it needs a primary and a standby of its own.
 *
 * @param name for the command line
 * @param what the fault, for people
 * @param fault injects it
 */
record Failover(String name, String what, Consumer<Replicas> fault) {
  static List<Failover> all() {
    return List.of(
        new Failover(
            "lose-primary",
            "the primary is lost for good, and its synchronous standby takes over",
            Replicas::losePrimary),
        new Failover(
            "lose-both-in-turn",
            "the standby cannot be reached for 12 s, then the primary is lost for good",
            Replicas::losePrimaryAfterStandby));
  }
}
