package points.load.fault.client;

import points.load.fault.history.Operation;

/** Where a operation is put to the gateway. */
final class RequestPaths {
  private RequestPaths() {}

  static String of(Operation operation) {
    if (operation instanceof Operation.Accrual) {
      return "/v1/accruals";
    } else if (operation instanceof Operation.Deduction) {
      return "/v1/deductions";
    } else if (operation instanceof Operation.Adjustment) {
      return "/v1/adjustments";
    } else if (operation instanceof Operation.Refund) {
      return "/v1/refunds";
    } else if (operation instanceof Operation.Reversal) {
      return "/v1/reversals";
    } else if (operation instanceof Operation.Transfer) {
      return "/v1/transfers";
    } else if (operation instanceof Operation.Move move) {
      return "/v1/transactions/" + move.transactionId() + "/move";
    } else if (operation instanceof Operation.Withdrawal) {
      return "/v1/refunds/parked/withdraw";
    }
    return ofOthers(operation);
  }

  private static String ofOthers(Operation operation) {
    if (operation instanceof Operation.Hold) {
      return "/v1/holds";
    } else if (operation instanceof Operation.Capture capture) {
      return "/v1/holds/" + capture.holdId() + "/capture";
    } else if (operation instanceof Operation.Release release) {
      return "/v1/holds/" + release.holdId() + "/release";
    } else if (operation instanceof Operation.EndPending end) {
      return "/v1/pending/" + end.transactionId() + (end.activates() ? "/activate" : "/cancel");
    } else if (operation instanceof Operation.TopUp) {
      return "/v1/stored-value/top-ups";
    } else if (operation instanceof Operation.Payment) {
      return "/v1/stored-value/payments";
    } else if (operation instanceof Operation.Exchange) {
      return "/v1/exchanges";
    }
    return ofMember(operation);
  }

  private static String ofMember(Operation operation) {
    String member = "/v1/members/" + operation.memberId();
    if (operation instanceof Operation.Balance) {
      return member + "/balance";
    } else if (operation instanceof Operation.Merge) {
      return member + "/merge";
    } else if (operation instanceof Operation.Close) {
      return member + "/close";
    }
    return ofPool(operation);
  }

  private static String ofPool(Operation operation) {
    if (operation instanceof Operation.SharedDeduction) {
      return "/v1/deductions";
    } else if (operation instanceof Operation.Share share) {
      return "/v1/pools/" + share.poolId() + (share.in() ? "/contributions" : "/withdrawals");
    } else if (operation instanceof Operation.Join join) {
      return "/v1/pools/" + join.poolId() + "/members/" + join.memberId();
    } else if (operation instanceof Operation.Leave leave) {
      return "/v1/pools/" + leave.poolId() + "/members/" + leave.memberId();
    }
    throw new IllegalArgumentException("nowhere to go with " + operation);
  }
}
