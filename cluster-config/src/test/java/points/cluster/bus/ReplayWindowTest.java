package points.cluster.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ReplayWindowTest {

  private final ReplayWindow window = new ReplayWindow();

  @Test
  void takes_each_number_once_in_any_order() {
    assertThat(window.isNew(5)).isTrue();
    assertThat(window.isNew(3)).isTrue();
    assertThat(window.isNew(5)).isFalse();
    assertThat(window.isNew(3)).isFalse();
    assertThat(window.isNew(4)).isTrue();
  }

  @Test
  void takes_no_number_that_it_may_have_forgotten() {
    long far = 10L * ReplayWindow.SIZE;
    assertThat(window.isNew(7)).isTrue();
    assertThat(window.isNew(far)).isTrue();

    assertThat(window.isNew(7)).isFalse();
    assertThat(window.isNew(far - ReplayWindow.SIZE)).isFalse();
    assertThat(window.isNew(far - ReplayWindow.SIZE + 1)).isTrue();
    assertThat(window.isNew(-1)).isFalse();
  }

  @Test
  void never_takes_a_number_twice() {
    var random = new Random(7);
    Set<Long> taken = new HashSet<>();
    long around = 0;
    for (int i = 0; i < 1_000_000; i++) {
      around += random.nextInt(3);
      long number = Math.max(0, around + random.nextInt(2_000) - 1_000);
      assertThat(window.isNew(number)).isEqualTo(taken.add(number));
    }
    for (int i = 0; i < 1_000; i++) {
      around += random.nextInt(2 * ReplayWindow.SIZE);
      assertThat(window.isNew(around)).isEqualTo(taken.add(around));
      assertThat(window.isNew(around)).isFalse();
    }
  }
}
