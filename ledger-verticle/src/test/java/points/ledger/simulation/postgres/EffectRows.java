package points.ledger.simulation.postgres;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.outbox.OutboxTable.Due;
import points.ledger.simulation.world.Events;
import points.ledger.simulation.world.Plant;

/**
 * The outbox table on the server. A claim puts a row off for a second or a few: less than a command
 * may take, so that several nodes are at the same effect now and then.
 */
public final class EffectRows {

  private static final class Row {
    private final Entry entry;
    private long dueAt;
    private int attempts;
    private boolean isDelivered;

    private Row(Entry entry, long dueAt) {
      this.entry = entry;
      this.dueAt = dueAt;
    }
  }

  private final Events events;
  private final Plant plant;
  private final Map<Due, Row> rows = new LinkedHashMap<>();

  EffectRows(Events events, Plant plant) {
    this.events = events;
    this.plant = plant;
  }

  /** With the commit of its entry. */
  void add(Entry entry) {
    boolean isLost = plant == Plant.SHARE_LOST && entry.kind() == Entry.Kind.REFUND;
    if (entry.hasEffect() && !isLost) {
      rows.put(new Due(entry.member(), entry.sequence()), new Row(entry, events.now()));
    }
  }

  List<Due> claim(int limit) {
    return claim(limit, any -> true);
  }

  List<Due> claim(MemberKey member, long sequence) {
    return claim(1, new Due(member, sequence)::equals);
  }

  private List<Due> claim(int limit, Predicate<Due> wanted) {
    var claimed = new ArrayList<Due>();
    rows.forEach(
        (due, row) -> {
          if (claimed.size() < limit && row.dueAt <= events.now() && wanted.test(due)) {
            row.dueAt = events.now() + (Events.SECOND << Math.min(row.attempts, 2));
            row.attempts++;
            claimed.add(due);
          }
        });
    return claimed;
  }

  void done(Due due) {
    Row row = rows.get(due);
    if (row == null) {
      return;
    }
    if (plant == Plant.MOVE_APPLIED_TWICE
        && row.entry.kind() == Entry.Kind.MOVE_OUT
        && !row.isDelivered) {
      row.isDelivered = true;
      return;
    }
    rows.remove(due);
  }

  boolean leaves(MemberKey merged) {
    return rows.values().stream()
        .anyMatch(
            it -> it.entry.kind() == Entry.Kind.MERGE_OUT && it.entry.member().equals(merged));
  }

  /** Whether a member has sent what may come back to it. */
  public boolean mayComeBack(MemberKey member) {
    return rows.values().stream()
        .map(it -> it.entry)
        .filter(it -> it.member().equals(member))
        .anyMatch(it -> it.kind() == Entry.Kind.TRANSFER_OUT || it.kind() == Entry.Kind.MOVE_OUT);
  }

  /** The entries whose effect is not carried out. */
  public List<Entry> entries() {
    return rows.values().stream().map(it -> it.entry).toList();
  }

  public int size() {
    return rows.size();
  }
}
