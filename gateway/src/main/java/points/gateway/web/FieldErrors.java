package points.gateway.web;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import points.gateway.web.Problem.Code;
import points.gateway.web.Problem.FieldError;

/**
 * Collects the faults of a request's fields. The first twenty are kept: they are enough to mend a
 * request by, and keep an answer from growing much longer than the request.
 */
final class FieldErrors {

  static final int MAX = 20;

  private final List<FieldError> errors = new ArrayList<>(0);

  void add(String pointer, FieldFault fault, Object... values) {
    if (!isFull()) {
      errors.add(FieldError.of(pointer, fault, values));
    }
  }

  boolean isEmpty() {
    return errors.isEmpty();
  }

  /**
   * Returns whether further errors would be left out, so that callers may stop looking for them.
   */
  boolean isFull() {
    return errors.size() >= MAX;
  }

  /**
   * Returns the problem to answer with.
   *
   * @param shown how the detail names the first field, from its pointer
   */
  Problem problem(Code code, UnaryOperator<String> shown) {
    FieldError first = errors.get(0);
    String detail = shown.apply(first.pointer()) + " " + first.message() + ".";
    return new Problem(code, detail, List.copyOf(errors), new JsonObject());
  }
}
