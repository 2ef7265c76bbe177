package points.ledger.store;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import points.ledger.database.PgTimestamps;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.model.Request;
import points.ledger.store.json.DetailJson;
import points.ledger.store.json.ExtraJson;
import points.ledger.store.json.LinesJson;

/** Rows of {@code entry} as entries. */
final class EntryRows {

  private EntryRows() {}

  static List<Entry> entries(RowSet<Row> rows) {
    var entries = new ArrayList<Entry>(rows.size());
    for (Row row : rows) {
      entries.add(entry(row));
    }
    return entries;
  }

  private static Entry entry(Row row) {
    UUID fingerprint = row.getUUID("fingerprint");
    Entry.Kind kind = Entry.Kind.valueOf(row.getString("kind"));
    var extra = (JsonObject) row.getValue("extra");
    return new Entry(
        new MemberKey(row.getString("program_id"), row.getString("member_id")),
        row.getLong("sequence"),
        kind,
        row.getLong("points"),
        row.getLong("balance"),
        ExtraJson.movements(LotColumns.of(row), extra),
        ExtraJson.balances(extra),
        fingerprint == null ? null : new Request(row.getString("idempotency_key"), fingerprint),
        new Origin(
            row.getString("store_id"),
            row.getString("terminal_id"),
            row.getString("order_id"),
            row.getString("operator"),
            row.getString("reason"),
            ExtraJson.metadata(extra)),
        row.getLong("amount"),
        LinesJson.read((JsonArray) row.getValue("lines")),
        row.getLong("refers_to"),
        DetailJson.read(kind, extra),
        PgTimestamps.fromSql(row.getOffsetDateTime("occurred_at")),
        PgTimestamps.fromSql(row.getOffsetDateTime("recorded_at")));
  }
}
