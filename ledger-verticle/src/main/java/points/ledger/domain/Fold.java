package points.ledger.domain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import points.ledger.domain.Command.Accrue;
import points.ledger.domain.Command.Adjust;
import points.ledger.domain.Command.ChangeStatus;
import points.ledger.domain.Command.Deduct;

/**
 * Decides commands on a member, one after the other. Pure: the same arguments, the same decision.
 *
 * <p>Refusals have an order: unknown member, then status, then points. What has expired by {@code
 * now} is written down, as an entry of its own, before the command's own entry.
 */
public final class Fold {

  private final MemberKey member;
  private final Instant now;
  private final List<Entry> entries = new ArrayList<>(2);
  private MemberState state;

  private Fold(MemberKey member, MemberState state, Instant now) {
    this.member = member;
    this.state = state;
    this.now = now;
  }

  /**
   * Decides one command.
   *
   * @param state the member's newest state; null when it is not enrolled
   * @param rules the member's program
   * @param now cut to microseconds, which is what the ledger can store
   * @throws IllegalArgumentException if the command's numbers are out of range: whoever takes
   *     commands in tells the caller so before
   */
  public static Decision decide(
      @Nullable MemberState state, Command command, Program rules, Instant now) {
    if (!command.isWithinLimits()) {
      throw new IllegalArgumentException("out of range: " + command);
    }
    if (state == null) {
      if (!(command instanceof Accrue) || !rules.autoEnrol()) {
        return new Decision.Refused(new Refusal.MemberNotFound());
      }
      state = MemberState.ENROLLED;
    }
    var fold = new Fold(command.member(), state, now.truncatedTo(ChronoUnit.MICROS));
    fold.writeDownExpired();
    return switch (command.kind()) {
      case ACCRUAL -> fold.accrue((Accrue) command, rules);
      case DEDUCTION -> fold.deduct((Deduct) command);
      case ADJUSTMENT -> fold.adjust((Adjust) command, rules);
      case FREEZE, UNFREEZE -> fold.changeStatus((ChangeStatus) command);
      case EXPIRY -> throw new IllegalArgumentException("nobody commands it: " + command);
    };
  }

  private Decision accrue(Accrue accrue, Program rules) {
    if (state.status() == Status.FROZEN) {
      return new Decision.Refused(new Refusal.MemberFrozen());
    }
    long points = rules.earning().pointsFor(accrue.amount());
    if (points > Limits.POINTS_MAX - available()
        || points > Long.MAX_VALUE - state.lifetimeEarned()) {
      return new Decision.Refused(new Refusal.BalanceLimitExceeded(available()));
    }
    Instant expiresAt = rules.validity().expiryOf(accrue.occurredAt(), rules.timeZone());
    Lots lots = state.lots().plus(new Lot(expiresAt, points));
    List<Lot> added = points == 0 ? List.of() : List.of(new Lot(expiresAt, points));
    state = with(lots, state.lifetimeEarned() + points, state.lifetimeSpent());
    Entry answer = append(accrue, points, added, accrue.occurredAt(), share(accrue, points));
    writeDownExpired(); // an order may come in so late that its points have expired already
    return accepted(answer);
  }

  private Decision deduct(Deduct deduct) {
    if (state.status() == Status.FROZEN) {
      return new Decision.Refused(new Refusal.MemberFrozen());
    }
    if (deduct.points() > available()) {
      return new Decision.Refused(new Refusal.InsufficientPoints(available()));
    }
    if (deduct.points() > Long.MAX_VALUE - state.lifetimeSpent()) {
      return new Decision.Refused(new Refusal.BalanceLimitExceeded(available()));
    }
    Lots.Taken taken = state.lots().take(deduct.points());
    state = with(taken.rest(), state.lifetimeEarned(), state.lifetimeSpent() + deduct.points());
    return accepted(append(deduct, -deduct.points(), taken.negated(), now, List.of()));
  }

  private Decision adjust(Adjust adjust, Program rules) {
    long points = adjust.points();
    if (points < 0 && -points > available()) {
      return new Decision.Refused(new Refusal.InsufficientPoints(available()));
    }
    if (points > Limits.POINTS_MAX - available()) {
      return new Decision.Refused(new Refusal.BalanceLimitExceeded(available()));
    }
    List<Lot> touched;
    Lots lots;
    if (points > 0) {
      var lot = new Lot(rules.validity().expiryOf(now, rules.timeZone()), points);
      touched = List.of(lot);
      lots = state.lots().plus(lot);
    } else {
      Lots.Taken taken = state.lots().take(-points);
      touched = taken.negated();
      lots = taken.rest();
    }
    state = with(lots, state.lifetimeEarned(), state.lifetimeSpent());
    return accepted(append(adjust, points, touched, now, List.of()));
  }

  private Decision changeStatus(ChangeStatus change) {
    if (state.status() == change.wanted()) {
      return new Decision.Refused(new Refusal.AlreadyInStatus(change.wanted()));
    }
    state =
        new MemberState(
            change.wanted(),
            state.sequence(),
            state.lifetimeEarned(),
            state.lifetimeSpent(),
            state.lots());
    return accepted(append(change, 0, List.of(), now, List.of()));
  }

  /** What has expired is no longer here whether or not it is written; this writes it. */
  private void writeDownExpired() {
    Lots.Taken expired = state.lots().takeExpired(now);
    if (expired.nothing()) {
      return;
    }
    Instant newest = expired.lots().get(expired.lots().size() - 1).expiresAt();
    state = with(expired.rest(), state.lifetimeEarned(), state.lifetimeSpent());
    append(
        Entry.Kind.EXPIRY,
        null,
        Origin.NONE,
        -expired.points(),
        expired.negated(),
        null,
        List.of(),
        newest);
  }

  private long available() {
    return state.lots().total(); // the expired ones were written down before
  }

  private MemberState with(Lots lots, long earned, long spent) {
    return new MemberState(state.status(), state.sequence(), earned, spent, lots);
  }

  private Entry append(
      Command command, long points, List<Lot> lots, Instant occurredAt, List<EarnedLine> lines) {
    Long amount = command instanceof Accrue accrue ? (Long) accrue.amount() : null;
    return append(
        command.kind(),
        command.request(),
        command.origin(),
        points,
        lots,
        amount,
        lines,
        occurredAt);
  }

  private Entry append(
      Entry.Kind kind,
      @Nullable Request request,
      Origin origin,
      long points,
      List<Lot> lots,
      @Nullable Long amount,
      List<EarnedLine> lines,
      Instant occurredAt) {
    long sequence = state.sequence() + 1;
    state =
        new MemberState(
            state.status(), sequence, state.lifetimeEarned(), state.lifetimeSpent(), state.lots());
    var entry =
        new Entry(
            member,
            sequence,
            kind,
            points,
            state.lots().total(),
            lots,
            request,
            origin,
            amount,
            lines,
            occurredAt.truncatedTo(ChronoUnit.MICROS),
            now);
    entries.add(entry);
    return entry;
  }

  private Decision accepted(Entry answer) {
    return new Decision.Accepted(List.copyOf(entries), answer, state);
  }

  private static List<EarnedLine> share(Accrue accrue, long points) {
    List<Line> lines = accrue.lines();
    if (lines.isEmpty()) {
      return List.of();
    }
    long[] shares = Shares.of(points, lines.stream().mapToLong(Line::amount).toArray());
    var earned = new ArrayList<EarnedLine>(lines.size());
    for (int i = 0; i < shares.length; i++) {
      earned.add(new EarnedLine(lines.get(i), shares[i]));
    }
    return List.copyOf(earned);
  }
}
