package points.load.fault.check.effect;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import points.load.fault.check.finding.Findings;
import points.load.fault.check.history.MemberHistory;
import points.load.model.Entry;
import points.load.model.MemberState;
import points.load.model.Movement;
import points.load.model.Movement.Place;
import points.load.model.Reservation;

/**
 * All that a merged member had is received by the other, once and in full. Available points and
 * debts are received by one entry, pending points by one entry for each order. For example, member
 * A has 100 points, and 20 pending for order o1. After its merge into B there are two {@code
 * MERGE_IN} entries on B, of 100 available points and of 20 pending ones.
 */
public final class MergeRule {
  private final MemberHistory member;
  private final Findings findings;

  private MergeRule(MemberHistory member, Findings findings) {
    this.member = member;
    this.findings = findings;
  }

  /** Reports merges that are lost, doubled or changed. */
  public static void check(MemberHistory member, Findings findings) {
    MergeRule rule = new MergeRule(member, findings);
    List<Entry> entries = member.entries();
    for (int i = 0; i < entries.size(); i++) {
      switch (entries.get(i).kind()) {
        case MERGE_OUT -> rule.checkSent(entries.get(i), member.states().get(i));
        case MERGE_IN -> rule.checkReceived(entries.get(i));
        default -> {}
      }
    }
  }

  private void checkSent(Entry out, MemberState before) {
    if (Delivery.number(out, "earned") != before.lifetimeEarned()
        || Delivery.number(out, "spent") != before.lifetimeSpent()) {
      findings.add("a merge hands on other lifetime totals than the member had", out);
    }
    received(out, 0);
    for (Reservation reservation : before.others().reservations()) {
      if (reservation.place() == Place.PENDING) {
        List<Entry> received = received(out, reservation.sequence());
        String endsAt = Objects.toString(reservation.endsAt(), null);
        if (received.size() == 1 && !Objects.equals(endsAt, Delivery.endsAt(received.get(0)))) {
          findings.add("a merge has changed when points become available", out, received.get(0));
        }
      }
    }
  }

  /** The entries that received one step of a merge: a reservation, or all that was in none. */
  private List<Entry> received(Entry out, long reservation) {
    List<Entry> received =
        member.index().completionsOf(out).stream()
            .filter(it -> key(out, reservation).equals(it.key()))
            .toList();
    Delivery.isReceivedOnce("a merge", out, received, findings);
    return received;
  }

  private static String key(Entry out, long reservation) {
    String key = "merge of " + out.transactionId();
    return reservation == 0 ? key : key + " pending " + reservation;
  }

  private void checkReceived(Entry in) {
    Entry out = member.index().beginOf(in);
    Long reservation = out == null ? null : reservation(out, in);
    if (out == null || reservation == null) {
      findings.add("a merge was received that never was", in);
      return;
    }
    if (!Delivery.isMeantFor(Delivery.receiver(out, false), in, member.index())) {
      findings.add("a merge was received by another member than it was meant for", out, in);
    }
    boolean isFirst = reservation == 0;
    if (Delivery.number(in, "earned") != (isFirst ? Delivery.number(out, "earned") : 0)
        || Delivery.number(in, "spent") != (isFirst ? Delivery.number(out, "spent") : 0)) {
      findings.add("other lifetime totals were received by a merge than were sent", out, in);
    }
    List<Movement> gone =
        out.movements().stream()
            .filter(it -> it.reservation() == reservation)
            .filter(it -> (it.place() == Place.PENDING) != isFirst)
            .toList();
    if (!isAsMuch(gone, in) || !isOfTheSameLots(gone, in)) {
      findings.add("other points were received by a merge than were sent", out, in);
    }
  }

  /** The step of the merge that an entry received; null when the merge had no such step. */
  private static @Nullable Long reservation(Entry out, Entry in) {
    Stream<Long> pending =
        out.movements().stream()
            .filter(it -> it.place() == Place.PENDING)
            .map(Movement::reservation);
    return Stream.concat(Stream.of(0L), pending)
        .filter(it -> out.kind() == Entry.Kind.MERGE_OUT && key(out, it).equals(in.key()))
        .findFirst()
        .orElse(null);
  }

  private static boolean isAsMuch(List<Movement> gone, Entry in) {
    return Stream.concat(gone.stream(), in.movements().stream())
        .map(Movement::account)
        .distinct()
        .allMatch(account -> in.worth(account) == -worth(gone, account));
  }

  private static long worth(List<Movement> movements, String account) {
    return movements.stream()
        .filter(it -> it.account().equals(account))
        .mapToLong(Movement::worth)
        .sum();
  }

  /** No lot expires at another time; it may have less points, because they repaid a debt. */
  private static boolean isOfTheSameLots(List<Movement> gone, Entry in) {
    return in.movements().stream()
        .filter(it -> it.place() != Place.DEBT && it.points() > 0)
        .allMatch(it -> gone.stream().anyMatch(was -> isOfTheSameLot(was, it)));
  }

  private static boolean isOfTheSameLot(Movement was, Movement it) {
    return was.account().equals(it.account())
        && was.place() == it.place()
        && was.expiresAt().equals(it.expiresAt())
        && -was.points() >= it.points();
  }
}
