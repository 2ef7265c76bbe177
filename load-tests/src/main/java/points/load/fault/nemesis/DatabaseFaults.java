package points.load.fault.nemesis;

import java.time.Duration;
import points.load.fault.net.Proxy.Afterwards;
import points.load.process.Shell;

/** Faults of PostgreSQL: killed processes, stops, and lost answers. */
final class DatabaseFaults {
  private static final Duration BATCH_WITHIN = Duration.ofSeconds(15);

  private DatabaseFaults() {}

  static void killBackend(NemesisContext context) {
    for (int i = 0; i < 3; i++) {
      context.postgres().killBackend();
      NemesisContext.seconds(2);
    }
  }

  static void killPostmaster(NemesisContext context) {
    context.postgres().kill();
    context.postgres().start();
  }

  static void stopImmediately(NemesisContext context) {
    context.postgres().stopImmediately();
    NemesisContext.seconds(10);
    context.postgres().start();
  }

  /**
   * Loses the answers to commits, so that a gateway does not know whether its batch was committed.
   */
  static void swallowAnswers(NemesisContext context) {
    for (Afterwards then : Afterwards.values()) {
      for (int i = 0; i < 3; i++) {
        int before = context.proxy().swallowed();
        context.proxy().swallow(1, then);
        awaitSwallowed(context, before);
        NemesisContext.seconds(then == Afterwards.SILENT ? 5 : 1);
      }
    }
  }

  private static void awaitSwallowed(NemesisContext context, int before) {
    Shell.await(
        () -> "no answer came that could be swallowed",
        BATCH_WITHIN,
        () -> context.proxy().swallowed() > before);
  }
}
