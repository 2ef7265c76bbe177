package points.load.fault.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;
import points.load.process.HarnessException;

class PostgresBinariesTest {
  private static final byte[] CONTENT = {1, 2, 3};

  @TempDir private Path folder = Path.of("");

  @Test
  void unpacks_below_a_path_that_leads_back_out_of_a_folder() throws IOException {
    PostgresBinaries.extract(archive("bin/postgres"), folder.resolve("x/../postgres"));
    Path program = folder.resolve("postgres/bin/postgres");
    assertThat(program).hasBinaryContent(CONTENT).isExecutable();
  }

  @Test
  void a_file_outside_of_the_folder_is_refused() throws IOException {
    InputStream archive = archive("../other/postgres");
    assertThatThrownBy(() -> PostgresBinaries.extract(archive, folder.resolve("postgres")))
        .isInstanceOf(HarnessException.class)
        .hasMessageContaining("names a file outside: ../other/postgres");
    assertThat(folder).isEmptyDirectory();
  }

  private static InputStream archive(String name) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(new XZOutputStream(bytes, new LZMA2Options()))) {
      TarArchiveEntry entry = new TarArchiveEntry(name);
      entry.setSize(CONTENT.length);
      entry.setMode(0100755);
      tar.putArchiveEntry(entry);
      tar.write(CONTENT);
      tar.closeArchiveEntry();
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }
}
