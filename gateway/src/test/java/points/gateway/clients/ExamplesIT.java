package points.gateway.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.WithGateway;

/** The tills of docs/examples lose and double nothing on a line that is as bad as lines are. */
@WithGateway
class ExamplesIT {
  private static final Path EXAMPLES = Path.of("../docs/examples").toAbsolutePath().normalize();

  private final LocalGateway gateway;
  private final Chain chain;

  ExamplesIT(LocalGateway gateway, Chain chain) {
    this.gateway = gateway;
    this.chain = chain;
  }

  @Test
  void theTillInJavaLosesAndDoublesNothing() throws Exception {
    sells(List.of(Generator.java(), EXAMPLES.resolve("Till.java").toString()), "java");
  }

  @Test
  void theTillInTypeScriptLosesAndDoublesNothing() throws Exception {
    Path program = Files.createDirectories(Path.of("target/examples/till").toAbsolutePath());
    Files.writeString(program.resolve("till.ts"), Files.readString(EXAMPLES.resolve("till.ts")));
    NodeTools.compile(program, "till.ts");

    sells(List.of("node", program.resolve("till.js").toString()), "ts");
  }

  private void sells(List<String> till, String name) throws Exception {
    Path queue = Path.of("target", "examples", name + "-queue").toAbsolutePath();
    clear(queue);
    String member = name + "-member";
    String sales =
        """
        sell %1$s-1 %1$s-member 10000
        sell %1$s-2 %1$s-member 5000
        refund %1$s-2 R1
        sell %1$s-3 %1$s-member -1
        """
            .formatted(name);
    String key = gatewayKey();
    try (BadLine line = BadLine.to(gateway.uri())) {
      assertThat(run(till, line.uri(), key, queue, sales))
          .contains("201 S1/" + name + "-1/accrual");
      // the first answer was lost, the second request got 503, and each was sent again as it was
      assertThat(line.sent()).hasSize(4 + 2);
      assertThat(line.sent().subList(0, 3)).containsOnly(line.sent().get(0));
    }
    assertThat(chain.balance(member).getLong("available")).isEqualTo(100);
    assertThat(chain.entries(member)).isEqualTo(3);
    assertThat(names(queue)).containsExactly("000000000004.call.refused");

    // As if it had been killed before the first call left the queue.
    Files.writeString(
        queue.resolve("000000000001.call"),
        name.equals("java") ? fileOfJava() : fileOfTypeScript());
    run(till, gateway.uri(), key, queue, "");
    assertThat(names(queue)).noneMatch(it -> it.endsWith(".call"));
  }

  private static String fileOfJava() {
    return "/v1/accruals\nS1/again/accrual\n" + again("java-again");
  }

  private static String fileOfTypeScript() {
    return new JsonObject()
        .put("path", "/v1/accruals")
        .put("key", "S1/again/accrual-ts")
        .put("body", again("ts-again"))
        .encode();
  }

  private static String again(String orderId) {
    return new JsonObject()
        .put("memberId", "again")
        .put("storeId", Chain.STORE)
        .put("orderId", orderId)
        .put("occurredAt", "2026-11-22T10:00:00Z")
        .put("amount", 100)
        .encode();
  }

  private String gatewayKey() {
    var wanted =
        new JsonObject().put("name", "till").put("role", "store").put("storeId", Chain.STORE);
    return chain.admin().post("/v1/api-keys", wanted).json(201).getString("key");
  }

  private static String run(List<String> till, String gateway, String key, Path queue, String sales)
      throws IOException {
    var command = new ArrayList<>(till);
    command.addAll(List.of(gateway, Chain.STORE, queue.toString()));
    Path input = Files.writeString(Files.createTempFile("sales", ".txt"), sales);
    return Tool.in(Path.of("target/examples")).with("POINTS_KEY", key).run(command, input);
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static void clear(Path directory) throws IOException {
    Files.createDirectories(directory);
    for (String name : names(directory)) {
      Files.delete(directory.resolve(name));
    }
  }
}
