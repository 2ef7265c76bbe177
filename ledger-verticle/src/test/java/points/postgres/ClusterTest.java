package points.postgres;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterTest {
  private final Path room;

  ClusterTest(@TempDir Path room) {
    this.room = room;
  }

  @Test
  void refuses_files_of_another_major_version() throws Exception {
    DataDirectory data = clusterOfVersion("16");
    assertThatThrownBy(() -> DatabaseFiles.prepare(data, executablesOfVersion("17.11.0")))
        .isInstanceOf(LocalPostgresException.class)
        .hasMessageStartingWith(
            "%s was written by PostgreSQL 16, and this gateway brings 17", data.cluster());
  }

  @Test
  void refuses_a_cluster_without_its_password() throws Exception {
    DataDirectory data = clusterOfVersion("17");
    assertThatThrownBy(() -> DatabaseFiles.prepare(data, executablesOfVersion("17.11.0")))
        .isInstanceOf(LocalPostgresException.class)
        .hasMessage("no password in " + data.password());
  }

  private DataDirectory clusterOfVersion(String version) throws IOException {
    DataDirectory data = DataDirectory.prepare(room);
    Files.createDirectory(data.cluster());
    Files.writeString(data.cluster().resolve("PG_VERSION"), version + "\n");
    return data;
  }

  private Executables executablesOfVersion(String version) throws InterruptedException {
    return Executables.of(new Binaries(room, version), new Log(room.resolve("log")));
  }
}
