package points.ledger.book.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import points.ledger.book.json.RuleBookReader;
import points.ledger.form.FieldError;
import points.ledger.form.FieldErrors;

class BookExamplesTest {

  @Test
  void the_examples_of_the_documentation_are_right() throws IOException {
    RuleBookDocument document = read(example());

    assertThat(document.title()).isEqualTo("December");
    assertThat(document.examples()).hasSize(2);
    assertThat(BookExamples.check(document)).isEmpty();
  }

  @Test
  void a_wrong_example_says_what_the_book_gives_rule_by_rule() throws IOException {
    JsonObject json = example();
    put(json, "/examples/0/points", "901");
    put(json, "/promotions/0/cap/perOrder", "400");

    List<WrongExample> wrong = BookExamples.check(read(json));

    assertThat(wrong).hasSize(1);
    assertThat(wrong.get(0).pointer()).isEqualTo("/examples/0/points");
    assertThat(wrong.get(0).given()).isEqualTo(850);
    assertThat(wrong.get(0).sum()).isEqualTo("a 300 + tier 150 + weekend 400");
    assertThat(wrong.get(0).why())
        .extracting(Words::en)
        .containsExactly(
            "a gives 300",
            "tier gives 150",
            "weekend gives 400",
            "weekend is cut by 50: a cap is reached",
            "milk gives nothing: none of its goods are in the order",
            "first gives nothing: it is not the member's first order",
            "birthday gives nothing: it does not run at this time",
            "big gives nothing: the order is below its minimum");
    assertThat(wrong.get(0).why()).extracting(Words::zh).contains("weekend：扣去 50 分，达到上限");
  }

  @Test
  void a_wrong_example_is_a_fault_of_its_field() throws IOException {
    JsonObject json = example();
    put(json, "/examples/1/points", "1");
    var errors = new FieldErrors();

    BookExamples.check(read(json)).forEach(it -> it.addTo(errors));

    assertThat(errors.all()).extracting(FieldError::pointer).containsExactly("/examples/1/points");
    assertThat(errors.all().get(0).message()).contains("338", "b 198 + steps 20 + milk 20");
  }

  /** The hold-out share of the promotion is 10 %, so an id alone would decide by chance. */
  @Test
  void a_member_that_is_held_out_gets_none_of_the_promotions_that_hold_out() throws IOException {
    JsonObject json = example();
    put(json, "/examples/0/member/heldOut", "true");

    List<WrongExample> wrong = BookExamples.check(read(json));

    assertThat(wrong).extracting(WrongExample::given).containsExactly(450L);
    assertThat(wrong.get(0).why())
        .extracting(Words::en)
        .contains("weekend gives nothing: the member is held out, to measure its effect");
  }

  @Test
  void an_example_may_be_in_a_store_with_a_zone_of_its_own() throws IOException {
    JsonObject json = example();
    put(json, "/examples/0/store/timeZone", "\"America/New_York\""); // there it is Friday

    assertThat(BookExamples.check(read(json)))
        .extracting(WrongExample::given)
        .containsExactly(450L);
  }

  @Test
  void points_beyond_every_account_are_never_right() throws IOException {
    JsonObject json = example();
    put(json, "/base", "{\"points\": 1000000, \"perAmount\": 1}");
    json.remove("brackets");
    json.remove("caps");
    put(json, "/promotions", "[{\"id\": \"x\", \"multiply\": \"999\"}]");
    put(json, "/stacking", "{}");
    put(
        json,
        "/examples",
        """
        [{"title": "all", "at": "2026-12-05T11:00:00Z", "points": 0,
          "order": {"amount": 1000000000000000}}]
        """);

    assertThat(BookExamples.check(read(json)))
        .extracting(WrongExample::given)
        .containsExactly(Long.MAX_VALUE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /examples/0/title | "First order of a new member, with milk" | /examples/1/title
          /examples/0/title | "" | /examples/0/title
          /examples/0/at | "2026-12-05" | /examples/0/at
          /examples/0/member/tier | "tin" | /examples/0/member/tier
          /examples/0/member/birthday | "02-30" | /examples/0/member/birthday
          /examples/0/member/birthday | "02-29" | -
          /examples/0/member/name | "x" | /examples/0/member/name
          /examples/0/store/timeZone | "Mars" | /examples/0/store/timeZone
          /examples/0/store/storeId | "" | /examples/0/store/storeId
          /examples/0/order | {} | /examples/0/order/amount
          /examples/0/order/channel | "phone" | /examples/0/order/channel
          /examples/0/order/lines/0/amount | 29999 | /examples/0/order/lines
          /examples/0/order/lines/0/quantity | -1 | /examples/0/order/lines/0/quantity
          /examples/0/order/initialAmount | 29999 | /examples/0/order/initialAmount
          /examples/0/points | -1 | /examples/0/points
          /examples/0/why | "x" | /examples/0/why
          """)
  void a_fault_of_an_example_is_named_by_its_field(String pointer, String value, String expected)
      throws IOException {
    JsonObject json = example();
    put(json, pointer, value);
    var errors = new FieldErrors();

    RuleBookReader.readDocument(json, ZoneId.of("UTC"), errors);

    assertThat(errors.all().stream().map(FieldError::pointer).toList())
        .isEqualTo(expected.equals("-") ? List.of() : List.of(expected));
  }

  /** Puts a value there, in the place of the one that is there. */
  private static void put(JsonObject json, String pointer, String value) {
    Object it = new JsonArray("[" + value + "]").getValue(0);
    int end = pointer.lastIndexOf('/');
    Object parent = JsonPointer.from(pointer.substring(0, end)).queryJson(json);
    if (parent instanceof JsonArray array) {
      array.set(Integer.parseInt(pointer.substring(end + 1)), it);
    } else {
      JsonPointer.from(pointer).writeJson(json, it, true);
    }
  }

  private static RuleBookDocument read(JsonObject json) {
    var errors = new FieldErrors();
    RuleBookDocument document = RuleBookReader.readDocument(json, ZoneId.of("UTC"), errors);
    assertThat(errors.all()).isEmpty();
    return document;
  }

  private static JsonObject example() throws IOException {
    return new JsonObject(Files.readString(Path.of("../docs/examples/rule-book.json")));
  }
}
