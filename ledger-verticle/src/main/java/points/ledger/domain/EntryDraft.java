package points.ledger.domain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an entry will say besides what moved. */
final class EntryDraft {

  final Entry.Kind kind;
  final @Nullable Request request;
  final Origin origin;
  @Nullable Long amount;
  List<EarnedLine> lines = List.of();
  @Nullable Long refersTo;
  @Nullable Detail detail;
  @Nullable Instant occurredAt;

  private EntryDraft(Entry.Kind kind, @Nullable Request request, Origin origin) {
    this.kind = kind;
    this.request = request;
    this.origin = origin;
  }

  /** Of what a caller asked for. */
  static EntryDraft of(Command command) {
    return new EntryDraft(command.kind(), command.request(), command.origin());
  }

  /** Of what happens by itself. */
  static EntryDraft byTime(Entry.Kind kind, Origin origin, Instant occurredAt) {
    return new EntryDraft(kind, null, origin).occurredAt(occurredAt);
  }

  EntryDraft amount(long minorUnits) {
    amount = minorUnits;
    return this;
  }

  EntryDraft lines(List<EarnedLine> earned) {
    lines = earned;
    return this;
  }

  EntryDraft refersTo(@Nullable Long sequence) {
    refersTo = sequence;
    return this;
  }

  EntryDraft detail(@Nullable Detail said) {
    detail = said;
    return this;
  }

  EntryDraft occurredAt(Instant time) {
    occurredAt = time;
    return this;
  }
}
