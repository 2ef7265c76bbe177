package points.ledger.book;

import java.util.Map;

/**
 * The most that may be given.
 *
 * @param perOrder {@link Long#MAX_VALUE} for no cap
 * @param perMember by the period in which a member's orders are counted together
 */
public record Caps(long perOrder, Map<Period, Long> perMember) {

  public static final Caps NONE = new Caps(Long.MAX_VALUE, Map.of());

  /** A period of the calendar, in the zone of the store. */
  public enum Period {
    DAY,
    WEEK,
    MONTH,
    YEAR
  }
}
