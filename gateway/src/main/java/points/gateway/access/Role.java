package points.gateway.access;

import java.util.Arrays;
import java.util.Optional;

/** The role of an API key or of a person, which says what its holder may do. */
public enum Role {
  /** Runs the deployment: makes programs, and is admin of the program of its key. */
  OPERATOR("operator", false),
  /** Runs one program. */
  ADMIN("admin", false),
  /** Sells and serves members in one store. */
  STORE("store", false),
  /** Reads, and changes nothing. */
  READER("reader", false),
  /** Runs one program, as a person. */
  HEAD_OFFICE("headOffice", true),
  /** Looks at members and figures, and gives points. */
  MARKETING("marketing", true),
  /** Runs the stores that the account is bound to. */
  STORE_MANAGER("storeManager", true),
  /** Helps members: puts right what went wrong. */
  SUPPORT("support", true),
  /** Reads everything, and changes nothing. */
  AUDITOR("auditor", true);

  private final String label;
  private final boolean ofStaff;

  Role(String label, boolean ofStaff) {
    this.label = label;
    this.ofStaff = ofStaff;
  }

  /** Returns the name in the API, such as {@code storeManager}. */
  public String label() {
    return label;
  }

  /** Returns whether people have it; API keys have the others. */
  public boolean isOfStaff() {
    return ofStaff;
  }

  /** Returns the role of people with this name in the API; empty when there is none. */
  public static Optional<Role> ofStaff(String label) {
    return Arrays.stream(values())
        .filter(role -> role.ofStaff && role.label.equals(label))
        .findFirst();
  }

  /** Returns the role with this name in the API. */
  public static Role of(String label) {
    return Arrays.stream(values())
        .filter(role -> role.label.equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no role " + label));
  }
}
