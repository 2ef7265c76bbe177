package points.ledger.member;

import points.ledger.member.Profiles.Identifier;

/** Another member of the program has this identifier. */
public final class IdentifierTakenException extends Exception {

  private static final long serialVersionUID = 1;

  private final Identifier identifier;

  IdentifierTakenException(Identifier identifier) {
    super(identifier + " is taken", null, false, false);
    this.identifier = identifier;
  }

  public Identifier identifier() {
    return identifier;
  }
}
