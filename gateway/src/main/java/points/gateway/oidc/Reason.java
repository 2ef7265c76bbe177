package points.gateway.oidc;

/** The reasons for which a sign-in is refused; the console has a sentence for each. */
public enum Reason {
  /** The browser did not begin this sign-in, or more than ten minutes ago, or ended it before. */
  NOT_BEGUN("notBegun"),
  /** The provider did not sign the person in. */
  DENIED("denied"),
  /** The provider does not answer. */
  AWAY("away"),
  /** Too many wait for the provider. */
  BUSY("busy"),
  /** The address has had too many failures. */
  LOCKED("locked"),
  /** The provider refused the code, or its token is not good. */
  NOT_VALID("notValid"),
  /** None of the person's groups has a role. */
  NO_GROUP("noGroup"),
  /** A manager of stores is in no group of a store of the program. */
  NO_STORE("noStore"),
  /** Head office made the account inactive. */
  INACTIVE("inactive"),
  /** The program of the settings does not exist. */
  NOT_SET_UP("notSetUp");

  private final String label;

  Reason(String label) {
    this.label = label;
  }

  /** Returns the name in addresses and in the audit trail. */
  public String label() {
    return label;
  }

  /** Returns whether the provider was asked about somebody, so that the trail shows it. */
  public boolean isOfSomebody() {
    return this == NOT_VALID || this == NO_GROUP || this == NO_STORE || this == INACTIVE;
  }
}
