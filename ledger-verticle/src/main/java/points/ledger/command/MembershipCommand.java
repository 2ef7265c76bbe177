package points.ledger.command;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Limits;
import points.ledger.model.Entry;
import points.ledger.model.Fingerprint;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.model.Request;
import points.ledger.model.Status;

/** Commands by which a member begins, is stopped for a time, and ends. */
public sealed interface MembershipCommand extends Command {

  /**
   * All that the member has goes over to another, and it ends.
   *
   * @param into the other member's id
   */
  record Merge(MemberKey member, Request request, Origin origin, String into)
      implements MembershipCommand {

    /** Makes the command and its fingerprint. */
    public static Merge of(MemberKey member, String key, Origin origin, String into) {
      UUID print = Command.begin("merge", member, origin).and(into).toUuid();
      return new Merge(member, new Request(key, print), origin, into);
    }

    @Override
    public Entry.Kind kind() {
      return Entry.Kind.MERGE_OUT;
    }

    @Override
    public boolean isWithinLimits() {
      return true;
    }
  }

  /**
   * Ends the member: what it has is forfeited or paid out, by the program's rules.
   *
   * @param asOf the only sequence of the member at which the command may be decided, 0 for a member
   *     without entries; null for any
   */
  record Close(MemberKey member, Request request, Origin origin, @Nullable Long asOf)
      implements MembershipCommand {

    /** Makes the command and its fingerprint. */
    public static Close of(MemberKey member, String key, Origin origin) {
      UUID print = Command.begin("closing", member, origin).toUuid();
      return new Close(member, new Request(key, print), origin, null);
    }

    /** Returns the same command, to be decided only while the member has this sequence. */
    public Close asOf(long sequence) {
      return new Close(member, request, origin, sequence);
    }

    @Override
    public Entry.Kind kind() {
      return Entry.Kind.CLOSING;
    }

    @Override
    public boolean isWithinLimits() {
      return true;
    }
  }

  /**
   * Imports a member's balance from another system, and enrols the member.
   *
   * @param points of the first point currency, 0 or more
   * @param expiresAt of these; null for the expiry by the program's rules from now
   * @param storedValue minor units, 0 or more
   * @param growth 0 or more
   */
  record Open(
      MemberKey member,
      Request request,
      Origin origin,
      long points,
      @Nullable Instant expiresAt,
      long storedValue,
      long growth)
      implements MembershipCommand {

    /** Makes the command and its fingerprint. */
    public static Open of(
        MemberKey member,
        String key,
        Origin origin,
        long points,
        @Nullable Instant expiresAt,
        long storedValue,
        long growth) {
      // Without the operator: an import may be resumed with another of the office's credentials.
      Fingerprint print =
          Fingerprint.of("opening")
              .and(member.programId())
              .and(member.memberId())
              .and(origin.reason())
              .and(points)
              .and(storedValue)
              .and(growth);
      if (expiresAt != null) {
        print.and(expiresAt);
      }
      var request = new Request(key, print.toUuid());
      return new Open(member, request, origin, points, expiresAt, storedValue, growth);
    }

    @Override
    public Entry.Kind kind() {
      return Entry.Kind.OPENING;
    }

    @Override
    public boolean isWithinLimits() {
      return points >= 0
          && points <= Limits.POINTS_MAX
          && storedValue >= 0
          && storedValue <= Limits.AMOUNT_MAX
          && growth >= 0
          && growth <= Limits.POINTS_MAX;
    }
  }

  /** Freezes a member, so that it neither earns nor spends, or unfreezes it. */
  record ChangeStatus(MemberKey member, Request request, Origin origin, Status wanted)
      implements MembershipCommand {

    /** Makes the command and its fingerprint. */
    public static ChangeStatus of(MemberKey member, String key, Origin origin, Status wanted) {
      // Without the operator: a retry may come with another of the office's credentials.
      UUID print =
          Fingerprint.of("status")
              .and(member.programId())
              .and(member.memberId())
              .and(origin.reason())
              .and(wanted.name())
              .toUuid();
      return new ChangeStatus(member, new Request(key, print), origin, wanted);
    }

    @Override
    public Entry.Kind kind() {
      return wanted == Status.FROZEN ? Entry.Kind.FREEZE : Entry.Kind.UNFREEZE;
    }

    @Override
    public boolean isWithinLimits() {
      return true;
    }
  }
}
