package points.gateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JacksonException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import points.gateway.Gateway;
import points.gateway.Settings;

/** The file for Docker Compose, held against the gateway, the image and HAProxy's file. */
class ComposeTest {

  private static final List<String> NODES = List.of("node1", "node2", "node3");

  /** A variable that has to be set: {@code ${NAME:?why}}. */
  private static final Pattern REQUIRED = Pattern.compile("\\$\\{(\\w+):\\?[^}]+}");

  private static final Pattern SECRET = Pattern.compile(".*(PASSWORD|SECRET|KEY|URI)");

  private final String file = Docs.read(Docs.DEPLOY.resolve("compose.yaml"));
  private Compose compose;

  @BeforeEach
  void read() throws Exception {
    compose = Compose.read(file);
  }

  private Compose.Service service(String name) {
    return Objects.requireNonNull(compose.services().get(name), name);
  }

  @Test
  void an_unknown_field_would_be_seen() {
    String misspelt = file.replace("restart: unless-stopped", "restarts: unless-stopped");

    assertThatThrownBy(() -> Compose.read(misspelt))
        .isInstanceOf(JacksonException.class)
        .hasMessageContaining("restarts");
  }

  @Test
  void has_postgresql_three_nodes_and_haproxy() {
    assertThat(compose.services().keySet())
        .containsExactly("postgres", "node1", "node2", "node3", "haproxy");
    assertThat(service("postgres").volumes())
        .as("the books outlive the container")
        .containsExactly("postgres:/var/lib/postgresql/data");
    assertThat(compose.volumes()).containsOnlyKeys("postgres");
  }

  @Test
  void sets_nothing_that_the_gateway_does_not_know_and_values_that_it_takes() throws Exception {
    Set<String> known = new HashSet<>(Set.of("JAVA_OPTS"));
    Settings.read(
        name -> {
          known.add(name);
          return "";
        });
    for (String node : NODES) {
      Map<String, String> environment = filledIn(node);
      assertThat(known).containsAll(environment.keySet());

      Settings settings = Settings.read(name -> environment.getOrDefault(name, ""));
      assertThat(settings.httpHost()).isEqualTo("0.0.0.0");
      assertThat(settings.managementHost()).isEqualTo("0.0.0.0");
      assertThat(settings.cluster().isAlone()).isFalse();
      assertThat(settings.database()).isNotNull();
      assertThat(settings.dataDirectory().toString()).startsWith("/tmp/");
    }
  }

  /** With secrets as they are made, and this machine's address as that of the node. */
  private Map<String, String> filledIn(String node) {
    String own = InetAddress.getLoopbackAddress().getHostAddress();
    Map<String, String> environment = new HashMap<>();
    service(node)
        .environment()
        .forEach(
            (name, value) ->
                environment.put(
                    name,
                    REQUIRED
                        .matcher(value)
                        .replaceAll("0123456789abcdef".repeat(4))
                        .replace(service(node).address(), own)));
    return environment;
  }

  @Test
  void every_secret_comes_from_the_environment_and_has_to_be_set() {
    Set<String> required = new HashSet<>();
    compose
        .services()
        .values()
        .forEach(
            service ->
                service
                    .environment()
                    .forEach(
                        (name, value) -> {
                          if (SECRET.matcher(name).matches()) {
                            assertThat(value).as(name).containsPattern(REQUIRED);
                          }
                          REQUIRED
                              .matcher(value)
                              .results()
                              .forEach(it -> required.add(it.group(1)));
                        }));

    assertThat(required)
        .containsExactlyInAnyOrder(
            "POSTGRES_PASSWORD", "POINTS_CLUSTER_SECRET", "POINTS_BOOTSTRAP_KEY");
    required.forEach(name -> assertThat(file).as("how it is made").contains(name + "="));
  }

  @Test
  void the_nodes_and_haproxy_know_where_each_is() {
    Map<String, String> balancer = service("haproxy").environment();
    String members = String.valueOf(service("node1").environment().get("POINTS_CLUSTER_MEMBERS"));
    assertThat(String.valueOf(compose.networks().get("nodes"))).contains("172.29.17.0/24");
    for (int i = 0; i < NODES.size(); i++) {
      String address = service(NODES.get(i)).address();
      assertThat(members).contains(address + ":5701");
      assertThat(balancer).containsEntry("LB_GATEWAY_" + (i + 1), address + ":8080");
      assertThat(address).startsWith("172.29.17.");
    }
    assertThat(service("node1").environment().get("POINTS_PG_URI"))
        .contains("@" + service("postgres").address() + ":5432/points");
    NODES.forEach(
        node ->
            assertThat(service(node).environment())
                .containsEntry("POINTS_TRUSTED_PROXIES", service("haproxy").address()));
    String haproxy = Docs.read(Haproxy.FILE);
    balancer.keySet().forEach(name -> assertThat(haproxy).contains("presetenv " + name + " "));
  }

  @Test
  void only_haproxy_is_reached_from_outside_and_only_from_this_machine() {
    compose
        .services()
        .forEach(
            (name, service) -> {
              boolean isBalancer = name.equals("haproxy");
              assertThat(service.ports() != null).as(name).isEqualTo(isBalancer);
              assertThat(service.networks().toString().contains("outside")).isEqualTo(isBalancer);
            });
    assertThat(service("haproxy").ports()).allMatch(port -> port.startsWith("127.0.0.1:"));
    assertThat(Objects.requireNonNull(compose.networks().get("nodes")).internal()).isTrue();
  }

  @Test
  void everything_has_the_time_that_it_takes_to_stop() throws Exception {
    Settings settings = Settings.read(name -> filledIn("node1").getOrDefault(name, ""));
    long stop = Gateway.stopMax(settings).toSeconds();

    NODES.forEach(node -> assertThat(seconds(service(node).stopGracePeriod())).isGreaterThan(stop));
    Pattern hardStop = Pattern.compile("hard-stop-after (\\d+)s");
    List<MatchResult> found = hardStop.matcher(Docs.read(Haproxy.FILE)).results().toList();
    assertThat(seconds(service("haproxy").stopGracePeriod()))
        .isGreaterThan(Long.parseLong(found.get(0).group(1)));
  }

  private static long seconds(String period) {
    assertThat(period).matches("\\d+s");
    return Long.parseLong(period.substring(0, period.length() - 1));
  }

  @Test
  void containers_that_callers_reach_run_with_few_rights() {
    compose
        .services()
        .forEach(
            (name, service) -> {
              if (!name.equals("postgres")) {
                assertThat(service.readOnly()).as(name).isTrue();
                assertThat(service.capDrop()).containsExactly("ALL");
                assertThat(service.tmpfs()).anyMatch(it -> it.startsWith("/tmp"));
              }
            });
  }

  @Test
  void the_image_is_the_one_that_the_dockerfile_makes_and_files_are_there() {
    String dockerfile = Docs.read(Docs.DEPLOY.resolve("Dockerfile"));
    NODES.forEach(node -> assertThat(dockerfile).contains("-t " + service(node).image() + " "));
    String mounted = Objects.requireNonNull(service("haproxy").volumes()).get(0);
    String own = mounted.substring(0, mounted.indexOf(':'));
    assertThat(Files.exists(Docs.DEPLOY.resolve(own))).isTrue();
  }
}
