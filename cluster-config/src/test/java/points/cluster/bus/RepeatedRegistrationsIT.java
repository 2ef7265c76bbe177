package points.cluster.bus;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IndeterminateOperationStateException;
import com.hazelcast.multimap.MultiMap;
import io.vertx.core.Vertx;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import points.cluster.fixture.FreePort;

/** A node whose registrations come through, and the answers of the backups to some are lost. */
final class RepeatedRegistrationsIT {

  private static final String ADDRESS = "points.test.listens";

  private final AtomicInteger lostAnswers = new AtomicInteger();
  private HazelcastInstance hazelcast;
  private Vertx vertx;

  @BeforeEach
  void start() throws Exception {
    Config config =
        new Config("registrations").setProperty("hazelcast.phone.home.enabled", "false");
    config
        .getNetworkConfig()
        .setPort(FreePort.next())
        .getInterfaces()
        .setEnabled(true)
        .addInterface("127.0.0.1");
    config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
    config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
    config.setProperty("hazelcast.socket.bind.any", "false");
    config.setProperty("hazelcast.logging.type", "slf4j");
    config.getMemberAttributeConfig().setAttribute("__vertx.nodeId", UUID.randomUUID().toString());
    hazelcast = Hazelcast.newHazelcastInstance(config);
    vertx =
        Vertx.builder()
            .withClusterManager(
                new RepeatedRegistrations(losing(HazelcastInstance.class, hazelcast)))
            .buildClustered()
            .await(30, SECONDS);
  }

  @AfterEach
  void stop() throws Exception {
    lostAnswers.set(0);
    vertx.close().await(30, SECONDS);
    hazelcast.shutdown();
  }

  @Test
  void an_address_is_registered_again_until_it_is_certain_and_once_in_the_end() throws Exception {
    lostAnswers.set(4);
    vertx.eventBus().consumer(ADDRESS, message -> {}).completion().await(30, SECONDS);

    assertThat(lostAnswers).hasValue(0);
    assertThat(hazelcast.getMultiMap("__vertx.subs").get(ADDRESS)).hasSize(1);
  }

  @Test
  void a_node_gives_up_after_five_tries() {
    lostAnswers.set(9);
    assertThatThrownBy(
            () -> vertx.eventBus().consumer(ADDRESS, message -> {}).completion().await(30, SECONDS))
        .isInstanceOf(IndeterminateOperationStateException.class);
    assertThat(lostAnswers).hasValue(4);
  }

  /** Returns the same, whose multimaps put what they are given and then lose some answers. */
  private <T> T losing(Class<T> type, T whole) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              Object answer = invoke(whole, method, arguments);
              if (method.getName().equals("put")
                  && lostAnswers.getAndUpdate(it -> Math.max(0, it - 1)) > 0) {
                throw new IndeterminateOperationStateException("backup acks missed");
              }
              return answer instanceof MultiMap<?, ?> map ? losing(MultiMap.class, map) : answer;
            }));
  }

  private static Object invoke(Object whole, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(whole, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
