package points.ledger.whatif;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import points.ledger.model.MemberKey;
import points.ledger.tier.TierRules;
import points.ledger.whatif.WhatIfResult.Mover;
import points.ledger.whatif.WhatIfResult.Pair;

/** Finds the members whose points or tier change most. */
final class Movers {

  private static final int SHOWN = 20;

  private static final Comparator<Mover> BY_DIFFERENCE =
      Comparator.comparingLong((Mover it) -> it.points().difference())
          .thenComparing(Mover::memberId, Comparator.reverseOrder());

  private final @Nullable TierRules tiers;
  private final @Nullable TierRules tiersBefore;
  private final PriorityQueue<Mover> won = new PriorityQueue<>(BY_DIFFERENCE);
  private final PriorityQueue<Mover> lost = new PriorityQueue<>(BY_DIFFERENCE.reversed());
  private final PriorityQueue<Mover> moved =
      new PriorityQueue<>(Comparator.comparing(Mover::memberId, Comparator.reverseOrder()));
  private long winning;
  private long losing;
  private long changing;

  Movers(@Nullable TierRules tiers, @Nullable TierRules tiersBefore) {
    this.tiers = tiers;
    this.tiersBefore = tiersBefore;
  }

  void add(MemberKey key, SimulatedMember member, Instant at) {
    var mover =
        new Mover(
            key.memberId(),
            new Pair(member.before, member.after),
            SimulatedMember.levelAt(tiersBefore, member.recorded, at),
            SimulatedMember.levelAt(tiers, member.facts.tier(), at));
    long difference = mover.points().difference();
    if (difference > 0) {
      winning++;
      keep(won, mover);
    } else if (difference < 0) {
      losing++;
      keep(lost, mover);
    }
    if (!Objects.equals(mover.tierBefore(), mover.tierAfter())) {
      changing++;
      keep(moved, mover);
    }
  }

  private static void keep(PriorityQueue<Mover> queue, Mover mover) {
    queue.add(mover);
    if (queue.size() > SHOWN) {
      queue.remove();
    }
  }

  private static List<Mover> sorted(PriorityQueue<Mover> queue, Comparator<Mover> order) {
    var all = new ArrayList<>(queue);
    all.sort(order);
    return List.copyOf(all);
  }

  WhatIfResult.Movers result() {
    return new WhatIfResult.Movers(
        winning,
        losing,
        changing,
        sorted(won, BY_DIFFERENCE.reversed()),
        sorted(lost, BY_DIFFERENCE),
        sorted(moved, Comparator.comparing(Mover::memberId)));
  }
}
