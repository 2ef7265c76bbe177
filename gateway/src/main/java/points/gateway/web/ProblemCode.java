package points.gateway.web;

import java.util.Locale;

/** The {@code code} of a problem, with the status and the title that go with it. */
public interface ProblemCode {

  /** In capitals, as it is declared. */
  String name();

  int status();

  String title();

  /** Whether the same call may succeed later. */
  boolean isRetryable();

  /** The code as callers see it. */
  default String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
