package points.ledger.decide;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import points.ledger.award.Awarded;
import points.ledger.award.FactsChange;
import points.ledger.command.Command;
import points.ledger.model.Detail;
import points.ledger.model.EarnedLine;
import points.ledger.model.Entry;
import points.ledger.model.MemberState;
import points.ledger.model.Origin;
import points.ledger.model.Request;
import points.ledger.tier.LevelChange.Reason;
import points.ledger.tier.TierChange;
import points.ledger.tier.TierFacts;
import points.ledger.tier.TierJudge;
import points.ledger.tier.TierRules;

/** Builds the fields of an entry other than its movements. */
final class EntryBuilder {

  final Entry.Kind kind;
  final @Nullable Request request;
  final Origin origin;
  @Nullable Long amount;
  List<EarnedLine> lines = List.of();
  @Nullable Long refersTo;
  @Nullable Detail detail;
  @Nullable Awarded awarded;
  @Nullable FactsChange changedFacts;
  @Nullable Instant occurredAt;
  private boolean isDecided;

  private EntryBuilder(Entry.Kind kind, @Nullable Request request, Origin origin) {
    this.kind = kind;
    this.request = request;
    this.origin = origin;
  }

  /** Of what a caller asked for. */
  static EntryBuilder of(Command command) {
    return new EntryBuilder(command.kind(), command.request(), command.origin());
  }

  /** Of what happens by itself. */
  static EntryBuilder byTime(Entry.Kind kind, Origin origin, Instant occurredAt) {
    return new EntryBuilder(kind, null, origin).occurredAt(occurredAt);
  }

  EntryBuilder amount(long minorUnits) {
    amount = minorUnits;
    return this;
  }

  EntryBuilder lines(List<EarnedLine> earned) {
    lines = earned;
    return this;
  }

  EntryBuilder refersTo(@Nullable Long sequence) {
    refersTo = sequence;
    return this;
  }

  EntryBuilder detail(@Nullable Detail said) {
    detail = said;
    return this;
  }

  EntryBuilder awarded(@Nullable Awarded awards) {
    awarded = awards;
    return this;
  }

  EntryBuilder factsChange(@Nullable FactsChange change) {
    changedFacts = change == null || change.isNone() ? null : change;
    return this;
  }

  /** The change of the tier is what the command asked for, and nothing that is to be judged. */
  EntryBuilder decided() {
    isDecided = true;
    return this;
  }

  /** A member that ends takes its level along, and is judged where it goes. */
  private boolean isJudged() {
    return isDecided || kind == Entry.Kind.MERGE_OUT || kind == Entry.Kind.TIER_REVIEW;
  }

  /**
   * Returns the change of the member's facts, with the level that follows.
   *
   * @param tiers null when no level is to change
   */
  @Nullable FactsChange judgedFacts(
      @Nullable TierRules tiers, MemberState before, Instant happenedAt, Instant now) {
    FactsChange change = changedFacts;
    if (change == null || isJudged() || change.tier().isNone()) {
      return change;
    }
    TierFacts facts = before.facts().tier();
    TierChange own = change.tier();
    TierChange tier = kind == Entry.Kind.MERGE_IN ? own.joining(facts) : own;
    FactsChange judged =
        change.with(tiers == null ? tier.unjudged() : judged(tiers, facts, tier, happenedAt, now));
    return judged.isNone() ? null : judged;
  }

  private TierChange judged(
      TierRules tiers, TierFacts before, TierChange change, Instant happenedAt, Instant now) {
    var judge = new TierJudge(tiers);
    Reason unlessOwn = kind == Entry.Kind.MERGE_IN ? Reason.MERGE : Reason.WITHDRAWAL;
    return judge.seen(before, judge.judge(before, change, happenedAt, now), unlessOwn, now);
  }

  EntryBuilder occurredAt(Instant time) {
    occurredAt = time;
    return this;
  }
}
