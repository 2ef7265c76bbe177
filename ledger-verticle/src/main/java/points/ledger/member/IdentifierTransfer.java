package points.ledger.member;

import io.vertx.core.Future;
import points.ledger.model.MemberKey;

/**
 * The identifiers of members that end, their places in pools and their ratings. Each step done
 * again changes nothing more.
 */
public interface IdentifierTransfer {

  /** Frees the identifiers of a member that has left for others, and empties its words. */
  Future<Void> free(MemberKey member);

  /**
   * Passes a merged member's identifiers on, where the other has none of its own, and its pools and
   * ratings.
   */
  Future<Void> passOn(MemberKey member, MemberKey into);
}
