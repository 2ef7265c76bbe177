package points.load.fault.nemesis;

import java.util.function.Consumer;

/**
 * A fault that is injected while callers write.
 *
 * @param name for the command line
 * @param what the fault, for people
 * @param needsCluster whether the fault makes sense only in a cluster
 * @param fault injects and repairs it; gateways have to serve callers again soon after
 */
public record Scenario(
    String name, String what, boolean needsCluster, Consumer<NemesisContext> fault) {}
