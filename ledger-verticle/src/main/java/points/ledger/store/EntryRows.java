package points.ledger.store;

import static points.ledger.store.EntryColumns.ACTOR;
import static points.ledger.store.EntryColumns.ADDRESS;
import static points.ledger.store.EntryColumns.AMOUNT;
import static points.ledger.store.EntryColumns.AWARDED;
import static points.ledger.store.EntryColumns.BALANCE;
import static points.ledger.store.EntryColumns.CASHIER_ID;
import static points.ledger.store.EntryColumns.CHANNEL;
import static points.ledger.store.EntryColumns.EXTRA;
import static points.ledger.store.EntryColumns.FINGERPRINT;
import static points.ledger.store.EntryColumns.IDEMPOTENCY_KEY;
import static points.ledger.store.EntryColumns.KIND;
import static points.ledger.store.EntryColumns.LINES;
import static points.ledger.store.EntryColumns.MEMBER_ID;
import static points.ledger.store.EntryColumns.OCCURRED_AT;
import static points.ledger.store.EntryColumns.ON_BEHALF_OF;
import static points.ledger.store.EntryColumns.OPERATOR;
import static points.ledger.store.EntryColumns.ORDER_ID;
import static points.ledger.store.EntryColumns.POINTS;
import static points.ledger.store.EntryColumns.PROGRAM_ID;
import static points.ledger.store.EntryColumns.REASON;
import static points.ledger.store.EntryColumns.RECORDED_AT;
import static points.ledger.store.EntryColumns.REFERS_TO;
import static points.ledger.store.EntryColumns.REQUEST_ID;
import static points.ledger.store.EntryColumns.SEQUENCE;
import static points.ledger.store.EntryColumns.STORE_ID;
import static points.ledger.store.EntryColumns.TERMINAL_ID;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import points.ledger.model.Actor;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.model.Origin.Channel;
import points.ledger.model.Request;
import points.ledger.store.json.AwardedJson;
import points.ledger.store.json.DetailJson;
import points.ledger.store.json.ExtraJson;

/** Rows of {@code entry} as entries. */
final class EntryRows {

  private EntryRows() {}

  /** The entries of rows; rows of other tables are left out. */
  static List<Entry> entries(RowSet<Row> rows) {
    var entries = new ArrayList<Entry>(rows.size());
    for (Row row : rows) {
      if (isEntry(row)) {
        entries.add(entry(row));
      }
    }
    return entries;
  }

  /** Whether a row of a union of several tables is an entry. */
  static boolean isEntry(Row row) {
    return KIND.readOrNull(row) != null;
  }

  static Entry entry(Row row) {
    UUID fingerprint = FINGERPRINT.readOrNull(row);
    Entry.Kind kind = Entry.Kind.valueOf(KIND.read(row));
    JsonObject extra = EXTRA.readOrNull(row);
    return new Entry(
        new MemberKey(PROGRAM_ID.read(row), MEMBER_ID.read(row)),
        SEQUENCE.read(row),
        kind,
        POINTS.read(row),
        BALANCE.read(row),
        ExtraJson.movements(Columns.lotsOf(row), extra),
        ExtraJson.balances(extra),
        fingerprint == null ? null : new Request(IDEMPOTENCY_KEY.read(row), fingerprint),
        new Origin(
            STORE_ID.readOrNull(row),
            TERMINAL_ID.readOrNull(row),
            ORDER_ID.readOrNull(row),
            operator(row),
            ON_BEHALF_OF.readOrNull(row),
            REASON.readOrNull(row),
            ExtraJson.metadata(extra),
            channel(row),
            CASHIER_ID.readOrNull(row),
            Actor.of(ACTOR.readOrNull(row), ADDRESS.readOrNull(row), REQUEST_ID.readOrNull(row))),
        AMOUNT.readOrNull(row),
        LINES.read(row),
        REFERS_TO.readOrNull(row),
        DetailJson.read(kind, extra),
        AwardedJson.read(AWARDED.readOrNull(row), extra),
        ExtraJson.factsChange(extra),
        OCCURRED_AT.read(row),
        RECORDED_AT.read(row));
  }

  private static @Nullable Channel channel(Row row) {
    String name = CHANNEL.readOrNull(row);
    return name == null ? null : Channel.valueOf(name);
  }

  /**
   * Reads the operator, which is not the member that the column has where there is none.
   *
   * <p>A row from before {@code on_behalf_of} is never changed. If its operator is a member, the
   * entry says so too; see {@link Entry#onBehalfOf}.
   */
  private static @Nullable String operator(Row row) {
    String operator = OPERATOR.readOrNull(row);
    return operator != null && operator.equals(ON_BEHALF_OF.readOrNull(row)) ? null : operator;
  }
}
