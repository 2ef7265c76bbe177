package points.gateway.figure;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Accounts;
import points.ledger.figure.Liability;
import points.ledger.figure.Outstanding;
import points.ledger.form.Formats;
import points.ledger.program.Program;

/** The liability of a program as JSON. */
final class LiabilityJson {

  private LiabilityJson() {}

  static JsonObject of(Outstanding owed, Program program) {
    var accounts = new JsonArray();
    for (Liability it : owed.accounts()) {
      var account =
          new JsonObject()
              .put("currency", it.account())
              .put("available", it.available())
              .put("held", it.held())
              .put("pending", it.pending())
              .put("debt", it.debt())
              .put("outstanding", it.outstanding());
      Formats.putUnlessNull(account, "value", value(it, program));
      accounts.add(account);
    }
    var json =
        new JsonObject().put("at", owed.at().toString()).put("moneyCurrency", program.currency());
    FigureJson.put(json, owed.place());
    return json.put("accounts", accounts);
  }

  /** Returns the worth in minor units; null of an account that has no worth in money. */
  private static @Nullable BigInteger value(Liability owed, Program program) {
    BigInteger outstanding = owed.outstanding();
    return switch (owed.account()) {
      case Accounts.STORED_VALUE -> outstanding;
      case Accounts.POINTS -> {
        BigInteger worth = program.terms().refunds().pointValue().of(outstanding.abs());
        yield outstanding.signum() < 0 ? worth.negate() : worth;
      }
      default -> null;
    };
  }
}
