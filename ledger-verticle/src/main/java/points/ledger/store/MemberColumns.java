package points.ledger.store;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import points.ledger.model.Accounts;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.model.Movement.Place;
import points.ledger.store.json.ExtraJson;

/** The members of {@link BatchStatement}: a row per member. */
final class MemberColumns {
  private final List<String> programId = new ArrayList<>();
  private final List<String> memberId = new ArrayList<>();
  private final List<Long> expected = new ArrayList<>();
  private final List<Long> sequence = new ArrayList<>();
  private final List<String> status = new ArrayList<>();
  private final List<Long> available = new ArrayList<>();
  private final List<Long> earned = new ArrayList<>();
  private final List<Long> spent = new ArrayList<>();
  private final List<Long> held = new ArrayList<>();
  private final List<Long> pending = new ArrayList<>();
  private final List<Long> debts = new ArrayList<>();
  private final List<Long> storedValues = new ArrayList<>();
  private final List<@Nullable String> extras = new ArrayList<>();
  private final LotColumns lots = new LotColumns();

  void add(Batch.Member member) {
    MemberKey key = member.key();
    programId.add(key.programId());
    memberId.add(key.memberId());
    expected.add(member.sequenceBefore());
    sequence.add(member.sequenceAfter());
    // Where nothing is written, what stands here does not matter.
    MemberState after = member.after() == null ? MemberState.ENROLLED : member.after();
    status.add(after.status().name());
    available.add(after.lots().total());
    earned.add(after.lifetimeEarned());
    spent.add(after.lifetimeSpent());
    held.add(after.setAside(Accounts.POINTS, Place.HELD));
    pending.add(after.setAside(Accounts.POINTS, Place.PENDING));
    debts.add(after.accounts().points().debt());
    storedValues.add(after.accounts().of(Accounts.STORED_VALUE).lots().total());
    JsonObject extra = ExtraJson.of(after);
    extras.add(extra == null ? null : extra.encode());
    lots.add(after.lots().byExpiry());
  }

  void bindTo(Map<BatchParameter, Object> arguments) {
    arguments.put(BatchParameter.MEMBER_PROGRAMS, programId.toArray(String[]::new));
    arguments.put(BatchParameter.MEMBER_IDS, memberId.toArray(String[]::new));
    arguments.put(BatchParameter.MEMBER_EXPECTED, expected.toArray(Long[]::new));
    arguments.put(BatchParameter.MEMBER_SEQUENCES, sequence.toArray(Long[]::new));
    arguments.put(BatchParameter.MEMBER_STATUSES, status.toArray(String[]::new));
    arguments.put(BatchParameter.MEMBER_AVAILABLE, available.toArray(Long[]::new));
    arguments.put(BatchParameter.MEMBER_EARNED, earned.toArray(Long[]::new));
    arguments.put(BatchParameter.MEMBER_SPENT, spent.toArray(Long[]::new));
    arguments.put(BatchParameter.MEMBER_HELD, held.toArray(Long[]::new));
    arguments.put(BatchParameter.MEMBER_PENDING, pending.toArray(Long[]::new));
    arguments.put(BatchParameter.MEMBER_DEBTS, debts.toArray(Long[]::new));
    arguments.put(BatchParameter.MEMBER_STORED_VALUES, storedValues.toArray(Long[]::new));
    arguments.put(BatchParameter.MEMBER_EXTRAS, extras.toArray(String[]::new));
    lots.bindTo(
        arguments,
        BatchParameter.MEMBER_LOTS_FROM,
        BatchParameter.MEMBER_LOTS_TO,
        BatchParameter.MEMBER_LOT_EXPIRIES,
        BatchParameter.MEMBER_LOT_POINTS);
  }
}
