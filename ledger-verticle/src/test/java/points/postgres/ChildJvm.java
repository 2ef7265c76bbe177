package points.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Another JVM that runs a server, to be killed or asked to end. It ends by itself when this JVM
 * does, because its input ends.
 */
record ChildJvm(Process process, long postmaster, int port) implements AutoCloseable {

  /** Run in the other JVM: starts, says so in one line, and closes when its input ends. */
  public static void main(String[] arguments) throws IOException {
    try (LocalPostgres postgres = LocalPostgres.start(Path.of(arguments[0]))) {
      System.out.println("ready " + postgres.pid() + " " + postgres.port());
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }

  static ChildJvm start(Path dataDirectory) throws IOException {
    return start(List.of(), classPath(), dataDirectory);
  }

  /** As an ordinary user: {@code nobody} where the tests run as root, else the user they run as. */
  static ChildJvm startAsOrdinaryUser(Path room) throws IOException {
    Path own = Files.createDirectory(room.resolve("own"));
    if (!System.getProperty("user.name").equals("root")) {
      return start(List.of(), classPath(), own.resolve("data"));
    }
    Files.setPosixFilePermissions(room, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setAttribute(own, "unix:uid", 65_534);
    Files.setAttribute(own, "unix:gid", 65_534);
    return start(
        List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"),
        readableByAll(classPath(), room.resolve("lib")),
        own.resolve("data"));
  }

  private static ChildJvm start(List<String> prefix, List<String> classPath, Path dataDirectory)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-cp", String.join(":", classPath)));
    command.addAll(List.of(ChildJvm.class.getName(), dataDirectory.toString()));
    Process process =
        new ProcessBuilder(command)
            .directory(dataDirectory.resolveSibling("").toFile())
            .redirectErrorStream(true)
            .start();
    BufferedReader output = process.inputReader(UTF_8);
    List<String> lines = new ArrayList<>();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      lines.add(line);
      if (line.startsWith("ready ")) {
        String[] words = line.split(" ", -1);
        return new ChildJvm(process, Long.parseLong(words[1]), Integer.parseInt(words[2]));
      }
    }
    throw new AssertionError(String.join("\n", lines));
  }

  private static List<String> classPath() {
    String ofThisJvm = System.getProperty("java.class.path");
    return List.of(System.getProperty("surefire.test.class.path", ofThisJvm).split(":", -1));
  }

  /** The repository of the build is often below a home directory that others may not enter. */
  private static List<String> readableByAll(List<String> classPath, Path into) throws IOException {
    Files.createDirectory(into);
    List<String> readable = new ArrayList<>();
    for (String entry : classPath) {
      Path path = Path.of(entry);
      if (Files.isDirectory(path) || !Files.exists(path)) {
        readable.add(entry);
      } else {
        readable.add(linkOrCopy(path, into.resolve(path.getFileName())).toString());
      }
    }
    return readable;
  }

  private static Path linkOrCopy(Path file, Path to) throws IOException {
    try {
      return Files.createLink(to, file);
    } catch (FileSystemException e) {
      return Files.copy(file, to); // on another file system
    }
  }

  /** kill -9: no shutdown hook, no finally. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Asks it to end, and waits until it has. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
