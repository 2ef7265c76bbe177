package points.gateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.LocalGateway;

/** The calls of the API guide do what it says, as they are written and in its order. */
class GuideIT {

  private static final Path GUIDE = Path.of("..", "docs", "api.md");
  private static final Pattern BLOCK = Pattern.compile("(?s)```sh\n(.*?)```");

  /** A command of the guide: a line, those that go on with it, and the text that it is given. */
  private static final Pattern COMMAND =
      Pattern.compile(
          "(?ms)^(curl|export) (?:\\\\\n|'[^']*'|(?!<<)[^\n'\\\\])*(?:<<(\\w+)\n.*?\n\\2\n|\n)");

  private static final Pattern WORD =
      Pattern.compile("\\$[(].*?[)]|(?:'[^']*'|\"[^\"]*\"|\\\\\n|[^\\s'\"\\\\])+");
  private static final Pattern PART = Pattern.compile("(?s)'([^']*)'|\"([^\"]*)\"|[^'\"]+");
  private static final Pattern VARIABLE = Pattern.compile("\\$([A-Z]+)");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Map<String, String> variables = new HashMap<>();
  private JsonObject last = new JsonObject();

  @Test
  void the_calls_of_the_guide_are_answered_as_it_shows() throws Exception {
    try (LocalGateway gateway = LocalGateway.start("guide", Map.of())) {
      variables.put("URL", gateway.uri());
      variables.put("KEY", LocalGateway.OPERATOR_KEY);
      String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
      variables.put("NOW", now);
      int calls = 0;
      for (MatchResult block : BLOCK.matcher(Docs.read(GUIDE)).results().toList()) {
        for (MatchResult command : COMMAND.matcher(block.group(1)).results().toList()) {
          if (command.group(1).equals("curl")) {
            call(command.group());
            calls++;
          } else {
            keep(command.group());
          }
        }
      }
      assertThat(calls).isGreaterThanOrEqualTo(9);
    }
  }

  /** What a reader of the guide takes from the answer before. */
  private void keep(String command) {
    if (command.contains("TILL=")) {
      variables.put("TILL", last.getString("key"));
    } else if (command.contains("HOLD=")) {
      variables.put("HOLD", last.getString("holdId"));
    }
  }

  private void call(String command) throws Exception {
    int given = command.indexOf("<<");
    String line = given < 0 ? command : command.substring(0, given);
    List<String> words =
        WORD.matcher(line)
            .results()
            .map(it -> plain(it.group()))
            .filter(it -> !it.isBlank())
            .toList();
    var request = HttpRequest.newBuilder();
    BodyPublisher body = BodyPublishers.noBody();
    String method = "GET";
    for (int i = 1; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals("-H")) {
        String[] header = words.get(++i).split(": ", 2);
        request.header(header[0], header[1]);
      } else if (word.equals("-X")) {
        method = words.get(++i);
      } else if (word.equals("-d") || word.equals("-T")) {
        String value = words.get(++i);
        method = method.equals("GET") ? "POST" : method;
        body = word.equals("-d") ? BodyPublishers.ofString(value) : body;
      } else if (word.startsWith("http")) {
        request.uri(URI.create(word));
      }
    }
    if (given >= 0) {
      String text = command.substring(command.indexOf('\n', given) + 1);
      String lines = text.substring(0, text.stripTrailing().lastIndexOf('\n') + 1);
      body = BodyPublishers.ofString(filled(lines));
    }
    answered(command, client.send(request.method(method, body).build(), BodyHandlers.ofString()));
  }

  private void answered(String command, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as("%s%n%s", command, answer.body()).isBetween(200, 201);
    List<JsonObject> lines = answer.body().lines().map(JsonObject::new).toList();
    last = lines.get(0);
    for (JsonObject line : lines) {
      if (line.getInteger("line") != null) {
        assertThat(line.getInteger("status")).as("%s%n%s", command, line).isBetween(200, 201);
      }
    }
  }

  /** A word as a shell hands it on. */
  private String plain(String word) {
    var plain = new StringBuilder();
    for (MatchResult part : PART.matcher(word.replace("\\\n", "")).results().toList()) {
      if (part.group(1) != null) {
        plain.append(part.group(1));
      } else {
        plain.append(filled(part.group(2) != null ? part.group(2) : part.group()));
      }
    }
    return plain.toString();
  }

  private String filled(String text) {
    return VARIABLE.matcher(text).replaceAll(it -> variables.getOrDefault(it.group(1), "unknown"));
  }
}
