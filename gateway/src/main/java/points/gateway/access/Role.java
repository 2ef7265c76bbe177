package points.gateway.access;

import java.util.Locale;

/** The role of an API key, which says what its holder may do. */
public enum Role {
  /** Runs the deployment: makes programs, and is admin of the program of its key. */
  OPERATOR,
  /** Runs one program. */
  ADMIN,
  /** Sells and serves members in one store. */
  STORE,
  /** Reads, and changes nothing. */
  READER;

  /**
   * Returns the name in the API: {@code operator}, {@code admin}, {@code store}, {@code reader}.
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Role of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
