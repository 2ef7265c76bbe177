package points.ledger.store;

import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import points.ledger.domain.Command;
import points.ledger.domain.Entry;
import points.ledger.domain.MemberKey;
import points.ledger.domain.Origin;
import points.ledger.domain.Request;

/**
 * {@code $13} to {@code $35} of {@link BatchStatement}: a row per entry, and one per refused
 * command, which has keys to be looked for but no sequence and so is not appended.
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
  private final List<@Nullable Long> amount = new ArrayList<>();
  private final List<@Nullable String> lines = new ArrayList<>();
  private final List<@Nullable String> operator = new ArrayList<>();
  private final List<@Nullable String> reason = new ArrayList<>();
  private final List<@Nullable OffsetDateTime> occurredAt = new ArrayList<>();
  private final List<@Nullable OffsetDateTime> recordedAt = new ArrayList<>();
  private final List<@Nullable String> idempotencyKey = new ArrayList<>();
  private final List<@Nullable UUID> fingerprint = new ArrayList<>();
  private final LotColumns lots = new LotColumns();

  void add(int memberNo, int commandNo, Entry entry) {
    addKeys(memberNo, commandNo, entry.member(), entry.kind(), entry.request(), entry.origin());
    sequence.add(entry.sequence());
    points.add(entry.points());
    balance.add(entry.balance());
    amount.add(entry.amount());
    lines.add(LinesJson.write(entry.lines()));
    occurredAt.add(Times.toSql(entry.occurredAt()));
    recordedAt.add(Times.toSql(entry.recordedAt()));
    lots.add(entry.lots());
  }

  void addRefused(int memberNo, int commandNo, Command command) {
    addKeys(
        memberNo, commandNo, command.member(), command.kind(), command.request(), command.origin());
    sequence.add(null);
    points.add(null);
    balance.add(null);
    amount.add(null);
    lines.add(null);
    occurredAt.add(null);
    recordedAt.add(null);
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

  void bindTo(Tuple tuple) {
    tuple
        .addArrayOfString(programId.toArray(String[]::new))
        .addArrayOfString(memberId.toArray(String[]::new))
        .addArrayOfInteger(memberNo.toArray(Integer[]::new))
        .addArrayOfInteger(commandNo.toArray(Integer[]::new))
        .addArrayOfLong(sequence.toArray(Long[]::new))
        .addArrayOfString(kind.toArray(String[]::new))
        .addArrayOfLong(points.toArray(Long[]::new))
        .addArrayOfLong(balance.toArray(Long[]::new))
        .addArrayOfString(storeId.toArray(String[]::new))
        .addArrayOfString(terminalId.toArray(String[]::new))
        .addArrayOfString(orderId.toArray(String[]::new))
        .addArrayOfLong(amount.toArray(Long[]::new))
        .addArrayOfString(lines.toArray(String[]::new))
        .addArrayOfString(operator.toArray(String[]::new))
        .addArrayOfString(reason.toArray(String[]::new))
        .addArrayOfOffsetDateTime(occurredAt.toArray(OffsetDateTime[]::new))
        .addArrayOfOffsetDateTime(recordedAt.toArray(OffsetDateTime[]::new))
        .addArrayOfString(idempotencyKey.toArray(String[]::new))
        .addArrayOfUUID(fingerprint.toArray(UUID[]::new));
    lots.bindTo(tuple);
  }
}
