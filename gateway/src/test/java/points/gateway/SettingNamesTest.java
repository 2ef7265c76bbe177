package points.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingNamesTest {

  private final SettingNames names = Settings.names();

  @Test
  void a_misspelt_setting_is_named_with_the_one_that_was_meant() {
    assertThat(names.wrong(Map.of("POINTS_HTTP_PROT", "80", "POINTS_PG_URL", "", "HOME", "/")))
        .containsExactly(
            "POINTS_HTTP_PROT is no setting; did you mean POINTS_HTTP_PORT?",
            "POINTS_PG_URL is no setting; did you mean POINTS_PG_URI?");
    assertThat(names.wrong(Map.of("POINTS_COLOUR", "blue")))
        .containsExactly("POINTS_COLOUR is no setting; gateway/run --help names them all");
  }

  @Test
  void the_start_is_refused_for_it_and_names_all_other_faults() {
    assertThatThrownBy(() -> Settings.read(Map.of("POINTS_LANE", "2", "POINTS_HTTP_PORT", "http")))
        .isInstanceOf(Settings.UnusableException.class)
        .hasMessageContaining("POINTS_HTTP_PORT is 'http'")
        .hasMessageContaining("POINTS_LANE is no setting; did you mean POINTS_LANES?");
  }

  @Test
  void variables_of_kubernetes_services_are_no_misspelt_settings() {
    Map<String, String> links =
        Map.of(
            "POINTS_SERVICE_HOST", "10.0.0.1",
            "POINTS_SERVICE_PORT", "8080",
            "POINTS_SERVICE_PORT_HTTP", "8080",
            "POINTS_PORT", "tcp://10.0.0.1:8080",
            "POINTS_NODES_PORT_5701_TCP_ADDR", "10.0.0.2",
            "POINTS_KEY", "pk_of_the_tools");

    assertThat(names.wrong(links)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"operations.md", "zh/operations.md"})
  void the_pages_for_operators_have_every_setting_and_no_other(String page) throws Exception {
    Pattern row = Pattern.compile("^\\| `(POINTS_\\w+)` \\|", Pattern.MULTILINE);
    List<MatchResult> rows =
        row.matcher(Files.readString(Path.of("../docs", page))).results().toList();
    Set<String> listed = new TreeSet<>();
    rows.forEach(it -> listed.add(it.group(1)));

    assertThat(listed).hasSizeGreaterThan(20).isEqualTo(new TreeSet<>(names.known()));
  }

  @Test
  void the_help_of_the_command_names_every_setting() throws Exception {
    Process help = new ProcessBuilder("./run", "--help").start();
    String text = new String(help.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(text.lines().filter(it -> it.startsWith("POINTS_")))
        .containsExactlyInAnyOrderElementsOf(names.known());
  }
}
