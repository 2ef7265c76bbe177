package points.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.WithGateway;

/** The command by which all books are checked, beside a gateway that runs. */
@WithGateway
class AuditIT {

  private record Ended(int code, String output) {}

  private final LocalGateway gateway;
  private final Chain chain;

  AuditIT(LocalGateway gateway, Chain chain) {
    this.gateway = gateway;
    this.chain = chain;
  }

  private static Ended audit(Map<String, String> settings)
      throws IOException, InterruptedException {
    var builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                Path.of("target", "gateway.jar") + ":" + Path.of("target", "lib") + "/*",
                "points.gateway.Audit")
            .redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("POINTS_"));
    builder.environment().putAll(settings);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), output);
  }

  private Map<String, String> settings() {
    return Map.of("POINTS_DATA_DIR", gateway.database().dataDirectory().toString());
  }

  @Test
  void ends_with_0_and_names_its_checks_when_the_books_are_right() throws Exception {
    chain.memberWith(50);

    Ended ended = audit(settings());

    assertThat(ended.output()).contains("members,", "the books are right").doesNotContain("DIFFER");
    assertThat(ended.code()).isZero();
  }

  @Test
  void ends_with_1_and_names_each_difference_when_they_are_not() throws Exception {
    String member = chain.memberWith(50);
    change("available = 51", member);
    try {
      Ended ended = audit(settings());

      assertThat(ended.code()).isEqualTo(1);
      assertThat(ended.output())
          .contains("1 DIFFER", "member_id=" + member, "available=51", "WRONG")
          .doesNotContain("password");
    } finally {
      change("available = 50", member);
    }
  }

  @Test
  void names_accounts_beyond_their_limit() throws Exception {
    String member = chain.memberWith(50);
    change("lot_points[1] = 1000000000000001, available = 1000000000000001", member);
    try {
      Ended ended = audit(settings());

      assertThat(ended.code()).isEqualTo(1);
      assertThat(ended.output())
          .containsPattern("1 DIFFER .* no account has, and nobody owes, more than 10\\^15")
          .contains("of_member=1000000000000001");
    } finally {
      change("lot_points[1] = 50, available = 50", member);
    }
  }

  private void change(String columns, String member) throws SQLException {
    try (Connection connection = gateway.database().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "UPDATE member SET %s WHERE member_id = '%s' AND program_id = '%s'"
              .formatted(columns, member, chain.programId()));
    }
  }

  @Test
  void ends_with_2_when_the_books_cannot_be_read() throws Exception {
    Map<String, String> nowhere =
        new HashMap<>(Map.of("POINTS_DATA_DIR", Path.of("target", "nowhere").toString()));
    Ended nothing = audit(nowhere);
    nowhere.put("POINTS_PG_URI", "postgresql://u:secret@127.0.0.1:1/points");
    Ended refused = audit(nowhere);
    nowhere.put("POINTS_PG_URI", "mysql://u:secret@127.0.0.1/points");
    Ended unknown = audit(nowhere);

    assertThat(nothing.code()).isEqualTo(2);
    assertThat(nothing.output()).contains("set POINTS_PG_URI, or POINTS_DATA_DIR");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.output()).contains("cannot be read").doesNotContain("secret");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.output()).contains("POINTS_PG_URI must be").doesNotContain("secret");
  }
}
