package points.load.fault.check;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import points.load.fault.history.Wish;
import points.load.fault.ledger.Entry;
import points.load.fault.ledger.Entry.Kind;
import points.load.fault.ledger.Member;
import points.load.fault.ledger.Movement;
import points.load.fault.ledger.Movement.Place;

/** Makes up how members are merged and closed. */
record Leavers(Deeds deeds) {

  static Wish.Merge merge(String member, String into) {
    return new Wish.Merge(member, into, "office", "is the same");
  }

  static Wish.Close close(String member) {
    return new Wish.Close(member, "office", "wants no more");
  }

  Entry merges(String member, String into, Movement... gone) {
    return deeds.book(merge(member, into), Kind.MERGE_OUT, lived(into, last(member)), null, gone);
  }

  Entry closes(String member, long paidOut, Movement... gone) {
    return deeds.book(close(member), Kind.CLOSING, Entry.Extra.NONE, paidOut, gone);
  }

  /** What could be spent and what was owed comes in. */
  Entry arrives(Entry out, String into, Movement... movements) {
    JsonObject lived = out.extra().detail();
    Member life = new Member("", 0, 0, lived.getLong("earned"), lived.getLong("spent"), List.of());
    return arrives(out, into, "", life, movements);
  }

  Entry arrives(Entry out, String into, String step, Member life, Movement... movements) {
    return deeds.book(
        "merge of " + out.transactionId() + step,
        into,
        Kind.MERGE_IN,
        lived(out.memberId(), life),
        null,
        movements);
  }

  /** What was pending comes in, as far as the member had it. */
  Entry arrivesPending(Entry out, String into, long earnedBy) {
    long points =
        -out.movements().stream()
            .filter(it -> it.place() == Place.PENDING && it.reserve() == earnedBy)
            .mapToLong(Movement::points)
            .sum();
    Member nothing = new Member("", 0, 0, 0, 0, List.of());
    Movement in = Pendings.pending(deeds.next(into), points);
    return arrives(out, into, " pending " + earnedBy, nothing, in);
  }

  static Movement[] gone(long points, Movement... others) {
    return Stream.concat(Stream.of(Deeds.available(Deeds.POINTS, -points)), Stream.of(others))
        .toArray(Movement[]::new);
  }

  private Member last(String member) {
    List<Member> states = Refold.states(member, deeds.of(member));
    return states.get(states.size() - 1);
  }

  private static Entry.Extra lived(String other, Member life) {
    return Deeds.extra(
        null,
        "",
        List.of(),
        new JsonObject()
            .put("memberId", other)
            .put("earned", life.lifetimeEarned())
            .put("spent", life.lifetimeSpent()));
  }
}
