package points.ledger.database;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Phone numbers in one form, E.164: {@code 13800000001}, {@code 008613800000001} and {@code +86 138
 * 0000 0001} are {@code +8613800000001} in China.
 */
public final class PhoneNumbers {

  private static final PhoneNumberUtil LIBRARY = PhoneNumberUtil.getInstance();

  /**
   * Full-width digits as well, as Chinese keyboards write them. No letters: the library would dial
   * them, and find numbers within words.
   */
  private static final Pattern WRITTEN =
      Pattern.compile("[+\uFF0B]?[0-9\uFF10-\uFF19 ()./-]{1,63}");

  private PhoneNumbers() {}

  /** Returns whether it is an ISO 3166 code of two letters, upper case, whose numbers are known. */
  public static boolean isCountry(String code) {
    return LIBRARY.getSupportedRegions().contains(code);
  }

  /**
   * Returns the number as E.164 writes it.
   *
   * @param written as a caller wrote it
   * @param country the country for numbers without a country code; null for none
   * @return empty when no phone in the world has such a number
   */
  public static Optional<String> e164(String written, @Nullable String country) {
    if (!WRITTEN.matcher(written).matches()) {
      return Optional.empty();
    }
    try {
      PhoneNumber number = LIBRARY.parse(written, country);
      // Possible, not valid: operators open new ranges sooner than tills get new software.
      return LIBRARY.isPossibleNumber(number)
          ? Optional.of(LIBRARY.format(number, PhoneNumberFormat.E164))
          : Optional.empty();
    } catch (NumberParseException e) {
      return Optional.empty();
    }
  }
}
