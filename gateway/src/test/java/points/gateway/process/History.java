package points.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import points.gateway.fixture.LocalDatabase;
import points.gateway.process.Client.Final;
import points.gateway.process.Client.Request;

/** What tills asked and what they were told, to be held against the books. */
final class History {

  /** One request and its final answer. */
  record Told(Request request, Final answer) {}

  private final Queue<Told> told = new ConcurrentLinkedQueue<>();

  void add(Request request, Final answer) {
    told.add(new Told(request, answer));
  }

  List<Told> acknowledged() {
    return told.stream().filter(it -> it.answer().status() == 201).toList();
  }

  List<Told> refused() {
    return told.stream().filter(it -> it.answer().status() != 201).toList();
  }

  /** How often a till had to ask again before it knew. */
  long retries() {
    return told.stream().mapToLong(it -> it.answer().tries() - 1L).sum();
  }

  /**
   * Every acknowledged request has just the one entry that its answer tells of, every refused one
   * has none, and nothing else is there.
   *
   * @param others entries that were made before the tills began
   */
  void holdAgainst(LocalDatabase database, long others) throws SQLException {
    Map<String, String> entries = new HashMap<>();
    for (String row :
        database.rows(
            """
            SELECT idempotency_key, member_id || '-' || sequence || ' ' || abs(points) || ' ' || balance
                   AS entry
              FROM entry WHERE idempotency_key LIKE 'till-%'
            """)) {
      String[] parts = row.replace("idempotency_key=", "").split(" entry=", -1);
      assertThat(entries.put(parts[0], parts[1])).as("second entry of %s", parts[0]).isNull();
    }
    for (Told it : acknowledged()) {
      JsonObject answer = new JsonObject(it.answer().body());
      assertThat(entries.get(it.request().key()))
          .isEqualTo(
              answer.getString("transactionId")
                  + " "
                  + answer.getLong("points")
                  + " "
                  + answer.getLong("balance"));
    }
    for (Told it : refused()) {
      assertThat(it.answer().status()).as(it.answer().body()).isIn(404, 409); // no member yet
      assertThat(entries).doesNotContainKey(it.request().key());
    }
    assertThat(entries).hasSize(acknowledged().size());
    assertThat(database.number("SELECT count(*) FROM entry")).isEqualTo(entries.size() + others);
  }
}
