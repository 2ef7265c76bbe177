package points.load.fault.check;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import points.load.fault.history.Operation;
import points.load.model.Entry;
import points.load.model.Entry.Kind;
import points.load.model.EntryFold;
import points.load.model.MemberState;
import points.load.model.ModelExamples;
import points.load.model.Movement;
import points.load.model.Movement.Place;

/** Builds merges and closings. */
record MergesAndClosings(HistoryBuilder builder) {

  static Operation.Merge merge(String member, String into) {
    return new Operation.Merge(member, into, "office", "is the same");
  }

  static Operation.Close close(String member) {
    return new Operation.Close(member, "office", "wants no more");
  }

  Entry merges(String member, String into, Movement... gone) {
    return builder.book(merge(member, into), Kind.MERGE_OUT, lived(into, last(member)), null, gone);
  }

  Entry closes(String member, long paidOut, Movement... gone) {
    return builder.book(close(member), Kind.CLOSING, Entry.Extra.NONE, paidOut, gone);
  }

  /** Receives the available points and the debt of a merged member. */
  Entry arrives(Entry out, String into, Movement... movements) {
    JsonObject lived = out.extra().detail();
    MemberState life =
        ModelExamples.state("", 0, 0, lived.getLong("earned"), lived.getLong("spent"), List.of());
    return arrives(out, into, "", life, movements);
  }

  Entry arrives(Entry out, String into, String step, MemberState life, Movement... movements) {
    return builder.book(
        "merge of " + out.transactionId() + step,
        into,
        Kind.MERGE_IN,
        lived(out.memberId(), life),
        null,
        movements);
  }

  /** Receives the pending points of a merged member. */
  Entry arrivesPending(Entry out, String into, long earnedBy) {
    long points =
        -out.movements().stream()
            .filter(it -> it.place() == Place.PENDING && it.reservation() == earnedBy)
            .mapToLong(Movement::points)
            .sum();
    MemberState nothing = ModelExamples.state("", 0, 0, 0, 0, List.of());
    Movement in = PendingOrders.pending(builder.next(into), points);
    return arrives(out, into, " pending " + earnedBy, nothing, in);
  }

  static Movement[] gone(long points, Movement... others) {
    return Stream.concat(
            Stream.of(HistoryBuilder.available(HistoryBuilder.POINTS, -points)), Stream.of(others))
        .toArray(Movement[]::new);
  }

  private MemberState last(String member) {
    List<MemberState> states = EntryFold.states(member, builder.of(member));
    return states.get(states.size() - 1);
  }

  private static Entry.Extra lived(String other, MemberState life) {
    return HistoryBuilder.extra(
        null,
        "",
        List.of(),
        new JsonObject()
            .put("memberId", other)
            .put("earned", life.lifetimeEarned())
            .put("spent", life.lifetimeSpent()));
  }
}
