package points.gateway.deploy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The rules for Prometheus; a field that Prometheus would not know is refused. */
record Alerts(List<Group> groups) {

  static final Path FILE = Docs.DEPLOY.resolve("prometheus-alerts.yml");

  record Group(String name, List<Rule> rules) {}

  record Rule(
      String alert,
      String expr,
      @JsonProperty("for") String pending,
      Map<String, String> labels,
      Map<String, String> annotations) {}

  static List<Rule> read() throws IOException {
    var mapper = new YAMLMapper();
    mapper.enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);
    return mapper.readValue(FILE.toFile(), Alerts.class).groups().stream()
        .flatMap(group -> group.rules().stream())
        .toList();
  }
}
