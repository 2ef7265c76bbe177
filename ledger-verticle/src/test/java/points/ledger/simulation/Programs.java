package points.ledger.simulation;

import java.time.Period;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import points.ledger.RichTerms;
import points.ledger.domain.EarningRule;
import points.ledger.domain.Program;
import points.ledger.domain.Rounding;
import points.ledger.domain.Terms;
import points.ledger.domain.Validity;
import points.ledger.domain.Validity.CalendarUnit;

/** The programs of all histories. */
final class Programs {

  /** Its points expire when a month ends in Shanghai. */
  static final String MONTHLY = "monthly";

  /** Its points are for ever, and nobody is enrolled by buying something. */
  static final String CLOSED = "closed";

  private static final Map<String, Program> PROGRAMS =
      Map.of(
          MONTHLY,
          program(MONTHLY, "Asia/Shanghai", new Validity.EndOf(CalendarUnit.MONTH, 0), true),
          CLOSED,
          program(CLOSED, "UTC", new Validity.Never(), false));

  private Programs() {}

  static Program find(String programId) {
    return Objects.requireNonNull(PROGRAMS.get(programId), programId);
  }

  private static Program program(String id, String zone, Validity validity, boolean autoEnrol) {
    var earning = new EarningRule(1, 100, Rounding.HALF_UP);
    Terms terms = RichTerms.of(!autoEnrol, autoEnrol ? null : Period.ofDays(5));
    return new Program(id, id, "CNY", ZoneId.of(zone), earning, validity, autoEnrol, terms);
  }
}
