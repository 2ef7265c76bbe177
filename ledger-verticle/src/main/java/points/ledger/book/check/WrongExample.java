package points.ledger.book.check;

import java.util.List;
import points.ledger.form.FieldErrors;
import points.ledger.form.FieldFault;

/**
 * An example whose points are not those that its book gives.
 *
 * @param place in the list of examples, from 0
 * @param given the points by the book; {@link Long#MAX_VALUE} for more than an account may have
 * @param sum the points rule by rule, such as {@code base 300 + tier 150}
 * @param why one line for each rule that gave, was cut or gave nothing
 */
public record WrongExample(
    int place, WorkedExample example, long given, String sum, List<Words> why) {

  /** The JSON pointer of the points expected. */
  public String pointer() {
    return "/examples/" + place + "/points";
  }

  /** Notes it as a fault of the document. */
  public void addTo(FieldErrors errors) {
    errors.add(pointer(), FieldFault.EXAMPLE_POINTS, given, sum);
  }
}
