package points.load.fault.client;

import points.load.fault.history.Wish;

/** Where a wish is put to the gateway. */
final class Route {
  private Route() {}

  static String of(Wish wish) {
    if (wish instanceof Wish.Accrual) {
      return "/v1/accruals";
    } else if (wish instanceof Wish.Deduction) {
      return "/v1/deductions";
    } else if (wish instanceof Wish.Adjustment) {
      return "/v1/adjustments";
    } else if (wish instanceof Wish.Refund) {
      return "/v1/refunds";
    } else if (wish instanceof Wish.Reversal) {
      return "/v1/reversals";
    } else if (wish instanceof Wish.Transfer) {
      return "/v1/transfers";
    } else if (wish instanceof Wish.Move move) {
      return "/v1/transactions/" + move.transactionId() + "/move";
    } else if (wish instanceof Wish.Withdrawal) {
      return "/v1/refunds/parked/withdraw";
    }
    return ofOthers(wish);
  }

  private static String ofOthers(Wish wish) {
    if (wish instanceof Wish.Hold) {
      return "/v1/holds";
    } else if (wish instanceof Wish.Capture capture) {
      return "/v1/holds/" + capture.holdId() + "/capture";
    } else if (wish instanceof Wish.Release release) {
      return "/v1/holds/" + release.holdId() + "/release";
    } else if (wish instanceof Wish.EndPending end) {
      return "/v1/pending/" + end.transactionId() + (end.activates() ? "/activate" : "/cancel");
    } else if (wish instanceof Wish.TopUp) {
      return "/v1/stored-value/top-ups";
    } else if (wish instanceof Wish.Payment) {
      return "/v1/stored-value/payments";
    } else if (wish instanceof Wish.Exchange) {
      return "/v1/exchanges";
    }
    return ofMember(wish);
  }

  private static String ofMember(Wish wish) {
    String member = "/v1/members/" + wish.memberId();
    if (wish instanceof Wish.Balance) {
      return member + "/balance";
    } else if (wish instanceof Wish.Merge) {
      return member + "/merge";
    } else if (wish instanceof Wish.Close) {
      return member + "/close";
    }
    return ofPool(wish);
  }

  private static String ofPool(Wish wish) {
    if (wish instanceof Wish.SharedDeduction) {
      return "/v1/deductions";
    } else if (wish instanceof Wish.Share share) {
      return "/v1/pools/" + share.poolId() + (share.in() ? "/contributions" : "/withdrawals");
    } else if (wish instanceof Wish.Join join) {
      return "/v1/pools/" + join.poolId() + "/members/" + join.memberId();
    } else if (wish instanceof Wish.Leave leave) {
      return "/v1/pools/" + leave.poolId() + "/members/" + leave.memberId();
    }
    throw new IllegalArgumentException("nowhere to go with " + wish);
  }
}
