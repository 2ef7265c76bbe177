package points.load.opening;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of lines, cut into parts of about the same number of lines.
 *
 * @param cuts the beginnings of the parts, and the end of the last
 */
record RecordsFile(Path path, long lines, List<Long> cuts) {

  /**
   * Looks the file through.
   *
   * @throws IllegalArgumentException when it has blank lines, or its last line does not end
   */
  static RecordsFile read(Path path, int parts) throws IOException {
    long lines = count(path);
    var cuts = new ArrayList<Long>(List.of(0L));
    long seen = 0;
    long position = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
      for (int b = in.read(); b >= 0; b = in.read()) {
        position++;
        if (b == '\n' && ++seen == lines * cuts.size() / parts && cuts.size() < parts) {
          cuts.add(position);
        }
      }
    }
    cuts.add(position);
    return new RecordsFile(path, lines, List.copyOf(cuts));
  }

  private static long count(Path path) throws IOException {
    long lines = 0;
    int before = '\n';
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
      for (int b = in.read(); b >= 0; b = in.read()) {
        if (b == '\n') {
          lines++;
          if (before == '\n') {
            throw new IllegalArgumentException(path + ": line " + lines + " is blank");
          }
        }
        before = b;
      }
    }
    if (lines == 0 && before == '\n') {
      throw new IllegalArgumentException(path + ": there are no lines in it");
    }
    if (before != '\n') {
      throw new IllegalArgumentException(path + ": the last line must end with a line feed");
    }
    return lines;
  }
}
