package points.gateway.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import points.ledger.form.FieldFault;

class FieldFaultTest {

  @Test
  void every_fault_is_in_the_contract_and_besides_only_problems() throws IOException {
    Matcher listed =
        Pattern.compile("x-extensible-enum: \\[(\\s+required, [^\\]]+)]").matcher(contract());
    assertThat(listed.find()).isTrue();
    List<String> labels = Arrays.stream(FieldFault.values()).map(FieldFault::label).toList();
    List<String> all = List.of(listed.group(1).strip().split(",\\s+"));
    assertThat(all).startsWith(labels.toArray(String[]::new));
    assertThat(all.subList(labels.size(), all.size()))
        .isSubsetOf(
            Stream.of(Problem.Code.values(), RefusalProblem.values())
                .flatMap(Arrays::stream)
                .map(ProblemCode::label)
                .toList());
  }

  @Test
  void an_error_has_a_code_that_stays_and_the_values_of_its_text() {
    Problem problem = Problem.invalid("/limit", FieldFault.NUMBER_RANGE, 1, 200L);

    JsonObject json = problem.toJson("r");
    assertThat(json.getString("detail")).isEqualTo("/limit must be a whole number from 1 to 200.");
    assertThat(json.getJsonArray("errors").getJsonObject(0))
        .isEqualTo(
            new JsonObject()
                .put("pointer", "/limit")
                .put("code", "number_range")
                .put("message", "must be a whole number from 1 to 200")
                .put("values", new JsonObject().put("min", "1").put("max", "200")));
  }

  @Test
  void an_error_that_only_one_problem_has_is_named_as_it() {
    Problem problem = Problem.at(Problem.Code.IDENTIFIER_TAKEN, "/phone", "is another member's");

    assertThat(problem.toJson("r").getJsonArray("errors").getJsonObject(0).getString("code"))
        .isEqualTo("identifier_taken");
  }

  @Test
  void a_text_without_its_values_is_a_fault_of_ours() {
    assertThat(FieldFault.ONE_OF.message("$1, \\2")).isEqualTo("must be one of $1, \\2");
    assertThatThrownBy(() -> FieldFault.ONE_OF.message())
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String contract() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(FieldFaultTest.class.getResourceAsStream("/openapi.yaml"))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
