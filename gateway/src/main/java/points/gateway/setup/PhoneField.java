package points.gateway.setup;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import points.ledger.database.PhoneNumbers;
import points.ledger.form.FieldFault;
import points.ledger.form.JsonFields;
import points.ledger.member.Profiles.Change;
import points.ledger.member.Profiles.Phone;
import points.ledger.program.Program;
import points.ledger.registry.Programs;

/** Phone numbers of a program's members, written as in its country and kept as E.164. */
public final class PhoneField {

  private static final int LENGTH_MAX = 64;

  private final Programs programs;

  public PhoneField(Programs programs) {
    this.programs = programs;
  }

  /** Returns whether this is the code of a country whose phone numbers are known. */
  static boolean isCountry(String code) {
    return PhoneNumbers.isCountry(code);
  }

  /** Returns a number as it was written. One that no phone can have is an error of its field. */
  String read(JsonFields body, String programId) {
    String country = country(programId);
    Predicate<String> isPhone =
        text -> text.length() <= LENGTH_MAX && PhoneNumbers.e164(text, country).isPresent();
    return country == null
        ? body.known("phone", isPhone, FieldFault.PHONE)
        : body.known("phone", isPhone, FieldFault.PHONE_OF_COUNTRY, country);
  }

  /** Returns the number to search by. */
  Phone searchKey(String programId, String written) {
    return new Phone(written, PhoneNumbers.e164(written, country(programId)));
  }

  /** Returns a change with its phone number as it is stored. */
  Change normalized(String programId, Change written) {
    return written.withPhone(it -> searchKey(programId, it).e164().orElse(it));
  }

  private @Nullable String country(String programId) {
    Program program = programs.find(programId);
    return program == null ? null : program.country();
  }
}
