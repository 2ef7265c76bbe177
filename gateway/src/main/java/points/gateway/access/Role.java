package points.gateway.access;

import java.util.Locale;

/** What the holder of an API key may do. */
public enum Role {
  /** Runs the deployment: makes programs, and is admin of the program of its key. */
  OPERATOR,
  /** Runs one program. */
  ADMIN,
  /** Sells and serves members in one store. */
  STORE,
  /** Looks on. */
  READER;

  /** As in the API: {@code operator}, {@code admin}, {@code store}, {@code reader}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Role of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
