package points.load.replay.program;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import points.load.http.Fields;
import points.load.http.UnexpectedAnswerException;
import points.load.replay.receipt.Receipt;

/**
 * The rules of the program the receipts are posted to.
 *
 * @param zone in which its days begin
 * @param autoEnrol whether a first receipt makes a member
 */
public record Program(ZoneId zone, EarningRule earning, Validity validity, boolean autoEnrol) {
  public static Program read(Fields json) {
    return new Program(
        zone(json.text("timeZone")),
        EarningRule.read(json.object("earning")),
        Validity.read(json.object("validity")),
        json.flag("autoEnrol"));
  }

  public long pointsFor(Receipt receipt) {
    return earning.pointsFor(receipt.amount());
  }

  /** The first instant at which the receipt's points are gone; empty for never. */
  public Optional<Instant> expiryOf(Receipt receipt) {
    return validity.expiresAt(receipt.soldAt().toInstant(), zone);
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new UnexpectedAnswerException("unknown time zone \"" + name + "\"");
    }
  }
}
