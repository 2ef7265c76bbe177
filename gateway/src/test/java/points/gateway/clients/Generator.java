package points.gateway.clients;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The public generator of clients, with the options that it has when nothing is said.
 *
 * <p>Maven puts it, and what its Java clients need, into target/clients/lib.
 */
final class Generator {
  private static final Path HOME = Path.of("target/clients").toAbsolutePath();
  private static final Path CONTRACT = Path.of("src/main/resources/openapi.yaml").toAbsolutePath();

  private Generator() {}

  /** Generates a client from the contract; gives its directory. */
  static Path generate(String language, String... options) {
    Path client = HOME.resolve(language);
    deleteTree(client);
    var command = new ArrayList<String>();
    command.addAll(List.of(java(), "-jar", library("openapi-generator-cli").toString()));
    command.addAll(List.of("generate", "-i", CONTRACT.toString(), "-g", language));
    command.addAll(List.of("-o", client.toString()));
    command.addAll(List.of(options));
    Tool.in(HOME).run(command);
    return client;
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** The class path of a Java client without itself. */
  static String libraries() {
    try (Stream<Path> files = Files.list(HOME.resolve("lib"))) {
      return String.join(
          File.pathSeparator,
          files
              .map(Path::toString)
              .filter(file -> file.endsWith(".jar") && !file.contains("generator-cli"))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path library(String name) {
    Path file = HOME.resolve("lib").resolve(name + ".jar");
    if (!Files.exists(file)) {
      throw new AssertionError(file + " is missing: mvn -pl gateway dependency:copy@clients");
    }
    return file;
  }

  private static void deleteTree(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
