package points.ledger.trail;

import org.jspecify.annotations.Nullable;
import points.ledger.model.Actor;

/**
 * The author of a change.
 *
 * @param actor null for the node itself, and for a stranger that tried to sign in
 * @param name the name of the key or the person, for people to read
 * @param address the address from which the call came
 * @param requestId the id under which the logs have the call
 */
public record TrailAuthor(
    @Nullable Actor actor,
    @Nullable String name,
    @Nullable String address,
    @Nullable String requestId) {

  /** Returns the author of a call. */
  public static TrailAuthor of(Actor actor, String name) {
    return new TrailAuthor(actor, name, actor.address(), actor.requestId());
  }

  /** Returns the author of a call that nobody is known to have sent. */
  public static TrailAuthor stranger(@Nullable String address, String requestId) {
    return new TrailAuthor(null, null, address, requestId);
  }

  String kind() {
    return actor == null ? "node" : actor.kind().label();
  }

  String id() {
    return actor == null ? "" : actor.id();
  }
}
