package points.load.simulation;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The stores and members of one run. The members are new ones, so that their balance is known to
 * the point; the stores are the same in every run.
 *
 * @param run distinguishes runs; part of every member's and order's id
 * @param members the first is the hot one
 */
record Participants(String run, List<String> stores, List<String> members) {
  static Participants of(PromotionPlan plan, long startedMillis) {
    String run = Long.toString(startedMillis, 36);
    return new Participants(
        run,
        IntStream.rangeClosed(1, plan.stores()).mapToObj("promo-%04d"::formatted).toList(),
        IntStream.range(0, plan.members())
            .mapToObj(i -> "promo-%s-%06d".formatted(run, i))
            .toList());
  }

  String hotMember() {
    return members.get(0);
  }

  /** The order by which a member got the first points. */
  String openingOrder(String memberId) {
    return "opening-" + memberId;
  }
}
