package points.ledger.rating;

import java.time.Instant;

/** The result of giving a rating. All but {@link Done} change nothing. */
public sealed interface Given {

  /**
   * The rating stands.
   *
   * @param isFirst whether the order had none before
   */
  record Done(Rating rating, boolean isFirst) implements Given {}

  /** The order is no sale that the member may rate. */
  record NoSale(RatedSale sale) implements Given {}

  record MemberUnknown() implements Given {}

  record MemberClosed() implements Given {}

  record MemberMerged(String into) implements Given {}

  /** Another member has rated the order, such as one that shares it. */
  record RatedByAnother() implements Given {}

  /** The member has rated the order, and cannot change that any more. */
  record NoLongerChangeable(Instant givenAt) implements Given {}
}
