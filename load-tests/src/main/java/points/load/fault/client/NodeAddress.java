package points.load.fault.client;

import java.net.URI;

/**
 * A node, as callers address it.
 *
 * @param name for the history
 * @param url of its API
 */
public record NodeAddress(String name, URI url) {}
