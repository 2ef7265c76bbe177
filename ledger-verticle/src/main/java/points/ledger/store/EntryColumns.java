package points.ledger.store;

import io.vertx.core.json.JsonObject;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import points.ledger.command.Command;
import points.ledger.database.PgTimestamps;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.model.Request;
import points.ledger.store.json.ExtraJson;
import points.ledger.store.json.LinesJson;

/**
 * The entries of {@link BatchStatement}: a row per entry, and one per refused command, which has
 * keys to be looked for but no sequence and so is not appended.
 */
final class EntryColumns {

  private final List<String> programId = new ArrayList<>();
  private final List<String> memberId = new ArrayList<>();
  private final List<Integer> memberNo = new ArrayList<>();
  private final List<Integer> commandNo = new ArrayList<>();
  private final List<@Nullable Long> sequence = new ArrayList<>();
  private final List<String> kind = new ArrayList<>();
  private final List<@Nullable Long> points = new ArrayList<>();
  private final List<@Nullable Long> balance = new ArrayList<>();
  private final List<@Nullable String> storeId = new ArrayList<>();
  private final List<@Nullable String> terminalId = new ArrayList<>();
  private final List<@Nullable String> orderId = new ArrayList<>();
  private final List<String> part = new ArrayList<>();
  private final List<@Nullable Long> amount = new ArrayList<>();
  private final List<@Nullable String> lines = new ArrayList<>();
  private final List<@Nullable String> operator = new ArrayList<>();
  private final List<@Nullable String> reason = new ArrayList<>();
  private final List<@Nullable OffsetDateTime> occurredAt = new ArrayList<>();
  private final List<@Nullable OffsetDateTime> recordedAt = new ArrayList<>();
  private final List<@Nullable String> idempotencyKey = new ArrayList<>();
  private final List<@Nullable UUID> fingerprint = new ArrayList<>();
  private final List<@Nullable Long> refersTo = new ArrayList<>();
  private final List<@Nullable String> extra = new ArrayList<>();
  private final LotColumns lots = new LotColumns();

  void add(int memberNo, int commandNo, Entry entry) {
    addKeys(memberNo, commandNo, entry.member(), entry.kind(), entry.request(), entry.origin());
    part.add(entry.part());
    sequence.add(entry.sequence());
    points.add(entry.points());
    balance.add(entry.balance());
    amount.add(entry.amount());
    lines.add(LinesJson.write(entry.lines()));
    occurredAt.add(PgTimestamps.toSql(entry.occurredAt()));
    recordedAt.add(PgTimestamps.toSql(entry.recordedAt()));
    refersTo.add(entry.refersTo());
    JsonObject more = ExtraJson.of(entry);
    extra.add(more == null ? null : more.encode());
    lots.add(entry.lots());
  }

  void addRefused(int memberNo, int commandNo, Command command) {
    addKeys(
        memberNo, commandNo, command.member(), command.kind(), command.request(), command.origin());
    part.add(command.part());
    sequence.add(null);
    points.add(null);
    balance.add(null);
    amount.add(null);
    lines.add(null);
    occurredAt.add(null);
    recordedAt.add(null);
    refersTo.add(null);
    extra.add(null);
    lots.add(List.of());
  }

  private void addKeys(
      int memberNo,
      int commandNo,
      MemberKey member,
      Entry.Kind kind,
      @Nullable Request request,
      Origin origin) {
    programId.add(member.programId());
    memberId.add(member.memberId());
    this.memberNo.add(memberNo);
    this.commandNo.add(commandNo);
    this.kind.add(kind.name());
    storeId.add(origin.storeId());
    terminalId.add(origin.terminalId());
    orderId.add(origin.orderId());
    operator.add(origin.operator());
    reason.add(origin.reason());
    idempotencyKey.add(request == null ? null : request.key());
    fingerprint.add(request == null ? null : request.fingerprint());
  }

  void bindTo(Map<BatchParameter, Object> arguments) {
    arguments.put(BatchParameter.ENTRY_PROGRAMS, programId.toArray(String[]::new));
    arguments.put(BatchParameter.ENTRY_MEMBERS, memberId.toArray(String[]::new));
    arguments.put(BatchParameter.ENTRY_MEMBER_NOS, memberNo.toArray(Integer[]::new));
    arguments.put(BatchParameter.ENTRY_COMMAND_NOS, commandNo.toArray(Integer[]::new));
    arguments.put(BatchParameter.ENTRY_SEQUENCES, sequence.toArray(Long[]::new));
    arguments.put(BatchParameter.ENTRY_KINDS, kind.toArray(String[]::new));
    arguments.put(BatchParameter.ENTRY_POINTS, points.toArray(Long[]::new));
    arguments.put(BatchParameter.ENTRY_BALANCES, balance.toArray(Long[]::new));
    arguments.put(BatchParameter.ENTRY_STORES, storeId.toArray(String[]::new));
    arguments.put(BatchParameter.ENTRY_TERMINALS, terminalId.toArray(String[]::new));
    arguments.put(BatchParameter.ENTRY_ORDERS, orderId.toArray(String[]::new));
    arguments.put(BatchParameter.ENTRY_PARTS, part.toArray(String[]::new));
    arguments.put(BatchParameter.ENTRY_REFERENCES, refersTo.toArray(Long[]::new));
    arguments.put(BatchParameter.ENTRY_EXTRAS, extra.toArray(String[]::new));
    arguments.put(BatchParameter.ENTRY_AMOUNTS, amount.toArray(Long[]::new));
    arguments.put(BatchParameter.ENTRY_LINES, lines.toArray(String[]::new));
    arguments.put(BatchParameter.ENTRY_OPERATORS, operator.toArray(String[]::new));
    arguments.put(BatchParameter.ENTRY_REASONS, reason.toArray(String[]::new));
    arguments.put(BatchParameter.ENTRY_OCCURRED, occurredAt.toArray(OffsetDateTime[]::new));
    arguments.put(BatchParameter.ENTRY_RECORDED, recordedAt.toArray(OffsetDateTime[]::new));
    arguments.put(BatchParameter.ENTRY_KEYS, idempotencyKey.toArray(String[]::new));
    arguments.put(BatchParameter.ENTRY_FINGERPRINTS, fingerprint.toArray(UUID[]::new));
    lots.bindTo(
        arguments,
        BatchParameter.ENTRY_LOTS_FROM,
        BatchParameter.ENTRY_LOTS_TO,
        BatchParameter.ENTRY_LOT_EXPIRIES,
        BatchParameter.ENTRY_LOT_POINTS);
  }
}
