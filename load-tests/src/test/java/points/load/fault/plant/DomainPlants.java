package points.load.fault.plant;

import io.vertx.core.Future;
import java.util.List;
import java.util.SortedMap;
import net.bytebuddy.asm.Advice;

/** Faults in how the gateway decides, and in how it carries transfers out. */
public final class DomainPlants {
  private DomainPlants() {}

  static List<AdvicePoint> spots(Plant wanted) {
    // No switch: the class that javac makes for it would have to be packed, too.
    if (wanted == Plant.CAPTURED_HOLDS_STAY_HELD) {
      return List.of(
          new AdvicePoint("points.ledger.decide.Posting", "takeOut", 1, NothingTakenOut.class));
    } else if (wanted == Plant.REFUNDS_FORGET_OTHERS) {
      return List.of(
          new AdvicePoint("points.ledger.order.RefundableOrder", "", 3, NoOtherRefunds.class));
    } else if (wanted == Plant.TRANSFERS_ARRIVE_TWICE) {
      return List.of(
          new AdvicePoint(
              "points.ledger.command.TransferCommand$Receive", "request", 3, OtherKey.class),
          new AdvicePoint("points.ledger.outbox.PgOutboxTable", "done", 1, NeverDone.class));
    }
    return OrderPlants.spots(wanted);
  }

  /** What is set aside, which stays there. */
  public static SortedMap<?, ?> lotsOf(Object reserve) {
    PlantAgent.planted();
    try {
      return (SortedMap<?, ?>) reserve.getClass().getMethod("lots").invoke(reserve);
    } catch (ReflectiveOperationException e) {
      System.out.println("cannot be planted: " + e);
      Runtime.getRuntime().halt(3);
      throw new IllegalStateException(e);
    }
  }

  /** No refunds, whatever there are. */
  public static List<?> none() {
    PlantAgent.planted();
    return List.of();
  }

  /** A name of a transfer that it never had before. */
  public static String another(String name) {
    PlantAgent.planted();
    return name + " " + System.nanoTime();
  }

  /** Takes the place of what takes out what is set aside. */
  static final class NothingTakenOut {
    private NothingTakenOut() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static SortedMap<?, ?> enter(@Advice.Argument(0) Object reserve) {
      return lotsOf(reserve);
    }

    @Advice.OnMethodExit
    @SuppressWarnings("UnusedVariable") // what is assigned is what the method returns
    static void exit(
        @Advice.Enter SortedMap<?, ?> lots,
        @Advice.Return(readOnly = false) SortedMap<?, ?> result) {
      result = lots;
    }
  }

  /** Becomes part of what reckons up an order. */
  static final class NoOtherRefunds {
    private NoOtherRefunds() {}

    @Advice.OnMethodEnter
    @SuppressWarnings("UnusedVariable") // what is assigned is what the constructor is given
    static void enter(@Advice.Argument(value = 1, readOnly = false) List<?> refunds) {
      refunds = none();
    }
  }

  /** Becomes part of what makes the key of a second step. */
  static final class OtherKey {
    private OtherKey() {}

    @Advice.OnMethodEnter
    @SuppressWarnings("UnusedVariable") // what is assigned is what the method is given
    static void enter(@Advice.Argument(value = 2, readOnly = false) String out) {
      out = another(out);
    }
  }

  /** Takes the place of what forgets a second step that was done. */
  static final class NeverDone {
    private NeverDone() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean enter() {
      return true;
    }

    @Advice.OnMethodExit
    @SuppressWarnings("UnusedVariable") // what is assigned is what the method returns
    static void exit(@Advice.Return(readOnly = false) Future<?> result) {
      result = Future.succeededFuture();
    }
  }
}
