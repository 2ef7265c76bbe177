package points.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * PostgreSQL's log. One earlier file is kept, so that both together stay within twice the limit
 * plus what one run writes.
 */
record Log(Path file) {
  private static final long BYTES_MAX = 8 << 20;
  private static final int ENDING_BYTES_MAX = 16 << 10;
  private static final int ENDING_LINES_MAX = 20;

  /** Only while nothing writes: a running server would go on writing to the file put aside. */
  void rotate() throws IOException {
    if (Files.exists(file) && Files.size(file) > BYTES_MAX) {
      Path previous = file.resolveSibling(file.getFileName() + ".1");
      Files.move(file, previous, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** The last lines, to be put behind a message. */
  String ending() {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      long start = Math.max(0, in.length() - ENDING_BYTES_MAX);
      byte[] bytes = new byte[(int) (in.length() - start)];
      in.seek(start);
      in.readFully(bytes);
      List<String> lines = new String(bytes, UTF_8).lines().toList();
      List<String> last = lines.subList(Math.max(0, lines.size() - ENDING_LINES_MAX), lines.size());
      return "; the end of " + file + ":\n" + String.join("\n", last);
    } catch (IOException e) {
      return "; " + file + " cannot be read: " + e.getMessage();
    }
  }
}
