package points.gateway.web;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import points.ledger.command.Undone;
import points.ledger.form.Formats;

/** The result of a call that changes something, whether it came alone or in a batch. */
public sealed interface CallResult {

  /**
   * The call was applied.
   *
   * @param replayed whether an earlier request with the same key had applied it before
   * @param undone how its entry was undone since; null when it stands
   */
  record Success(int status, boolean replayed, JsonObject body, @Nullable Undone undone)
      implements CallResult {

    public Success(int status, boolean replayed, JsonObject body) {
      this(status, replayed, body, null);
    }

    /** {@code partly-refunded} and so on; null when it stands. */
    public @Nullable String undoneLabel() {
      return undone == null ? null : Formats.label(undone.how()).replace('_', '-');
    }
  }

  /** The call was not applied, or nobody knows whether it was. */
  record Failure(Problem problem) implements CallResult {}

  /** Returns the result of a call that is known to have failed; the future itself succeeds. */
  static Future<CallResult> failure(Problem problem) {
    return Future.succeededFuture(new Failure(problem));
  }
}
