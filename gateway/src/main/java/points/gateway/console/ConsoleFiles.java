package points.gateway.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All files of the console, read at the start. Only a name that is listed here leads to content, so
 * no path can lead elsewhere.
 */
public final class ConsoleFiles {

  private static final String LIST = "files.txt";
  private static final String PAGE = "index.html";

  /** A source of files: their content by name, null where there is none. */
  @FunctionalInterface
  interface Source {
    byte @Nullable [] read(String name);
  }

  private static final class Packaged {
    static final ConsoleFiles FILES = read(name -> resource("console/" + name));
  }

  private final Map<String, ConsoleFile> files;

  private ConsoleFiles(Map<String, ConsoleFile> files) {
    this.files = files;
  }

  /** Returns the files that the build put beside the classes, the same for all event loops. */
  public static ConsoleFiles packaged() {
    return Packaged.FILES;
  }

  /** Reads the files that the list of the source names; none where it has no list. */
  static ConsoleFiles read(Source source) {
    byte[] list = source.read(LIST);
    if (list == null) {
      return new ConsoleFiles(Map.of());
    }
    Set<String> names =
        new LinkedHashSet<>(new String(list, StandardCharsets.UTF_8).lines().toList());
    Map<String, ConsoleFile> files = new LinkedHashMap<>();
    for (String name : names) {
      if (!name.endsWith(".br") && !name.endsWith(".gz")) {
        files.put(
            name,
            ConsoleFile.of(
                name,
                content(source, name),
                names.contains(name + ".br") ? content(source, name + ".br") : null,
                names.contains(name + ".gz") ? content(source, name + ".gz") : null));
      }
    }
    return new ConsoleFiles(files);
  }

  /** Returns the page that shows every address of the console; null when there is no console. */
  @Nullable ConsoleFile page() {
    return files.get(PAGE);
  }

  @Nullable ConsoleFile find(String name) {
    return files.get(name);
  }

  private static byte[] content(Source source, String name) {
    byte[] content = source.read(name);
    if (content == null) {
      throw new IllegalStateException("the console lacks its file " + name);
    }
    return content;
  }

  /** Reads a file of the class path. */
  static byte @Nullable [] resource(String name) {
    try (InputStream in = ConsoleFiles.class.getClassLoader().getResourceAsStream(name)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }
}
