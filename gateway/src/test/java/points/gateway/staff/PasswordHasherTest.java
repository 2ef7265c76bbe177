package points.gateway.staff;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PasswordHasherTest {

  /** A hash takes 19 MiB. */
  private static final long BYTES_OF_A_HASH = 19L << 20;

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void hashes_nothing_on_the_event_loop_on_which_a_node_starts() throws Exception {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    var hasher = new PasswordHasher(vertx);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(BYTES_OF_A_HASH);

    assertThat(hasher.matchesNobody("the password of nobody").await(30, SECONDS)).isFalse();
  }
}
