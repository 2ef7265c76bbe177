package points.ledger.trail;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A change to be appended to the audit trail. It carries no secret, and no personal value in full.
 *
 * @param action the thing that was done, such as {@code store.create}
 * @param subjectKind the kind of thing that it was done to, such as {@code store}
 * @param before the fields that changed, as they were; null when there were none
 * @param after the same fields, as they are now; null when there are none
 */
public record TrailChange(
    String programId,
    TrailAuthor author,
    String action,
    String subjectKind,
    String subjectId,
    @Nullable JsonObject before,
    @Nullable JsonObject after) {

  /** Returns the same change with its values. */
  public TrailChange with(@Nullable JsonObject before, @Nullable JsonObject after) {
    return new TrailChange(programId, author, action, subjectKind, subjectId, before, after);
  }
}
