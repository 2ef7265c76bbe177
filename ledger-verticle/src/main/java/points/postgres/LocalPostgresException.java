package points.postgres;

import org.jspecify.annotations.Nullable;

/** The gateway's own PostgreSQL cannot run; the message is one clear line, or ends with its log. */
public final class LocalPostgresException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LocalPostgresException(String message) {
    super(message);
  }

  LocalPostgresException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
