package points.ledger.simulation.world;

import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import points.ledger.fixture.RichTerms;
import points.ledger.program.Program;
import points.ledger.program.Terms;
import points.ledger.program.Validity;
import points.ledger.program.Validity.CalendarUnit;
import points.ledger.refund.RefundRequest;
import points.ledger.rules.EarningRule;
import points.ledger.rules.Rounding;

/** The programs of all histories. */
public final class SimulatedPrograms {

  /** Before this, which is before all histories begin, the keys of stores were the program's. */
  public static final Instant KEYS_SHARED_UNTIL = Instant.parse("2026-03-01T00:00:00Z");

  /** Its points expire when a month ends in Shanghai; any of its stores takes back. */
  public static final String MONTHLY = "monthly";

  /**
   * Its points are for ever, and nobody is enrolled by buying something. What an offline order
   * could not pay is claimed.
   */
  public static final String CLOSED = "closed";

  private static final Map<String, Program> PROGRAMS =
      Map.of(
          MONTHLY,
          program(MONTHLY, "Asia/Shanghai", new Validity.EndOf(CalendarUnit.MONTH, 0), true),
          CLOSED,
          program(CLOSED, "UTC", new Validity.Never(), false));

  private SimulatedPrograms() {}

  /** Whether its program lets the store take back that is to. */
  public static boolean allows(RefundRequest refund) {
    return refund.takenBackBy().equals(refund.storeId())
        || find(refund.programId()).terms().refunds().anyStore();
  }

  public static Program find(String programId) {
    return Objects.requireNonNull(PROGRAMS.get(programId), programId);
  }

  private static Program program(String id, String zone, Validity validity, boolean autoEnrol) {
    var earning = new EarningRule(1, 100, Rounding.HALF_UP);
    Terms rich = RichTerms.of(!autoEnrol, autoEnrol ? null : Period.ofDays(5));
    Terms.RefundRule refunds = rich.refunds();
    var terms =
        new Terms(
            rich.currencies(),
            rich.growth(),
            rich.storedValue(),
            new Terms.RefundRule(
                refunds.charges(), refunds.returnGrace(), refunds.pointValue(), autoEnrol),
            rich.exchanges(),
            rich.paysOutAtClosing(),
            rich.lateWindow(),
            autoEnrol ? Terms.Uncovered.DEBT : Terms.Uncovered.CLAIM);
    return new Program(id, id, "CNY", ZoneId.of(zone), earning, validity, autoEnrol, terms);
  }
}
