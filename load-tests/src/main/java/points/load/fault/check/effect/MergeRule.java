package points.load.fault.check.effect;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
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
 * All that a merged member had comes into the one as whom it goes on, once and as much of it: what
 * could be spent and what was owed by one entry, and what was pending by one for each order. Looked
 * at from both sides: from what went out, and from what came in.
 */
public final class MergeRule {
  private final MemberHistory member;
  private final Findings findings;

  private MergeRule(MemberHistory member, Findings findings) {
    this.member = member;
    this.findings = findings;
  }

  public static void check(MemberHistory member, Findings findings) {
    MergeRule merges = new MergeRule(member, findings);
    List<Entry> entries = member.entries();
    for (int i = 0; i < entries.size(); i++) {
      switch (entries.get(i).kind()) {
        case MERGE_OUT -> merges.out(entries.get(i), member.states().get(i));
        case MERGE_IN -> merges.in(entries.get(i));
        default -> {}
      }
    }
  }

  private void out(Entry out, MemberState before) {
    if (of(out, "earned") != before.lifetimeEarned()
        || of(out, "spent") != before.lifetimeSpent()) {
      findings.add("a merge hands on another life than the member had", out);
    }
    arrive(out, 0, null);
    for (Reservation reserve : before.others().reservations()) {
      if (reserve.place() == Place.PENDING) {
        arrive(out, reserve.sequence(), reserve);
      }
    }
  }

  /** One step of it; that of a reserve, or of all that was in none. */
  private void arrive(Entry out, long sequence, @Nullable Reservation reserve) {
    List<Entry> arrived =
        member.index().outcomesOf(out.transactionId()).stream()
            .filter(it -> key(out, sequence).equals(it.key()))
            .toList();
    if (arrived.isEmpty()) {
      findings.add("what a merged member had was lost on the way", out);
    } else if (arrived.size() > 1) {
      List<Entry> all = new ArrayList<>(arrived);
      all.add(0, out);
      findings.add(
          "a merge has come in %d times".formatted(arrived.size()), all.toArray(Entry[]::new));
    } else if (reserve != null) {
      String endsAt = reserve.endsAt() == null ? null : reserve.endsAt().toString();
      JsonObject detail = arrived.get(0).extra().detail();
      if (!Objects.equals(endsAt, detail.getString("endsAt"))) {
        findings.add("a merge has changed when something becomes effective", out, arrived.get(0));
      }
    }
  }

  private static String key(Entry out, long reserve) {
    String key = "merge of " + out.transactionId();
    return reserve == 0 ? key : key + " pending " + reserve;
  }

  private void in(Entry in) {
    Entry out = in.key() == null ? null : member.index().beginOf(in.key());
    Long reserve = out == null ? null : reserve(out, in);
    if (out == null || reserve == null) {
      findings.add("something has come in by a merge that never went out", in);
      return;
    }
    String into = String.valueOf(out.extra().detail().getString("memberId"));
    if (!member.index().merged().from(into).contains(in.memberId())) {
      findings.add("a merge has come to another than it was for", out, in);
    }
    boolean isFirst = reserve == 0;
    if (of(in, "earned") != (isFirst ? of(out, "earned") : 0)
        || of(in, "spent") != (isFirst ? of(out, "spent") : 0)) {
      findings.add("another life has come in by a merge than went out", out, in);
    }
    List<Movement> gone =
        out.movements().stream()
            .filter(it -> it.reservation() == reserve && (it.place() == Place.PENDING) == !isFirst)
            .toList();
    if (!isAsMuch(gone, in) || !isOfTheSameLots(gone, in)) {
      findings.add("something else has come in by a merge than went out", out, in);
    }
  }

  /** The step of the merge that it is; null when that merge had none such. */
  private static @Nullable Long reserve(Entry out, Entry in) {
    Set<Long> steps = new TreeSet<>(Set.of(0L));
    out.movements().stream()
        .filter(it -> it.place() == Place.PENDING)
        .forEach(it -> steps.add(it.reservation()));
    boolean isMerge = out.kind() == Entry.Kind.MERGE_OUT;
    return steps.stream()
        .filter(it -> isMerge && key(out, it).equals(in.key()))
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

  /**
   * Of what came in nothing expires at another time; less may be there, because a debt was paid.
   */
  private static boolean isOfTheSameLots(List<Movement> gone, Entry in) {
    return in.movements().stream()
        .filter(it -> it.place() != Place.DEBT && it.points() > 0)
        .allMatch(
            it ->
                gone.stream()
                    .anyMatch(
                        was ->
                            was.account().equals(it.account())
                                && was.place() == it.place()
                                && was.expiresAt().equals(it.expiresAt())
                                && -was.points() >= it.points()));
  }

  private static long of(Entry entry, String name) {
    return entry.extra().detail().getLong(name, 0L);
  }
}
