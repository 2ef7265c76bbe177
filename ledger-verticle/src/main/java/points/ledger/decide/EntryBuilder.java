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
import points.ledger.model.Origin;
import points.ledger.model.Request;

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

  EntryBuilder occurredAt(Instant time) {
    occurredAt = time;
    return this;
  }
}
