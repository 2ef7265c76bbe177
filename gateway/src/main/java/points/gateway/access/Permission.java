package points.gateway.access;

import static points.gateway.access.Role.ADMIN;
import static points.gateway.access.Role.AUDITOR;
import static points.gateway.access.Role.HEAD_OFFICE;
import static points.gateway.access.Role.MARKETING;
import static points.gateway.access.Role.OPERATOR;
import static points.gateway.access.Role.READER;
import static points.gateway.access.Role.STORE;
import static points.gateway.access.Role.STORE_MANAGER;
import static points.gateway.access.Role.SUPPORT;

import java.util.Set;

/** The permission that a call needs, and the roles that have it. */
public enum Permission {
  /** Makes programs. */
  RUN_DEPLOYMENT("runDeployment", OPERATOR),
  /** Sets the program's rules, adds stores and takes opening balances over. */
  SET_UP("setUp", OPERATOR, ADMIN, HEAD_OFFICE),
  /** Drafts rule books and publishes them. */
  EDIT_RULE_BOOKS("editRuleBooks", OPERATOR, ADMIN, HEAD_OFFICE, MARKETING),
  /** Makes and revokes API keys. */
  MANAGE_KEYS("manageKeys", OPERATOR, ADMIN, HEAD_OFFICE),
  /** Makes and changes the accounts of people. */
  MANAGE_STAFF("manageStaff", OPERATOR, ADMIN, HEAD_OFFICE),
  /** Lists API keys and accounts. */
  READ_ACCESS("readAccess", OPERATOR, ADMIN, HEAD_OFFICE, AUDITOR),
  /** Reads who did what. */
  READ_TRAIL("readTrail", OPERATOR, ADMIN, HEAD_OFFICE, AUDITOR),
  /** Reads how the nodes and their database are. */
  READ_SYSTEM("readSystem", OPERATOR, ADMIN, HEAD_OFFICE, AUDITOR),
  /** Gives and takes points by hand. */
  ADJUST("adjust", OPERATOR, ADMIN, HEAD_OFFICE, STORE_MANAGER, SUPPORT),
  /** Gives points that have an end of their own. */
  GIVE("give", OPERATOR, ADMIN, HEAD_OFFICE, MARKETING, STORE_MANAGER, SUPPORT),
  /** Gives members a tier, and takes it away. */
  GRANT_TIERS("grantTiers", OPERATOR, ADMIN, HEAD_OFFICE, MARKETING, SUPPORT),
  /** Freezes members and unfreezes them. */
  FREEZE("freeze", OPERATOR, ADMIN, HEAD_OFFICE, SUPPORT),
  /** Merges and closes members. */
  END_MEMBERS("endMembers", OPERATOR, ADMIN, HEAD_OFFICE, SUPPORT),
  /** Undoes single entries. */
  REVERSE("reverse", OPERATOR, ADMIN, HEAD_OFFICE, SUPPORT),
  /** Decides reviews. */
  REVIEW("review", OPERATOR, ADMIN, HEAD_OFFICE, SUPPORT),
  /** Reads reviews and parked refunds. */
  READ_REVIEWS("readReviews", OPERATOR, ADMIN, HEAD_OFFICE, SUPPORT, AUDITOR),
  /** Refunds orders. */
  REFUND("refund", OPERATOR, ADMIN, STORE, HEAD_OFFICE, STORE_MANAGER, SUPPORT),
  /** Earns and spends points for members, and moves them between members. */
  SERVE("serve", OPERATOR, ADMIN, STORE, HEAD_OFFICE, STORE_MANAGER),
  /** Gives ratings in the name of members: for the program behind a mini-program. */
  RATE("rate", OPERATOR, ADMIN, STORE),
  /** Hides ratings and shows them again. No store hides those of its own. */
  HIDE_RATINGS("hideRatings", OPERATOR, ADMIN, HEAD_OFFICE),
  /** Enrols members and keeps their profile. */
  KEEP_PROFILES("keepProfiles", OPERATOR, ADMIN, STORE, HEAD_OFFICE, STORE_MANAGER, SUPPORT),
  /** Sends batches; people make single calls. */
  SEND_BATCHES("sendBatches", OPERATOR, ADMIN, STORE),
  /** Lists all members of the program. */
  LIST_MEMBERS("listMembers", OPERATOR, ADMIN, READER, HEAD_OFFICE, MARKETING, SUPPORT, AUDITOR),
  /** Lists members whose points are about to expire. */
  READ_EXPIRATIONS("readExpirations", OPERATOR, ADMIN, HEAD_OFFICE, MARKETING, AUDITOR),
  /** Proves a member's books. */
  PROVE("prove", OPERATOR, ADMIN, READER, HEAD_OFFICE, STORE_MANAGER, SUPPORT, AUDITOR),
  /** Reads the program's rules and its stores. */
  READ_CHAIN(
      "readChain",
      OPERATOR,
      ADMIN,
      READER,
      HEAD_OFFICE,
      MARKETING,
      STORE_MANAGER,
      SUPPORT,
      AUDITOR),
  /** Says of which classes the goods of the chain are. */
  KEEP_CATALOGUE("keepCatalogue", OPERATOR, ADMIN, HEAD_OFFICE, MARKETING),
  /** Reads figures: of all stores, or of those that the caller is bound to. */
  READ_FIGURES(
      "readFigures",
      OPERATOR,
      ADMIN,
      STORE,
      READER,
      HEAD_OFFICE,
      MARKETING,
      STORE_MANAGER,
      SUPPORT,
      AUDITOR),
  /** Reads members and what they did. */
  READ(
      "read",
      OPERATOR,
      ADMIN,
      STORE,
      READER,
      HEAD_OFFICE,
      MARKETING,
      STORE_MANAGER,
      SUPPORT,
      AUDITOR),
  /** Looks after a session of one's own; every person who has signed in may. */
  OWN_SESSION("ownSession");

  private final String label;

  @SuppressWarnings("ImmutableEnumChecker") // created by Set.of
  private final Set<Role> roles;

  Permission(String label, Role... roles) {
    this.label = label;
    this.roles = Set.of(roles);
  }

  /** Returns the name in the API, such as {@code readFigures}. */
  public String label() {
    return label;
  }

  public boolean isGivenTo(Role role) {
    return roles.contains(role);
  }
}
