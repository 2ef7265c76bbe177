package points.ledger.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import org.junit.jupiter.api.Test;

final class PublishBarrierTest {

  private final PublishBarrier barrier = new PublishBarrier(Runnable::run);

  @Test
  void without_batches_it_completes_at_once() {
    assertThat(barrier.whenPublished().isComplete()).isTrue();
  }

  @Test
  void it_waits_for_earlier_batches_in_any_order_of_their_ends() {
    long one = barrier.begin();
    long two = barrier.begin();
    Future<Void> both = barrier.whenPublished();

    barrier.end(two);
    assertThat(both.isComplete()).isFalse();
    barrier.end(one);
    assertThat(both.isComplete()).isTrue();
  }

  @Test
  void it_does_not_wait_for_later_batches() {
    long one = barrier.begin();
    Future<Void> first = barrier.whenPublished();
    long two = barrier.begin();
    Future<Void> second = barrier.whenPublished();

    barrier.end(one);
    assertThat(first.isComplete()).isTrue();
    assertThat(second.isComplete()).isFalse();
    barrier.end(two);
    assertThat(second.isComplete()).isTrue();
  }
}
