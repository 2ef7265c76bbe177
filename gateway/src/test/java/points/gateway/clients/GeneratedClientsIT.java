package points.gateway.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.WithGateway;

/** Clients that the public generator makes of the contract play a till's day. */
@WithGateway
class GeneratedClientsIT {
  private static final Path PROGRAMS = Path.of("src/test/clients").toAbsolutePath();

  private final LocalGateway gateway;

  GeneratedClientsIT(LocalGateway gateway) {
    this.gateway = gateway;
  }

  @Test
  void aClientInJavaPlaysATillsDay() throws IOException {
    Path client = Generator.generate("java", "--library", "native");
    Path classes = Files.createDirectories(client.resolve("classes"));
    var command = new ArrayList<String>();
    command.addAll(List.of("-proc:none", "-nowarn", "-d", classes.toString()));
    command.addAll(
        List.of("-cp", Generator.libraries(), PROGRAMS.resolve("TillsDay.java").toString()));
    try (Stream<Path> sources = Files.walk(client.resolve("src/main/java"))) {
      sources.map(Path::toString).filter(it -> it.endsWith(".java")).forEach(command::add);
    }
    int compiled =
        ToolProvider.getSystemJavaCompiler().run(null, null, null, command.toArray(String[]::new));
    assertThat(compiled).as("javac").isZero();

    String classPath = classes + File.pathSeparator + Generator.libraries();
    plays(client, "Java", List.of(Generator.java(), "-cp", classPath, "TillsDay"));
  }

  @Test
  void aClientInTypeScriptPlaysATillsDay() throws IOException {
    Path client = Generator.generate("typescript-fetch");
    Path program = Files.createDirectories(client.resolveSibling("typescript"));
    Files.copy(
        PROGRAMS.resolve("tillsDay.ts"),
        program.resolve("tillsDay.ts"),
        StandardCopyOption.REPLACE_EXISTING);
    NodeTools.link(program.resolve("client"), client);
    NodeTools.compile(program, "tillsDay.ts", "--preserveSymlinks", "--outDir", "out");

    plays(program, "TypeScript", List.of("node", "out/tillsDay.js"));
  }

  @Test
  @Tag("system")
  void aClientInPythonPlaysATillsDay() {
    Path client = Generator.generate("python-pydantic-v1");

    plays(
        client, "Python", List.of("/usr/bin/python3", PROGRAMS.resolve("tills_day.py").toString()));
  }

  /**
   * The generator's newer library for Python wants pydantic 2. Debian 12 has pydantic 1 only, so
   * that client is compiled and not played.
   */
  @Test
  @Tag("system")
  void aClientOfTheNewerLibraryForPythonCompiles() {
    Path client = Generator.generate("python");

    Tool.in(client).run(List.of("/usr/bin/python3", "-m", "compileall", "-q", "openapi_client"));
    assertThat(client.resolve("openapi_client/api/__pycache__")).isNotEmptyDirectory();
  }

  private void plays(Path directory, String language, List<String> program) {
    JsonObject chain =
        gateway
            .operator()
            .post(
                "/v1/programs",
                new JsonObject().put("programId", "day-in-" + language).put("name", language))
            .json(201);
    var command = new ArrayList<>(program);
    command.add(gateway.uri());
    command.add(chain.getString("key"));
    String said = Tool.in(directory).with("PYTHONPATH", directory.toString()).run(command);
    assertThat(said).contains("a till's day in " + language + " is over");
  }
}
