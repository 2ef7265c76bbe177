package points.gateway.session;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The roles that may make each call, by its operation: the promise of the documents, in short. */
final class RoleTable {

  private static final Map<String, String> GROUPS =
      Map.of(
          "keys", "operator admin",
          "office", "operator admin headOffice",
          "help", "operator admin headOffice support",
          "serve", "operator admin store headOffice storeManager",
          "people", "headOffice marketing storeManager support auditor",
          "all", "operator admin store reader headOffice marketing storeManager support auditor");

  private static final String TABLE =
      """
      createProgram                | operator
      submitBatch giveRating       | keys store
      hideRating showRating        | office
      listRatings getRating        | all
      replaceProgram createStore changeStore openMember | office
      createApiKey revokeApiKey                         | office
      createStaff changeStaff resetPassword unlockStaff removeLostSecondFactor | office
      createRuleBook replaceRuleBook deleteRuleBook previewRuleBook      | office marketing
      publishRuleBook withdrawRuleBook rollBackRuleBook  | office marketing
      listRuleBooks getRuleBook compareRuleBooks listPublications | keys reader people
      simulateRuleBook cancelSimulation                 | office marketing
      listSimulations getSimulation                     | keys reader people
      listApiKeys listStaff getStaff                    | office auditor
      putProduct putProducts                            | office marketing
      getProgram listStores getStore                    | keys reader people
      listProducts getProduct                           | keys reader people
      adjust                                            | help storeManager
      giveGift                                          | help storeManager marketing
      grantTier withdrawTier                            | help marketing
      freezeMember unfreezeMember mergeMember closeMember reverse | help
      acceptReview rejectReview acceptHeldOrder rejectHeldOrder | help
      listReviews getReview listParkedRefunds listHeldOrders getHeldOrder | help auditor
      refund previewRefund withdrawParkedRefund         | serve support
      accrue previewAccrual deduct placeHold captureHold releaseHold   | serve
      activatePending cancelPending topUp payStoredValue exchangePoints | serve
      buyTier transfer moveSale createPool joinPool leavePool contribute withdraw | serve
      enrolMember changeMember                          | serve support
      getHold getPool findMembers getMember getBalance listEntries listLots getTierOfMember listTierChanges | all
      listEvents listExpirationsOfMember findTransactions getTransaction listClaims    | all
      proveMember                                       | help reader storeManager auditor
      listExpirations                                   | office marketing auditor
      listAuditTrail getSystem                          | office auditor
      getFigures                                        | all
      getLiability               | keys reader people
      listBudgets getBudget listBudgetStores listBudgetDays | keys reader people
      getSession signOut signOutEverywhere changePassword                | people
      offerSecondFactor confirmSecondFactor removeSecondFactor           | people
      """;

  private RoleTable() {}

  /** Returns the roles by operation. */
  static Map<String, Set<String>> read() {
    Map<String, Set<String>> table = new TreeMap<>();
    for (String line : TABLE.split("\n", -1)) {
      String[] parts = line.split("\\|", -1);
      if (parts.length == 2) {
        Set<String> roles = new TreeSet<>();
        for (String word : parts[1].strip().split(" ", -1)) {
          roles.addAll(Arrays.asList(GROUPS.getOrDefault(word, word).split(" ", -1)));
        }
        for (String operation : parts[0].strip().split(" ", -1)) {
          table.put(operation, roles);
        }
      }
    }
    return table;
  }
}
