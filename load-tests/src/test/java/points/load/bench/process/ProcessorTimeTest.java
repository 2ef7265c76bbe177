package points.load.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ProcessorTimeTest {
  private final long self = ProcessHandle.current().pid();

  @Test
  void an_ended_child_stays_in_the_sum() throws IOException, InterruptedException {
    long before = ProcessorTime.ofFamily(self) - ProcessorTime.ofProcess(self);
    Process child = new ProcessBuilder("sh", "-c", "for i in $(seq 200000); do :; done").start();
    assertThat(child.waitFor()).isZero();
    assertThat(ProcessorTime.ofFamily(self) - ProcessorTime.ofProcess(self)).isGreaterThan(before);
  }

  @Test
  void a_missing_process_has_used_nothing() {
    assertThat(ProcessorTime.ofProcess(Long.MAX_VALUE)).isZero();
  }
}
