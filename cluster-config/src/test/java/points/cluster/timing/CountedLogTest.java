package points.cluster.timing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CountedLogTest {

  private final AtomicLong now = new AtomicLong(-5);
  private final CountedLog log = new CountedLog(now::get);
  private final List<Long> lines = new ArrayList<>();

  @Test
  void writes_the_first_at_once_and_then_one_line_in_ten_seconds() {
    for (int i = 0; i < 1_000; i++) {
      log.count(lines::add);
    }
    assertThat(lines).containsExactly(1L);

    now.addAndGet(TimeUnit.SECONDS.toNanos(10));
    log.count(lines::add);
    log.count(lines::add);

    assertThat(lines).containsExactly(1L, 1_000L);
  }
}
