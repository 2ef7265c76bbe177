package points.load.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the entries and states of members that have available points only. */
public final class ModelExamples {
  private ModelExamples() {}

  /** An entry by which available points come or go. */
  public static Entry entry(
      String memberId,
      long sequence,
      Entry.Kind kind,
      long points,
      long balance,
      List<Lot> lots,
      Entry.Origin origin,
      Instant occurredAt,
      Instant recordedAt,
      @Nullable String key) {
    return new Entry(
        memberId,
        sequence,
        kind,
        points,
        balance,
        lots.stream().map(Movement::ofAvailable).toList(),
        origin,
        Entry.Extra.NONE,
        occurredAt,
        recordedAt,
        key);
  }

  /** A state with nothing but available points. */
  public static MemberState state(
      String memberId, long sequence, long available, long earned, long spent, List<Lot> lots) {
    return new MemberState(
        memberId, sequence, available, earned, spent, lots, MemberState.Others.NONE);
  }
}
