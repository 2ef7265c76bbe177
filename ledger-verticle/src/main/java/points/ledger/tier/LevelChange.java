package points.ledger.tier;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change of a member's level by an entry, or the decision that it stays.
 *
 * @param from the id of the level before
 * @param to the id of the level from now on; the same when it is kept
 * @param since when it begins
 * @param reviewAt when it is looked at again; null for never
 * @param inGrace whether the member has been below the level since the last review
 */
public record LevelChange(
    String from,
    String to,
    Instant since,
    @Nullable Instant reviewAt,
    boolean inGrace,
    Reason reason) {

  /** The reason for which a level was changed or kept. */
  public enum Reason {
    /** The first order: reviews begin. */
    BEGUN,
    /** An order lifted the member. */
    RISE,
    /** A refund took back what the member had risen by. */
    REFUND,
    /** The member with the higher level was merged into this one. */
    MERGE,
    /** The rule book has no such level any more. */
    RULE_BOOK,
    /** A review found enough for the level. */
    KEPT,
    /** A review found too little; the member has some time to make up for it. */
    GRACE,
    /** A review found too little. */
    FALL,
    /** A review found enough for a higher level. */
    REVIEW_RISE,
    /** A level was given by hand. */
    GRANT,
    /** A level was bought with points. */
    PURCHASE,
    /** A level that was given or bought was taken away before its end. */
    WITHDRAWAL,
    /** A level that was given or bought has ended. */
    END
  }
}
