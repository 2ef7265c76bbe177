package points.ledger.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The caller that sent a command or a change: an API key, or a person of the staff.
 *
 * @param id of the key or the person; not secret
 * @param address the address from which the call came
 * @param requestId the id under which the logs have the call
 */
public record Actor(Kind kind, String id, @Nullable String address, @Nullable String requestId) {

  /** The kinds of callers. */
  public enum Kind {
    KEY,
    STAFF;

    /** Returns the kind in a word: {@code key} or {@code staff}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    private String prefix() {
      return label() + ":";
    }
  }

  /** Returns the actor's name in one word, such as {@code key:key_abc}. */
  public String reference() {
    return kind.prefix() + id;
  }

  /**
   * Returns the actor of this name.
   *
   * @param reference as {@link #reference} returns it; null when nobody is known
   */
  public static @Nullable Actor of(
      @Nullable String reference, @Nullable String address, @Nullable String requestId) {
    if (reference == null) {
      return null;
    }
    for (Kind kind : Kind.values()) {
      if (reference.startsWith(kind.prefix())) {
        return new Actor(kind, reference.substring(kind.prefix().length()), address, requestId);
      }
    }
    throw new IllegalArgumentException("neither a key nor a person: " + reference);
  }
}
