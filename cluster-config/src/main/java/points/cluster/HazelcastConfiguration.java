package points.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.MultiMapConfig.ValueCollectionType;
import com.hazelcast.config.NetworkConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;
import points.cluster.cache.HazelcastStateCache;

/** The settings of our Hazelcast member, each with its reason. */
final class HazelcastConfiguration {
  /**
   * The attribute in which the cluster manager of Vert.x looks for a node's id. Ours on purpose as
   * well: the id of a Hazelcast member changes when a split heals, this one does not.
   */
  static final String NODE_ATTRIBUTE = "__vertx.nodeId";

  private HazelcastConfiguration() {}

  /** Looks up the host, which may block. */
  static Config of(ClusterOptions options) throws UnknownHostException {
    Config config = new Config();
    config.setClusterName(options.name());
    config.getMemberAttributeConfig().setAttribute(NODE_ATTRIBUTE, UUID.randomUUID().toString());
    config.getJetConfig().setEnabled(false);
    // We publish metrics of our own; these would be collected every five seconds for nobody.
    config.getMetricsConfig().setEnabled(false);
    config.setProperty("hazelcast.logging.type", "slf4j");
    config.setProperty("hazelcast.phone.home.enabled", "false");
    // The process is closed in order by whoever started it.
    config.setProperty("hazelcast.shutdownhook.enabled", "false");
    listen(config.getNetworkConfig(), options.member());
    find(config.getNetworkConfig().getJoin(), options);
    config.setProperty("hazelcast.socket.bind.any", "false");
    setFailureLimits(config);
    setThreads(config);
    addVertxStructures(config);
    HazelcastStateCache.configure(config, options.cache());
    return config;
  }

  private static void listen(NetworkConfig network, ListenAddress address)
      throws UnknownHostException {
    network.setPort(address.port());
    // A port that was asked for is taken or refused, never silently another.
    network.setPortAutoIncrement(false);
    network
        .getInterfaces()
        .setEnabled(true)
        .addInterface(InetAddress.getByName(address.host()).getHostAddress());
  }

  private static void find(JoinConfig join, ClusterOptions options) {
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    if (options.discovery() instanceof Discovery.Listed listed) {
      join.getTcpIpConfig()
          .setEnabled(true)
          .setConnectionTimeoutSeconds(3)
          .setMembers(listed.members().stream().map(Discovery.Member::toString).toList());
    } else if (options.discovery() instanceof Discovery.Named named) {
      // The part of it that only asks DNS; nothing of Kubernetes itself is called.
      join.getKubernetesConfig()
          .setEnabled(true)
          .setProperty("service-dns", named.name())
          .setProperty("service-port", Integer.toString(options.member().port()));
    }
  }

  private static void setFailureLimits(Config config) {
    // A node silent for 8 s, looked at every second, is out within 10. Shorter would take a long
    // collection pause for a death; a killed process is noticed sooner, by its closed connections.
    config.setProperty("hazelcast.heartbeat.interval.seconds", "1");
    config.setProperty("hazelcast.max.no.heartbeat.seconds", "8");
    config.setProperty("hazelcast.socket.connect.timeout.seconds", "3");
    // Two looks for the other half, and a merge, fit into 30 s.
    config.setProperty("hazelcast.merge.first.run.delay.seconds", "10");
    config.setProperty("hazelcast.merge.next.run.delay.seconds", "10");
    // A call to a lost node ends soon after the node is out, not after a minute.
    config.setProperty("hazelcast.operation.call.timeout.millis", "10000");
    // A success means that the backup has it too, or the call fails.
    config.setProperty("hazelcast.operation.fail.on.indeterminate.state", "true");
    config.setProperty("hazelcast.graceful.shutdown.max.wait", "10");
  }

  private static void setThreads(Config config) {
    // All nodes must agree on it. Few, because a batch costs one operation per partition it
    // touches;
    // enough for ten nodes to own three each.
    config.setProperty("hazelcast.partition.count", "31");
    // A step takes microseconds: two threads are plenty beside the event loops of a small machine.
    config.setProperty("hazelcast.operation.thread.count", "2");
    // These only hand batches to partitions and answer other nodes.
    config.setProperty("hazelcast.operation.generic.thread.count", "2");
    config.setProperty("hazelcast.operation.response.thread.count", "1");
    config.setProperty("hazelcast.io.thread.count", "1");
    config.setProperty("hazelcast.event.thread.count", "1");
  }

  private static void addVertxStructures(Config config) {
    config.addMultiMapConfig(
        new MultiMapConfig("__vertx.subs")
            .setBackupCount(1)
            .setValueCollectionType(ValueCollectionType.SET));
    config.getMapConfig("__vertx.haInfo").setBackupCount(1);
    config.getMapConfig("__vertx.nodeInfo").setBackupCount(1);
  }
}
