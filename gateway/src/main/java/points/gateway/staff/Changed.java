package points.gateway.staff;

/** The result of a change of an account. */
public sealed interface Changed {
  /** The account as it is now. */
  record Done(StaffMember before, StaffMember after) implements Changed {}

  /** Somebody else has changed the account. */
  record Outdated() implements Changed {}

  /** Another account has the name. */
  record NameTaken(String name) implements Changed {}

  /** No active account of head office would be left. */
  record LastHeadOffice() implements Changed {}
}
