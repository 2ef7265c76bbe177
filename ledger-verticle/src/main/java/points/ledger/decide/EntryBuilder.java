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
import points.ledger.tier.TierChange;
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

  /** A member that ends takes its level along, and is judged where it goes. */
  private boolean isJudged() {
    return kind == Entry.Kind.MERGE_OUT || kind == Entry.Kind.TIER_REVIEW;
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
    TierChange tier =
        tiers == null
            ? change.tier().unjudged()
            : new TierJudge(tiers).judge(before.facts().tier(), change.tier(), happenedAt, now);
    FactsChange judged = change.with(tier);
    return judged.isNone() ? null : judged;
  }

  EntryBuilder occurredAt(Instant time) {
    occurredAt = time;
    return this;
  }
}
