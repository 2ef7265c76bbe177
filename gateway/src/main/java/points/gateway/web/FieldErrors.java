package points.gateway.web;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import points.gateway.web.Problem.Code;
import points.gateway.web.Problem.FieldError;

/**
 * What is wrong with the fields of a request. The first twenty errors are kept: they are enough to
 * mend a request by, and an answer is never much longer than what was asked.
 */
final class FieldErrors {

  static final int MAX = 20;

  private final List<FieldError> errors = new ArrayList<>(0);

  void add(String pointer, String message) {
    if (!isFull()) {
      errors.add(new FieldError(pointer, message));
    }
  }

  boolean isEmpty() {
    return errors.isEmpty();
  }

  /** Whether further errors would be left out, so that nobody need look for them. */
  boolean isFull() {
    return errors.size() >= MAX;
  }

  /**
   * What to answer.
   *
   * @param shown how the detail names the first field, from its pointer
   */
  Problem problem(Code code, UnaryOperator<String> shown) {
    FieldError first = errors.get(0);
    String detail = shown.apply(first.pointer()) + " " + first.message() + ".";
    return new Problem(code, detail, List.copyOf(errors), new JsonObject());
  }
}
