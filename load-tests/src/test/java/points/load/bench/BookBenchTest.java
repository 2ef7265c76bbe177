package points.load.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rule book of the benchmark is as large as its page says. */
class BookBenchTest {
  @Test
  void has_200_promotions_and_a_ratio_for_each_of_10_000_products() {
    JsonObject document = BookBench.document();
    Set<Object> products = new HashSet<>();
    for (Object ratio : document.getJsonArray("ratios")) {
      JsonArray named = ((JsonObject) ratio).getJsonObject("for").getJsonArray("products");
      named.forEach(products::add);
    }

    assertThat(document.getJsonArray("promotions")).hasSize(200);
    assertThat(products).hasSize(10_000);
    assertThat(document.encode().length()).isLessThan(256_000);
  }
}
