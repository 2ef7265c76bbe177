package points.load.fault.nemesis;

import java.util.function.Consumer;

/**
 * Something that goes wrong while callers write.
 *
 * @param name for the command line
 * @param what goes wrong, for people
 * @param needsCluster whether it means anything only where nodes form a cluster
 * @param fault brings it about and mends it; callers are to be served again soon after
 */
public record Scenario(
    String name, String what, boolean needsCluster, Consumer<NemesisContext> fault) {}
