package points.ledger.form;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects the faults of a request's fields. The first twenty are kept: they are enough to mend a
 * request by, and keep an answer from growing much longer than the request.
 */
public final class FieldErrors {

  static final int MAX = 20;

  private final List<FieldError> errors = new ArrayList<>(0);

  public void add(String pointer, FieldFault fault, Object... values) {
    if (!isFull()) {
      errors.add(FieldError.of(pointer, fault, values));
    }
  }

  public boolean isEmpty() {
    return errors.isEmpty();
  }

  /**
   * Returns whether further errors would be left out, so that callers may stop looking for them.
   */
  public boolean isFull() {
    return errors.size() >= MAX;
  }

  /** The errors so far, in the order in which they were found. */
  public List<FieldError> all() {
    return List.copyOf(errors);
  }
}
