package points.gateway.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The linters, the compiler and the driver of a browser of src/test/npm, installed below target by
 * the lock file.
 */
final class NodeTools {
  private static final Path SOURCE = Path.of("src/test/npm").toAbsolutePath();
  private static final Path HOME = Path.of("target/npm").toAbsolutePath();

  private NodeTools() {}

  /** Runs one of them. */
  static String run(Path directory, String tool, String... arguments) {
    install();
    var command = new ArrayList<String>();
    command.add(HOME.resolve("node_modules/.bin").resolve(tool).toString());
    command.addAll(List.of(arguments));
    return Tool.in(directory).run(command);
  }

  /** Compiles a program in TypeScript where it is, strictly, for the Node that runs it. */
  static void compile(Path directory, String program, String... options) throws IOException {
    link(directory.resolve("node_modules"), modules());
    var arguments = new ArrayList<String>();
    arguments.addAll(List.of("--strict", "--target", "es2022", "--module", "commonjs"));
    arguments.addAll(List.of("--types", "node"));
    arguments.addAll(List.of(options));
    arguments.add(program);
    run(directory, "tsc", arguments.toArray(String[]::new));
  }

  static void link(Path link, Path to) throws IOException {
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, to);
  }

  static Path modules() {
    install();
    return HOME.resolve("node_modules");
  }

  /** Installs them unless these very versions are there; one JVM at a time. */
  private static synchronized void install() {
    Path lock = HOME.resolveSibling("npm.lock");
    try (FileChannel turn =
        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      turn.lock(); // until the file is closed
      Path installed = HOME.resolve("package-lock.json");
      Path wanted = SOURCE.resolve("package-lock.json");
      if (Files.exists(HOME.resolve("complete"))
          && Files.readString(installed).equals(Files.readString(wanted))) {
        return;
      }
      Files.createDirectories(HOME);
      Files.deleteIfExists(HOME.resolve("complete"));
      for (String file : List.of("package.json", "package-lock.json")) {
        Files.copy(SOURCE.resolve(file), HOME.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
      String cache = HOME.resolve("cache").toString();
      Tool.in(HOME)
          .run(
              List.of(
                  "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--cache", cache));
      Files.createFile(HOME.resolve("complete"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
