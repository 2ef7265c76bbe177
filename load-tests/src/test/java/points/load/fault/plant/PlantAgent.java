package points.load.fault.plant;

import static net.bytebuddy.matcher.ElementMatchers.named;

import io.vertx.core.Future;
import java.lang.instrument.Instrumentation;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * An agent that changes classes of a gateway while they are loaded. Its argument names the {@link
 * Plant}. When the code to change does not exist, the gateway does not start, or does not print the
 * mark that the proof expects.
 */
public final class PlantAgent {
  private static @Nullable Plant plant;
  private static boolean isMarked;

  private PlantAgent() {}

  /** Called by the virtual machine before the gateway's own main method. */
  public static void premain(String argument, Instrumentation instrumentation) {
    Plant wanted = Plant.valueOf(argument);
    plant = wanted;
    AgentBuilder agent = new AgentBuilder.Default();
    for (AdvicePoint point : spots(wanted)) {
      agent =
          agent
              .type(named(point.type()))
              .transform(
                  (builder, description, loader, module, domain) ->
                      builder.visit(Advice.to(point.advice()).on(point.methods())));
    }
    agent.installOn(instrumentation);
  }

  private static List<AdvicePoint> spots(Plant wanted) {
    if (wanted == Plant.ACKNOWLEDGES_BEFORE_COMMIT) {
      return List.of(
          new AdvicePoint("points.ledger.store.PgBatchWriter", "write", 1, EarlyAnswer.class));
    }
    return wanted.text.isEmpty()
        ? DomainPlants.spots(wanted)
        : List.of(
            new AdvicePoint("points.ledger.store.BatchParameter", "number", 1, OtherText.class));
  }

  /** The statement with the fault in it. */
  public static String changed(String sql) {
    Plant wanted = planted();
    if (!sql.contains(wanted.text)) {
      System.out.println("cannot be planted, the statement has no: " + wanted.text);
      Runtime.getRuntime().halt(3);
    }
    return sql.replace(wanted.text, wanted.instead);
  }

  /** An answer that reports all members of a batch as written. */
  public static Future<?> allWritten(Object batch) {
    planted();
    try {
      Object members = batch.getClass().getMethod("members").invoke(batch);
      BitSet all = new BitSet();
      all.set(0, ((Collection<?>) members).size());
      Class<?> result =
          Class.forName(
              "points.ledger.commit.BatchResult", true, batch.getClass().getClassLoader());
      return Future.succeededFuture(
          result.getConstructor(BitSet.class, BitSet.class).newInstance(all, new BitSet()));
    } catch (ReflectiveOperationException e) {
      System.out.println("cannot be planted: " + e);
      Runtime.getRuntime().halt(3);
      throw new IllegalStateException(e);
    }
  }

  static synchronized Plant planted() {
    Plant wanted = plant;
    if (wanted == null) {
      throw new IllegalStateException("called before the agent was started");
    }
    if (!isMarked) {
      isMarked = true;
      System.out.println(wanted.mark());
    }
    return wanted;
  }

  /** Becomes part of the method that makes the statement of its text. */
  static final class OtherText {
    private OtherText() {}

    @Advice.OnMethodEnter
    @SuppressWarnings("UnusedVariable") // what is assigned is what the method is given
    static void enter(@Advice.Argument(value = 0, readOnly = false) String sql) {
      sql = changed(sql);
    }
  }

  /** Becomes part of the method that writes a batch. */
  static final class EarlyAnswer {
    private EarlyAnswer() {}

    @Advice.OnMethodExit
    @SuppressWarnings("UnusedVariable") // what is assigned is what the method returns
    static void exit(
        @Advice.Argument(0) Object batch, @Advice.Return(readOnly = false) Future<?> result) {
      result = allWritten(batch);
    }
  }
}
