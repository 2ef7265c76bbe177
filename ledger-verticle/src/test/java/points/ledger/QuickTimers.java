package points.ledger;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A Vert.x whose timers fire within five milliseconds, whatever they are set to, and are counted.
 */
final class QuickTimers {

  private static final long PERIOD_MS = 5;

  private final Vertx vertx;
  private final AtomicLong fired = new AtomicLong();

  QuickTimers(Vertx vertx) {
    this.vertx = vertx;
  }

  /** How often timers have fired. */
  long fired() {
    return fired.get();
  }

  /** The same Vert.x but for its timers. */
  VertxInternal vertx() {
    return (VertxInternal)
        Proxy.newProxyInstance(
            QuickTimers.class.getClassLoader(),
            new Class<?>[] {VertxInternal.class},
            (proxy, method, arguments) -> {
              String name = method.getName();
              try {
                return switch (name) {
                  case "setPeriodic" -> vertx.setPeriodic(PERIOD_MS, counted(arguments));
                  case "setTimer" -> vertx.setTimer(PERIOD_MS, counted(arguments));
                  case "timer" ->
                      vertx.timer(PERIOD_MS).onSuccess(nothing -> fired.incrementAndGet());
                  default -> method.invoke(vertx, arguments);
                };
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @SuppressWarnings("unchecked") // the last argument is the handler
  private Handler<Long> counted(Object... arguments) {
    var handler = (Handler<Long>) arguments[arguments.length - 1];
    return id -> {
      fired.incrementAndGet();
      handler.handle(id);
    };
  }
}
