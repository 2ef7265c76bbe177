package points.load.fault.process;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;

/** The cache that the nodes of a cluster share in Hazelcast: members' states and leases. */
public final class SharedCache implements AutoCloseable {
  private static final String MAP = "points.cache";

  private final HazelcastInstance client;

  private SharedCache(HazelcastInstance client) {
    this.client = client;
  }

  /** Connects to the nodes as a client. */
  public static SharedCache of(Fleet fleet) {
    var config = new ClientConfig();
    config.setClusterName("points");
    config.setProperty("hazelcast.logging.type", "slf4j");
    fleet.nodes().forEach(node -> config.getNetworkConfig().addAddress(fleet.clusterAddress(node)));
    return new SharedCache(HazelcastClient.newHazelcastClient(config));
  }

  /** Deletes every state and every lease. */
  public void deleteAll() {
    client.getMap(MAP).clear();
  }

  @Override
  public void close() {
    client.shutdown();
  }
}
