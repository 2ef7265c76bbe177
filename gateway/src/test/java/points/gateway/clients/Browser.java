package points.gateway.clients;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Headless Chromium, a program of the system, driven by a script of src/test/browser. */
final class Browser {
  private static final Path SCRIPTS = Path.of("src/test/browser").toAbsolutePath();

  private Browser() {}

  /** Runs a script; gives what it saw. */
  static JsonObject run(String script, String... arguments) {
    var command = new ArrayList<>(List.of("node", SCRIPTS.resolve(script).toString()));
    command.addAll(List.of(arguments));
    Tool node =
        Tool.in(Path.of("target/browser")).with("NODE_PATH", NodeTools.modules().toString());
    return new JsonObject(node.run(command));
  }
}
