package points.ledger.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import points.ledger.account.Accounts;
import points.ledger.account.Movement.Place;
import points.ledger.model.MemberState;

/**
 * A member's row: its state, and the columns that sum up the state's lots.
 *
 * <p>The sums are for reports and for checks of the database.
 *
 * @param sums by the name of the column
 */
public record MemberRow(MemberState state, Map<String, Long> sums) {

  static final List<String> SUMS = List.of("available", "held", "pending", "stored_value");

  /** Returns the values that the columns must have. */
  public Map<String, Long> expectedSums() {
    var expected = new LinkedHashMap<String, Long>();
    expected.put("available", state.lots().total());
    expected.put("held", state.setAside(Accounts.POINTS, Place.HELD));
    expected.put("pending", state.setAside(Accounts.POINTS, Place.PENDING));
    expected.put("stored_value", state.accounts().of(Accounts.STORED_VALUE).lots().total());
    return expected;
  }
}
