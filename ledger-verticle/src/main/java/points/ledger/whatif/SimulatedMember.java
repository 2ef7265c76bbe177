package points.ledger.whatif;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import points.ledger.award.EarningFacts;
import points.ledger.award.FactsChange;
import points.ledger.model.Entry;
import points.ledger.model.EntryTrait;
import points.ledger.tier.TierChange;
import points.ledger.tier.TierFacts;
import points.ledger.tier.TierJudge;
import points.ledger.tier.TierRules;

/** A member as it was recorded, and as it would have been. */
final class SimulatedMember {

  /** The facts as they would have been. */
  EarningFacts facts;

  /** The tier as it was recorded. */
  TierFacts recorded;

  /** Points earned in the period, less those taken back. */
  long before;

  long after;

  /** All that another member gets by a merge; null unless this one was merged into it. */
  @Nullable FactsChange left;

  SimulatedMember(EarningFacts begin) {
    this.facts = begin;
    this.recorded = begin.tier();
  }

  /** Takes note of an entry as it was recorded. */
  void record(Entry entry) {
    recorded = recorded.after(entry.factsChange().tier(), entry.recordedAt());
  }

  /** Applies what an entry would have changed. */
  void change(Entry entry, FactsChange change) {
    facts = facts.after(change, entry.kind().is(EntryTrait.MOVABLE), entry.recordedAt());
  }

  /** Applies the reviews of the tier that were due by an instant. */
  void review(@Nullable TierRules tiers, Instant asOf, Instant now) {
    if (tiers == null) {
      return;
    }
    var judge = new TierJudge(tiers);
    for (int i = 0; i < TierJudge.REVIEWS_MAX; i++) {
      Instant due = facts.tier().dueAt();
      if (due == null || due.isAfter(asOf)) {
        return;
      }
      TierChange change = judge.byTime(facts.tier(), due);
      facts = facts.after(FactsChange.NONE.with(change), false, now);
    }
  }

  /** Returns a change with the level that follows, as it is judged when its entry is written. */
  FactsChange judged(FactsChange change, @Nullable TierRules tiers, Entry entry) {
    if (change.tier().isNone() || isByWill(entry.kind())) {
      return change;
    }
    TierChange own =
        entry.kind() == Entry.Kind.MERGE_IN ? change.tier().joining(facts.tier()) : change.tier();
    return change.with(
        tiers == null
            ? own.unjudged()
            : new TierJudge(tiers)
                .judge(facts.tier(), own, entry.occurredAt(), entry.recordedAt()));
  }

  /** Returns whether a change of the tier is what people asked for, and not judged. */
  private static boolean isByWill(Entry.Kind kind) {
    return switch (kind) {
      case TIER_GRANT, TIER_WITHDRAWAL, DEDUCTION -> true;
      default -> false;
    };
  }

  /** Returns the level at an instant by some rules; null when these have no tiers. */
  static @Nullable String levelAt(@Nullable TierRules tiers, TierFacts facts, Instant instant) {
    return tiers == null
        ? null
        : tiers.levelAt(new TierJudge(tiers).at(facts, instant), instant).id();
  }
}
