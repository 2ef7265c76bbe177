package points.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Starts where there is nothing yet, or only the beginning of something. */
@Timeout(120)
class FirstStartIT {
  private final Path fresh;

  FirstStartIT(@TempDir Path fresh) {
    this.fresh = fresh;
  }

  @AfterEach
  void leaves_no_process_behind() {
    assertThat(ServerProbe.processesThatName(fresh)).isEmpty();
  }

  @Test
  void a_first_start_that_was_cut_short_is_made_again() throws IOException {
    Path home = fresh.resolve("data/postgres");
    Files.createDirectories(home.resolve("cluster-unfinished/base"));
    Files.createDirectories(home.resolve("unpacking/bin"));
    Files.writeString(home.resolve("password"), "");
    LocalPostgres.start(fresh.resolve("data")).close();
    assertThat(home.resolve("cluster-unfinished")).doesNotExist();
    assertThat(home.resolve("unpacking")).doesNotExist();
  }

  @Test
  void runs_as_an_ordinary_user_from_the_first_start_on() throws Exception {
    Path data = fresh.resolve("own/data");
    try (ChildJvm child = ChildJvm.startAsOrdinaryUser(fresh)) {
      assertThat(ProcessHandle.of(child.postmaster()).flatMap(p -> p.info().user()))
          .isPresent()
          .get()
          .isNotEqualTo("root");
      try (Connection connection = ServerProbe.connect(data, child.port())) {
        assertThat(connection.isValid(1)).isTrue();
      }
    }
  }
}
