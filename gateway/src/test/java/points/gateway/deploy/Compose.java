package points.gateway.deploy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * The file for Docker Compose, anchors and merges resolved. Of the Compose specification it has the
 * fields that the file uses; any other fails, so a misspelt one is seen.
 */
record Compose(
    String name,
    Map<String, Service> services,
    Map<String, Network> networks,
    Map<String, Volume> volumes) {

  /** A container. */
  record Service(
      String image,
      String restart,
      @JsonProperty("depends_on") @Nullable JsonNode dependsOn,
      Map<String, String> environment,
      @JsonProperty("stop_grace_period") String stopGracePeriod,
      @JsonProperty("mem_limit") @Nullable String memoryLimit,
      @JsonProperty("shm_size") @Nullable String sharedMemory,
      @JsonProperty("read_only") boolean readOnly,
      @Nullable List<String> tmpfs,
      @JsonProperty("cap_drop") @Nullable List<String> capDrop,
      @JsonProperty("security_opt") @Nullable List<String> securityOptions,
      @Nullable List<String> ports,
      @Nullable List<String> volumes,
      @Nullable Healthcheck healthcheck,
      JsonNode networks) {

    /** Where it is in the network of the nodes. */
    String address() {
      return networks.path("nodes").path("ipv4_address").asText();
    }
  }

  record Healthcheck(List<String> test, String interval, String timeout, int retries) {}

  record Network(boolean internal, @Nullable Ipam ipam) {}

  record Ipam(List<Subnet> config) {}

  record Subnet(String subnet) {}

  record Volume() {}

  private static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  static Compose read(String yaml) throws IOException {
    var options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    Map<String, Object> resolved = new Yaml(options).load(yaml);
    ObjectNode tree = MAPPER.valueToTree(new LinkedHashMap<>(resolved));
    tree.properties().removeIf(field -> field.getKey().startsWith("x-"));
    return MAPPER.treeToValue(tree, Compose.class);
  }
}
