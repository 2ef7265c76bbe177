package points.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {
  private static final String STARTING =
      """
      4711
      /data/postgres/cluster
      1700000000
      15432

      127.0.0.1
        1234567         7
      starting
      """;

  private final Path cluster;

  PidFileTest(@TempDir Path cluster) {
    this.cluster = cluster;
  }

  @Test
  void distinguishes_a_starting_server_from_a_ready_one() throws IOException {
    write(STARTING);
    assertThat(PidFile.read(cluster)).contains(new PidFile(4711, false));
    write(STARTING.replace("starting", "ready   "));
    assertThat(PidFile.read(cluster)).contains(new PidFile(4711, true));
  }

  @Test
  void a_missing_an_empty_and_a_half_written_file_say_nothing_of_readiness() throws IOException {
    assertThat(PidFile.read(cluster)).isEmpty();
    write("");
    assertThat(PidFile.read(cluster)).isEmpty();
    write("4711\n/data/postg");
    assertThat(PidFile.read(cluster)).contains(new PidFile(4711, false));
    write("nonsense\n");
    assertThat(PidFile.read(cluster)).isEmpty();
  }

  @Test
  void a_live_process_that_does_not_name_the_cluster_is_no_leftover() throws IOException {
    write(STARTING.replace("4711", Long.toString(ProcessHandle.current().pid())));
    assertThat(PidFile.leftover(cluster)).isEmpty();
  }

  @Test
  void a_live_process_that_names_the_cluster_is_one() throws IOException {
    Process names = new ProcessBuilder("tail", "-f", "/dev/null", cluster.toString()).start();
    try {
      write(STARTING.replace("4711", Long.toString(names.pid())));
      assertThat(PidFile.leftover(cluster)).contains(names.toHandle());
    } finally {
      names.destroyForcibly();
    }
  }

  private void write(String content) throws IOException {
    Files.writeString(cluster.resolve("postmaster.pid"), content);
  }
}
