package points.load.fault.nemesis;

import java.time.Duration;
import points.load.fault.net.HarnessException;
import points.load.fault.net.Proxy.Afterwards;

/** A PostgreSQL that loses processes, or all of them. */
final class DatabaseFaults {
  private static final Duration BATCH_WITHIN = Duration.ofSeconds(15);

  private DatabaseFaults() {}

  static void killBackend(NemesisContext scene) {
    for (int i = 0; i < 3; i++) {
      scene.postgres().killBackend();
      NemesisContext.seconds(2);
    }
  }

  static void killPostmaster(NemesisContext scene) {
    scene.postgres().kill();
    scene.postgres().start();
  }

  static void stopImmediately(NemesisContext scene) {
    scene.postgres().stopImmediately();
    NemesisContext.seconds(10);
    scene.postgres().start();
  }

  /** Committed, and the gateway never hears of it. */
  static void swallowAnswers(NemesisContext scene) {
    for (Afterwards then : Afterwards.values()) {
      for (int i = 0; i < 3; i++) {
        int before = scene.proxy().swallowed();
        scene.proxy().swallow(1, then);
        awaitSwallowed(scene, before);
        NemesisContext.seconds(then == Afterwards.SILENT ? 5 : 1);
      }
    }
  }

  private static void awaitSwallowed(NemesisContext scene, int before) {
    long giveUpAt = System.nanoTime() + BATCH_WITHIN.toNanos();
    while (scene.proxy().swallowed() == before) {
      if (System.nanoTime() - giveUpAt > 0) {
        throw new HarnessException("no answer was there to be swallowed");
      }
      NemesisContext.seconds(0.05);
    }
  }
}
