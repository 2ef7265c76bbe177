package points.gateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The pages in Chinese, held against the English ones: the same headings in the same order, and
 * under each the same code, calls, codes and settings.
 */
class ChineseDocsTest {

  @ParameterizedTest
  @CsvSource({
    "README.md, docs/zh/README.md, 10",
    "docs/api.md, docs/zh/api.md, 50",
    "docs/load-tests.md, docs/zh/load-tests.md, 5"
  })
  void has_the_headings_tables_and_numbers_of_the_english_page(
      String english, String chinese, int factsMin) {
    TranslatedPage one = TranslatedPage.read(Docs.read(Docs.ROOT.resolve(english)));
    TranslatedPage other = TranslatedPage.read(Docs.read(Docs.ROOT.resolve(chinese)));

    List<String> differences = new ArrayList<>(one.lackedBy(other, chinese));
    differences.addAll(other.lackedBy(one, english));
    assertThat(differences)
        .as("what differs between %s and %s: change both", english, chinese)
        .isEmpty();
    assertThat(List.copyOf(other.levels().keySet()))
        .as("the order of the headings of " + chinese)
        .isEqualTo(List.copyOf(one.levels().keySet()));
    assertThat(one.facts().values().stream().mapToInt(List::size).sum())
        .isGreaterThanOrEqualTo(factsMin);
  }

  @Test
  void a_missing_fact_is_named() {
    TranslatedPage english =
        TranslatedPage.read(
            """
            # A
            ## B
            Ask `GET /v1/x`, or send `{"a":1}`.

            ```sh
            curl -s $URL/v1/y   # why
            ```

            | code | status |
            |---|---|
            | `gone` | 404 | no such thing |

            ## C
            """);
    TranslatedPage chinese =
        TranslatedPage.read("<!-- A -->\n# 甲\n\n<!-- B -->\n## 乙\n| `gone` | 409 | 没有 |\n");

    assertThat(english.lackedBy(chinese, "zh.md"))
        .containsExactlyInAnyOrder(
            "zh.md lacks under \"## B\" the call GET /v1/x",
            "zh.md lacks under \"## B\" the JSON {\"a\":1}",
            "zh.md lacks under \"## B\" the line of code curl -s $URL/v1/y",
            "zh.md lacks under \"## B\" the row `gone` | 404 |",
            "zh.md lacks the heading \"## C\" (after \"B\")");
    assertThat(chinese.lackedBy(english, "en.md"))
        .containsExactly("en.md lacks under \"## B\" the row `gone` | 409 |");
  }
}
