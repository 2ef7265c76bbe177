package points.gateway.rating;

import points.gateway.web.Problem;
import points.gateway.web.Problem.Code;
import points.gateway.web.RefusalProblem;
import points.ledger.command.Refusal;
import points.ledger.rating.Given;
import points.ledger.rating.RatedSale;
import points.ledger.rating.Rating;

/** The problems that refused ratings are in HTTP. */
final class RatingProblem {

  static final Problem NOT_FOUND = Problem.of(Code.NOT_FOUND, "The program has no such rating.");

  private RatingProblem() {}

  /** Returns the problem of a rating that was not given. */
  static Problem of(Given refused) {
    if (refused instanceof Given.NoSale no) {
      return of(no.sale());
    } else if (refused instanceof Given.MemberUnknown) {
      return Problem.at(
          RefusalProblem.MEMBER_NOT_FOUND, "/memberId", "must be a member of the program");
    } else if (refused instanceof Given.MemberClosed) {
      return RefusalProblem.of(new Refusal.MemberClosed());
    } else if (refused instanceof Given.MemberMerged merged) {
      return RefusalProblem.of(new Refusal.MemberMerged(merged.into()));
    } else if (refused instanceof Given.RatedByAnother) {
      return Problem.at(
          Code.RATED_BY_ANOTHER, "/memberId", "must be the member that has rated the order");
    } else if (refused instanceof Given.NoLongerChangeable late) {
      return Problem.at(
          Code.RATING_FINAL,
          "/orderId",
          "was rated at %s; a rating can be changed for %d hours"
              .formatted(late.givenAt(), Rating.CHANGEABLE_FOR.toHours()));
    }
    throw new IllegalStateException("the rating was given");
  }

  private static Problem of(RatedSale sale) {
    return switch (sale) {
      case UNKNOWN ->
          Problem.at(
              RefusalProblem.ORDER_NOT_FOUND,
              "/orderId",
              "must be an order that the store has sold to the member");
      case REVERSED ->
          Problem.at(
              Code.SALE_REVERSED, "/orderId", "must be a sale that stands; this one was reversed");
      case MOVING ->
          Problem.of(
              Code.OVERLOADED, "The sale is on its way to another member. Nothing was kept.");
      case STANDS -> throw new IllegalStateException("the sale stands");
    };
  }
}
