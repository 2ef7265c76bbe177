package points.ledger.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import org.junit.jupiter.api.Test;

final class PublishBarrierTest {

  private final PublishBarrier settlements = new PublishBarrier(Runnable::run);

  @Test
  void with_nothing_sent_there_is_nothing_to_wait_for() {
    assertThat(settlements.allSoFar().isComplete()).isTrue();
  }

  @Test
  void waits_for_all_that_were_sent_before_whatever_order_they_end_in() {
    long one = settlements.begin();
    long two = settlements.begin();
    Future<Void> both = settlements.allSoFar();

    settlements.end(two);
    assertThat(both.isComplete()).isFalse();
    settlements.end(one);
    assertThat(both.isComplete()).isTrue();
  }

  @Test
  void does_not_wait_for_what_is_sent_later() {
    long one = settlements.begin();
    Future<Void> first = settlements.allSoFar();
    long two = settlements.begin();
    Future<Void> second = settlements.allSoFar();

    settlements.end(one);
    assertThat(first.isComplete()).isTrue();
    assertThat(second.isComplete()).isFalse();
    settlements.end(two);
    assertThat(second.isComplete()).isTrue();
  }
}
