package points.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTest {
  private final Path room;

  LogTest(@TempDir Path room) {
    this.room = room;
  }

  @Test
  void puts_a_large_file_aside_and_forgets_the_one_before() throws IOException {
    Log log = new Log(room.resolve("postgres.log"));
    Path previous = room.resolve("postgres.log.1");
    Files.writeString(previous, "oldest");
    Files.writeString(log.file(), "small");
    log.rotate();
    assertThat(previous).hasContent("oldest");
    Files.write(log.file(), new byte[(8 << 20) + 1]);
    log.rotate();
    assertThat(log.file()).doesNotExist();
    assertThat(previous).hasSize((8 << 20) + 1);
  }

  @Test
  void ends_with_the_last_twenty_lines() throws IOException {
    Log log = new Log(room.resolve("postgres.log"));
    Files.writeString(log.file(), "x\n".repeat(100_000) + "first\n" + "y\n".repeat(18) + "last\n");
    assertThat(log.ending().lines().skip(1)).hasSize(20).startsWith("first").endsWith("last");
  }

  @Test
  void says_so_when_it_cannot_be_read() {
    assertThat(new Log(room.resolve("none")).ending()).contains("cannot be read");
  }
}
