package points.ledger.member;

import io.vertx.core.Future;
import points.ledger.model.MemberKey;

/**
 * The identifiers of members that end, and their places in pools. Each step done again changes
 * nothing more.
 */
public interface IdentifierTransfer {

  /** Frees the identifiers of a member that has left, so that others may have them. */
  Future<Void> free(MemberKey member);

  /** Passes a merged member's identifiers, where the other has none of its own, and pools on. */
  Future<Void> passOn(MemberKey member, MemberKey into);
}
