package points.gateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The example of an image, held against what it builds and runs. */
class DockerfileTest {

  /** An option of the JVM, with its value where it has one. */
  private static final Pattern OPTION = Pattern.compile("(?<=\\s)(-X\\S+|--add-\\S+ \\S+)(?=\\s)");

  private final String file = Docs.read(Docs.DEPLOY.resolve("Dockerfile"));

  @Test
  void starts_the_jvm_as_the_script_does() {
    String script = Docs.read(Docs.ROOT.resolve("gateway/run"));
    String start = script.substring(script.indexOf("exec \"$java\""));

    assertThat(options(file.substring(file.indexOf("ENTRYPOINT"))))
        .hasSizeGreaterThan(8)
        .isEqualTo(options(start));
  }

  private static Set<String> options(String text) {
    Set<String> options = new TreeSet<>();
    for (MatchResult match : OPTION.matcher(text).results().toList()) {
      options.add(match.group());
    }
    return options;
  }

  @Test
  void every_file_that_it_copies_exists() {
    Pattern copy = Pattern.compile("^COPY (?!--)(\\S+) ", Pattern.MULTILINE);
    for (MatchResult match : copy.matcher(file).results().toList()) {
      assertThat(Docs.ROOT.resolve(match.group(1))).exists();
    }
    for (String module : List.of("cluster-config", "ledger-verticle", "gateway", "load-tests")) {
      assertThat(file).as("Maven wants the pom of every module").contains("COPY " + module);
    }
  }

  @Test
  void runs_as_the_user_of_the_manifests() throws Exception {
    for (var resource : Kubernetes.read()) {
      if (resource instanceof StatefulSet nodes) {
        long user = nodes.getSpec().getTemplate().getSpec().getSecurityContext().getRunAsUser();
        assertThat(file).contains("USER " + user + "\n");
      }
    }
  }
}
