package points.gateway.session;

import java.util.Map;
import java.util.TreeMap;

/** What a bond to stores means for each call: the promise of the documents, in short. */
final class BondTable {

  private static final String TABLE =
      """
      refused  | getLiability listMembers listBudgets getBudget listBudgetStores listBudgetDays
      refused  | listSimulations getSimulation
      named    | accrue previewAccrual deduct placeHold topUp payStoredValue exchangePoints transfer
      named    | buyTier adjust giveGift refund previewRefund withdrawParkedRefund
      named    | findTransactions listClaims getFigures giveRating listRatings
      entry    | getRating getTransaction getHold captureHold releaseHold activatePending cancelPending moveSale
      part     | listEvents
      line     | submitBatch
      member   | findMembers getMember getBalance listEntries listLots listExpirationsOfMember getTierOfMember listTierChanges
      member   | proveMember enrolMember changeMember
      member   | getPool createPool joinPool leavePool contribute withdraw
      chain    | getProgram listStores getStore listProducts getProduct listRuleBooks getRuleBook listPublications
      chain    | compareRuleBooks
      own      | getSession signOut signOutEverywhere changePassword
      own      | offerSecondFactor confirmSecondFactor removeSecondFactor
      never    | createProgram replaceProgram createStore changeStore putProduct putProducts openMember createApiKey revokeApiKey
      never    | createStaff changeStaff resetPassword unlockStaff removeLostSecondFactor
      never    | listApiKeys listStaff getStaff freezeMember unfreezeMember mergeMember closeMember
      never    | grantTier withdrawTier
      never    | reverse acceptReview rejectReview listReviews getReview listParkedRefunds
      never    | listHeldOrders getHeldOrder acceptHeldOrder rejectHeldOrder
      never    | createRuleBook replaceRuleBook deleteRuleBook previewRuleBook
      never    | publishRuleBook withdrawRuleBook rollBackRuleBook simulateRuleBook cancelSimulation
      never    | listExpirations listAuditTrail getSystem hideRating showRating
      """;

  private BondTable() {}

  /** Returns the meaning by operation; {@code listMembers} is findMembers without a parameter. */
  static Map<String, String> read() {
    Map<String, String> table = new TreeMap<>();
    for (String line : TABLE.split("\n", -1)) {
      String[] parts = line.split("\\|", -1);
      if (parts.length == 2) {
        for (String operation : parts[1].strip().split(" ", -1)) {
          table.put(operation, parts[0].strip());
        }
      }
    }
    return table;
  }
}
