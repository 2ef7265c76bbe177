package points.ledger.book.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;
import points.ledger.form.FieldFault;
import points.ledger.form.JsonFields;
import points.ledger.rules.Fraction;

/** Decimal numbers of a book, which are strings, so that no reader rounds them. */
final class Fractions {

  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,3}([.][0-9]{1,4})?");

  private Fractions() {}

  /**
   * Reads a number; errors are noted at the field.
   *
   * @param above it must be more than this
   */
  static Fraction read(JsonFields parent, String field, long above) {
    String text =
        parent.known(
            field,
            it -> DECIMAL.matcher(it).matches() && of(it).isMoreThan(Fraction.of(above)),
            FieldFault.DECIMAL,
            above);
    return DECIMAL.matcher(text).matches() ? of(text) : Fraction.ONE;
  }

  static boolean isDecimal(String text) {
    return DECIMAL.matcher(text).matches();
  }

  static Fraction of(String text) {
    var number = new BigDecimal(text);
    return Fraction.of(number.unscaledValue(), BigInteger.TEN.pow(number.scale())).reduced();
  }
}
