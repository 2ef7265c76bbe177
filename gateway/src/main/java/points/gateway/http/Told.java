package points.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import points.ledger.command.Refusal;
import points.ledger.command.Undone;

/** What a caller is told of a call that changes something, however it came in. */
sealed interface Told {

  /**
   * It is done.
   *
   * @param replayed whether it had been done before
   * @param undone what has become of it since; null when it stands
   */
  record Done(int status, boolean replayed, JsonObject body, @Nullable Undone undone)
      implements Told {

    Done(int status, boolean replayed, JsonObject body) {
      this(status, replayed, body, null);
    }
  }

  /** It is not done, or nobody knows. */
  record Not(Problem problem) implements Told {}

  /** Says at once that it is not done. */
  static Future<Told> not(Problem problem) {
    return Future.succeededFuture(new Not(problem));
  }

  /** Says at once that the rules refuse it. */
  static Future<Told> refused(Refusal refusal) {
    return not(Refusals.problem(refusal));
  }
}
