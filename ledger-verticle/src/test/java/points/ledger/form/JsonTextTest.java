package points.ledger.form;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonTextTest {

  private static final List<String> STRINGS =
      List.of(
          "", "a", "P 9", "{", "[", ":", ",", "\"", "\\", "a\"b\\c", "会员", "é", "😀", "/",
          "\u007f");

  @Test
  void is_what_the_objects_would_be_encoded_as() {
    for (int seed = 0; seed < 2_000; seed++) {
      JsonObject sample = object(new Random(seed), 3);
      assertThat(JsonText.of(sample)).isEqualTo(sample.encode());
    }
  }

  @Test
  void escapes_every_control_character() {
    var all = new StringBuilder();
    for (char c = 0; c < 300; c++) {
      all.append(c).append(c % 7 == 0 ? "x" : "");
    }
    JsonObject json = new JsonObject().put(all.toString(), all.toString());
    assertThat(JsonText.of(json)).isEqualTo(json.encode());
  }

  @Test
  void is_written_piece_by_piece() {
    JsonText text = new JsonText(16).beginObject().field("a").beginArray();
    text.beginArray().endArray().value(1).value("{").value(false).beginObject().endObject();
    text.endArray().field("b").value(-7).field("c").beginObject().endObject().endObject();

    assertThat(text).hasToString("{\"a\":[[],1,\"{\",false,{}],\"b\":-7,\"c\":{}}");
  }

  private static JsonObject object(Random random, int depth) {
    var object = new JsonObject();
    for (int i = random.nextInt(4); i > 0; i--) {
      object.put(string(random), value(random, depth));
    }
    return object;
  }

  private static @Nullable Object value(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 8 : 12)) {
      case 0 -> null;
      case 1 -> random.nextInt();
      case 2 -> random.nextLong();
      case 3 -> random.nextBoolean();
      case 4 -> random.nextDouble();
      case 5 -> Instant.ofEpochMilli(random.nextInt());
      case 6, 7 -> string(random);
      case 8 -> new JsonArray().add(value(random, depth - 1)).add(value(random, depth - 1));
      case 9 -> Map.of(string(random), 1);
      case 10 -> List.of(string(random), 2L);
      default -> object(random, depth - 1);
    };
  }

  private static String string(Random random) {
    String one = STRINGS.get(random.nextInt(STRINGS.size()));
    return one + STRINGS.get(random.nextInt(STRINGS.size()));
  }
}
