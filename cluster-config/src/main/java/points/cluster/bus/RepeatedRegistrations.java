package points.cluster.bus;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IndeterminateOperationStateException;
import io.vertx.core.Completable;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes known where this node listens, and does so again when it is not certain whether that is
 * known.
 *
 * <p>While nodes join, partitions move, and the answer of a backup may get lost. Hazelcast then
 * waits five seconds for it, and fails the registration. To register the same once more changes
 * nothing where it had come through.
 */
public final class RepeatedRegistrations extends HazelcastClusterManager {

  private static final Logger LOG = LoggerFactory.getLogger(RepeatedRegistrations.class);
  private static final int TRIES_MAX = 5;

  public RepeatedRegistrations(HazelcastInstance hazelcast) {
    super(hazelcast);
  }

  @Override
  public void addRegistration(
      String address, RegistrationInfo registration, Completable<Void> done) {
    add(address, registration, done, 1);
  }

  private void add(
      String address, RegistrationInfo registration, Completable<Void> done, int tries) {
    super.addRegistration(
        address,
        registration,
        (registered, failure) -> {
          if (tries < TRIES_MAX && isIndeterminate(failure)) {
            LOG.info("address {} registered again: {}", address, failure.getMessage());
            add(address, registration, done, tries + 1);
          } else {
            done.complete(null, failure);
          }
        });
  }

  /**
   * Returns whether a failure says that it is not certain whether an operation was carried out.
   *
   * @param failure null for none
   */
  public static boolean isIndeterminate(@Nullable Throwable failure) {
    return failure != null
        && (failure instanceof IndeterminateOperationStateException
            || isIndeterminate(failure.getCause()));
  }
}
