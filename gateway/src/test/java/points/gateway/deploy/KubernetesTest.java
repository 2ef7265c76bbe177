package points.gateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JacksonException;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import points.gateway.Gateway;
import points.gateway.Settings;

/** The manifests: that Kubernetes would take them, and that they fit each other and the gateway. */
class KubernetesTest {

  /** What the ports of a node in a cluster are when nothing is said of them. */
  private static final Map<String, Integer> CLUSTER_PORTS = Map.of("hazelcast", 5701, "bus", 15701);

  private List<HasMetadata> resources = List.of();
  private StatefulSet nodes = new StatefulSet();
  private PodSpec pod = new PodSpec();
  private Container container = new Container();

  @BeforeEach
  void read() throws IOException {
    resources = Kubernetes.read();
    nodes = only(StatefulSet.class);
    pod = nodes.getSpec().getTemplate().getSpec();
    assertThat(pod.getContainers()).hasSize(1);
    container = pod.getContainers().get(0);
  }

  private <T extends HasMetadata> T only(Class<T> type) {
    List<T> found = resources.stream().filter(type::isInstance).map(type::cast).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private Service service(String name) {
    return resources.stream()
        .filter(Service.class::isInstance)
        .map(Service.class::cast)
        .filter(service -> service.getMetadata().getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void an_unknown_field_would_be_seen() {
    assertThatThrownBy(
            () ->
                Kubernetes.read(
                    """
                    apiVersion: v1
                    kind: Service
                    metadata: {name: points}
                    spec: {port: 80}
                    """))
        .isInstanceOf(JacksonException.class)
        .hasMessageContaining("port");
  }

  @Test
  void everything_is_about_the_same_pods() {
    Map<String, String> labels = nodes.getSpec().getTemplate().getMetadata().getLabels();

    assertThat(nodes.getSpec().getSelector().getMatchLabels()).isEqualTo(labels);
    assertThat(service("points").getSpec().getSelector()).isEqualTo(labels);
    assertThat(service("points-nodes").getSpec().getSelector()).isEqualTo(labels);
    assertThat(only(PodDisruptionBudget.class).getSpec().getSelector().getMatchLabels())
        .isEqualTo(labels);
    assertThat(only(NetworkPolicy.class).getSpec().getPodSelector().getMatchLabels())
        .isEqualTo(labels);
    assertThat(resources.stream().map(it -> it.getKind() + " " + it.getMetadata().getName()))
        .doesNotHaveDuplicates();
  }

  @Test
  void sets_nothing_that_the_gateway_does_not_know() throws Exception {
    Set<String> known = new HashSet<>();
    Settings.read(
        name -> {
          known.add(name);
          return "";
        });
    known.add("JAVA_OPTS");
    assertThat(pod.getEnableServiceLinks()).as("Kubernetes sets none by itself").isFalse();
    List<String> set = container.getEnv().stream().map(EnvVar::getName).toList();

    assertThat(known).containsAll(set);
    assertThat(set)
        .doesNotHaveDuplicates()
        .contains(
            "POINTS_PG_URI",
            "POINTS_CLUSTER_DNS",
            "POINTS_CLUSTER_HOST",
            "POINTS_CLUSTER_SECRET",
            "POINTS_TRUSTED_PROXIES");
  }

  @Test
  void gives_values_that_the_gateway_takes() throws Exception {
    Map<String, String> environment = environment();
    Settings settings = Settings.read(name -> environment.getOrDefault(name, ""));

    assertThat(settings.httpHost()).isEqualTo("0.0.0.0");
    assertThat(settings.managementHost()).isEqualTo("0.0.0.0");
    assertThat(settings.database()).isNotNull();
    assertThat(ports())
        .containsEntry("http", settings.httpPort())
        .containsEntry("management", settings.managementPort())
        .containsAllEntriesOf(CLUSTER_PORTS)
        .hasSize(4);
  }

  /** With the secret of the example, and an address of this machine as that of the pod. */
  private Map<String, String> environment() {
    Map<String, String> secret = only(Secret.class).getStringData();
    Map<String, String> environment = new HashMap<>();
    for (EnvVar variable : container.getEnv()) {
      String value = variable.getValue();
      if (value == null && variable.getValueFrom().getSecretKeyRef() != null) {
        SecretKeySelector key = variable.getValueFrom().getSecretKeyRef();
        assertThat(key.getName()).isEqualTo(only(Secret.class).getMetadata().getName());
        value = secret.get(key.getKey());
      } else if (value == null) {
        assertThat(variable.getValueFrom().getFieldRef().getFieldPath()).isEqualTo("status.podIP");
        value = "127.0.0.1";
      }
      assertThat(value).as(variable.getName()).isNotBlank();
      environment.put(variable.getName(), value);
    }
    return environment;
  }

  private Map<String, Integer> ports() {
    Map<String, Integer> ports = new HashMap<>();
    for (ContainerPort port : container.getPorts()) {
      ports.put(port.getName(), port.getContainerPort());
    }
    return ports;
  }

  @Test
  void nodes_find_each_other_by_the_name_of_the_headless_service() {
    String name = environment().get("POINTS_CLUSTER_DNS");
    Service headless = service(String.valueOf(name));

    assertThat(headless.getSpec().getClusterIP()).isEqualTo("None");
    assertThat(headless.getSpec().getPublishNotReadyAddresses()).isTrue();
    assertThat(nodes.getSpec().getServiceName()).isEqualTo(name);
    assertThat(ports(headless)).isEqualTo(fewer(ports(), "http"));
    assertThat(ports(service("points")).keySet()).isEqualTo(Set.of("http"));
  }

  /** Where they lead, by the name of the port that they lead to. */
  private Map<String, Integer> ports(Service service) {
    Map<String, Integer> ports = new HashMap<>();
    for (ServicePort port : service.getSpec().getPorts()) {
      String target = port.getTargetPort().getStrVal();
      assertThat(ports()).containsKey(target);
      assertThat(port.getName()).isEqualTo(target);
      ports.put(target, port.getPort());
    }
    return ports;
  }

  private static Map<String, Integer> fewer(Map<String, Integer> ports, String name) {
    var fewer = new HashMap<>(ports);
    fewer.remove(name);
    return fewer;
  }

  @Test
  void only_nodes_reach_the_ports_between_nodes() {
    LabelSelector pods = nodes.getSpec().getSelector();
    Set<String> seen = new HashSet<>();
    for (NetworkPolicyIngressRule rule : only(NetworkPolicy.class).getSpec().getIngress()) {
      for (NetworkPolicyPort port : rule.getPorts()) {
        String name = port.getPort().getStrVal();
        assertThat(ports()).containsKey(name);
        assertThat(seen.add(name)).isTrue();
        if (CLUSTER_PORTS.containsKey(name)) {
          assertThat(rule.getFrom()).hasSize(1);
          assertThat(rule.getFrom().get(0).getPodSelector()).isEqualTo(pods);
        } else if (name.equals("management")) {
          assertThat(rule.getFrom()).isNotEmpty();
        }
      }
    }

    assertThat(seen).isEqualTo(ports().keySet());
    assertThat(only(NetworkPolicy.class).getSpec().getPolicyTypes()).contains("Ingress", "Egress");
  }

  @Test
  void nodes_may_call_each_other() {
    Set<Integer> open = new HashSet<>();
    only(NetworkPolicy.class).getSpec().getEgress().stream()
        .filter(rule -> !rule.getTo().isEmpty())
        .forEach(rule -> rule.getPorts().forEach(port -> open.add(port.getPort().getIntVal())));

    assertThat(open).isEqualTo(Set.copyOf(CLUSTER_PORTS.values()));
  }

  @Test
  void probes_ask_the_management_port() {
    var management = new IntOrString("management");
    for (Probe probe :
        List.of(
            container.getStartupProbe(),
            container.getLivenessProbe(),
            container.getReadinessProbe())) {
      assertThat(probe.getHttpGet().getPort()).isEqualTo(management);
    }
    assertThat(container.getStartupProbe().getHttpGet().getPath()).isEqualTo("/health/live");
    assertThat(container.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/health/live");
    assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/health/ready");
    assertThat(container.getReadinessProbe().getTimeoutSeconds())
        .as("readiness is answered within 1 s")
        .isGreaterThan(1);
  }

  @Test
  void a_node_has_the_time_that_it_takes_to_stop() throws Exception {
    Settings settings = Settings.read(name -> environment().getOrDefault(name, ""));
    long announced =
        Long.parseLong(container.getLifecycle().getPreStop().getExec().getCommand().get(1));

    assertThat(pod.getTerminationGracePeriodSeconds())
        .isGreaterThan(announced + Gateway.stopMax(settings).toSeconds());
  }

  @Test
  void a_node_runs_with_few_rights() {
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getRunAsUser()).isPositive();
    assertThat(pod.getAutomountServiceAccountToken()).isFalse();
    assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
    assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
    assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(container.getResources().getLimits()).containsKey("memory");
    assertThat(environment().get("POINTS_DATA_DIR")).startsWith("/tmp/");
    assertThat(container.getVolumeMounts()).anyMatch(mount -> mount.getMountPath().equals("/tmp"));
  }

  @Test
  void at_most_one_of_several_nodes_is_away_by_intent() {
    assertThat(nodes.getSpec().getReplicas()).isGreaterThanOrEqualTo(3);
    assertThat(nodes.getSpec().getUpdateStrategy().getType()).isEqualTo("RollingUpdate");
    assertThat(only(PodDisruptionBudget.class).getSpec().getMaxUnavailable())
        .isEqualTo(new IntOrString(1));
  }
}
