package points.load.fault.plant;

import io.vertx.core.Future;
import java.util.List;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** Faults in orders with other members, other stores or offline tills, and in gifts. */
public final class OrderPlants {
  private static final String WITHDRAWS =
      "SET settled_at = now(), ended = 'WITHDRAWN', withdrawal_key = $5";

  private OrderPlants() {}

  static List<AdvicePoint> spots(Plant wanted) {
    // No switch: the class that javac makes for it would have to be packed, too.
    if (wanted == Plant.MOVED_SALES_STAY) {
      return List.of(
          new AdvicePoint("points.ledger.decide.MoveDecider", "unearn", 2, NothingTaken.class));
    } else if (wanted == Plant.SHARES_ARE_LOST) {
      return List.of(
          new AdvicePoint("points.ledger.outbox.EffectHandlers", "refund", 1, NothingDone.class));
    } else if (wanted == Plant.UNCOVERED_IS_FORGOTTEN) {
      return List.of(
          new AdvicePoint("points.ledger.decide.AccrualDecider", "pay", 0, NothingUncovered.class));
    } else if (wanted == Plant.WITHDRAWN_WAITS_ON) {
      return List.of(
          new AdvicePoint(
              "points.ledger.refund.PgParkedRefundTable", "write", 3, NotWithdrawn.class));
    } else if (wanted == Plant.GIFTS_LOSE_THEIR_END) {
      return List.of(
          new AdvicePoint("points.ledger.command.Command$Give", "expiresAt", 0, NoEnd.class));
    } else if (wanted == Plant.STORES_SHARE_KEYS) {
      return List.of(new AdvicePoint("points.ledger.command.KeySpace", "keyOf", 2, NoStore.class));
    }
    return FeedPlants.spots();
  }

  /** Whether to leave out what a method does. */
  public static boolean leaveOut() {
    PlantAgent.planted();
    return true;
  }

  /** Nothing, whatever there is. */
  public static @Nullable Object nothing() {
    PlantAgent.planted();
    return null;
  }

  /** The same statement, but for one that withdraws a refund. */
  public static String withoutWithdrawal(String sql) {
    if (!sql.contains(WITHDRAWS)) {
      return sql;
    }
    PlantAgent.planted();
    return sql.replace(
        WITHDRAWS, "SET due_at = CASE WHEN $5::text IS NULL THEN due_at ELSE now() END");
  }

  /** Takes the place of what takes a sale's points from where they are. */
  static final class NothingTaken {
    private NothingTaken() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean enter() {
      return leaveOut();
    }
  }

  /** Takes the place of what carries out the shares of others. */
  static final class NothingDone {
    private NothingDone() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean enter() {
      return leaveOut();
    }

    @Advice.OnMethodExit
    @SuppressWarnings("UnusedVariable") // what is assigned is what the method returns
    static void exit(@Advice.Return(readOnly = false) Future<?> result) {
      result = Future.succeededFuture();
    }
  }

  /** Becomes part of what pays for an order. */
  static final class NothingUncovered {
    private NothingUncovered() {}

    @Advice.OnMethodExit
    @SuppressWarnings("UnusedVariable") // what is assigned is what is kept in the field
    static void exit(
        @Advice.FieldValue(value = "uncovered", readOnly = false, typing = Assigner.Typing.DYNAMIC)
            @Nullable Object uncovered) {
      uncovered = nothing();
    }
  }

  /** Becomes part of what sends statements that write. */
  static final class NotWithdrawn {
    private NotWithdrawn() {}

    @Advice.OnMethodEnter
    @SuppressWarnings("UnusedVariable") // what is assigned is what the method is given
    static void enter(@Advice.Argument(value = 0, readOnly = false) String sql) {
      sql = withoutWithdrawal(sql);
    }
  }

  /** Becomes part of what returns the own end of a gift. */
  static final class NoEnd {
    private NoEnd() {}

    @Advice.OnMethodExit
    @SuppressWarnings("UnusedVariable") // what is assigned is what the method returns
    static void exit(
        @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC)
            @Nullable Object expiresAt) {
      expiresAt = nothing();
    }
  }

  /** Becomes part of what says whose a key is. */
  static final class NoStore {
    private NoStore() {}

    @Advice.OnMethodEnter
    @SuppressWarnings("UnusedVariable") // what is assigned is what the method is given
    static void enter(
        @Advice.Argument(value = 0, readOnly = false, typing = Assigner.Typing.DYNAMIC)
            @Nullable Object storeId) {
      storeId = nothing();
    }
  }
}
