package points.load.fault.scenario;

import points.load.fault.net.HarnessFailure;
import points.load.fault.net.Proxy.Afterwards;

/** A PostgreSQL that loses processes, or all of them. */
final class DatabaseFaults {
  private DatabaseFaults() {}

  static void killBackend(Scene scene) {
    for (int i = 0; i < 3; i++) {
      scene.postgres().killBackend();
      Scene.seconds(2);
    }
  }

  static void killPostmaster(Scene scene) {
    scene.postgres().kill();
    scene.postgres().start();
  }

  static void stopImmediately(Scene scene) {
    scene.postgres().stopImmediately();
    Scene.seconds(10);
    scene.postgres().start();
  }

  /** Committed, and the gateway never hears of it. */
  static void swallowAnswers(Scene scene) {
    for (Afterwards then : Afterwards.values()) {
      for (int i = 0; i < 3; i++) {
        int before = scene.proxy().swallowed();
        scene.proxy().swallow(1, then);
        Scene.seconds(then == Afterwards.SILENT ? 5 : 1);
        if (scene.proxy().swallowed() == before) {
          throw new HarnessFailure("no answer was there to be swallowed");
        }
      }
    }
  }
}
