package points.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.Person;
import points.gateway.fixture.WithGateway;

/** The first account, made by a command beside a gateway that runs. */
@WithGateway
class StaffCommandIT {

  private final LocalGateway gateway;
  private final Chain chain;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  StaffCommandIT(LocalGateway gateway, Chain chain) {
    this.gateway = gateway;
    this.chain = chain;
  }

  @Test
  void makes_an_account_that_can_sign_in() {
    int code =
        run("add", "--name", "Li Lei", "--role", "headOffice", "--program", chain.programId());

    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(code).isEqualTo(StaffCommand.MADE);
    String said = out.toString(StandardCharsets.UTF_8).strip();
    String password = said.substring(said.lastIndexOf(' ') + 1);
    JsonObject attempt =
        new JsonObject()
            .put("programId", chain.programId())
            .put("name", "li lei")
            .put("password", password);
    JsonObject session = Person.visitor(gateway).postPlain("/v1/session", attempt).json(200);
    assertThat(session.getBoolean("mustChangePassword")).isTrue();
    assertThat(run("add", "--name", "LI LEI", "--role", "auditor", "--program", chain.programId()))
        .isEqualTo(StaffCommand.NOT_MADE);
  }

  @Test
  void names_what_is_wrong() {
    assertThat(run("add", "--name", "x", "--role", "admin")).isEqualTo(2);
    assertThat(run("add", "--name", "x", "--role", "storeManager")).isEqualTo(2);
    assertThat(run("remove", "--name", "x")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--role", "--store", "usage");
    assertThat(
            run(
                "add",
                "--name",
                "x",
                "--role",
                "storeManager",
                "--store",
                "nowhere",
                "--program",
                chain.programId()))
        .isEqualTo(StaffCommand.NOT_MADE);
  }

  private int run(String... arguments) {
    return new StaffCommand(
            Map.of("POINTS_DATA_DIR", gateway.database().dataDirectory().toString()),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))
        .run(List.of(arguments));
  }
}
