package points.load.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.atomic.LongAdder;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows the progress of a phase: a bar on a terminal, otherwise a line every five seconds. */
public final class Progress implements AutoCloseable {
  private static final Duration LINE_EVERY = Duration.ofSeconds(5);

  private final String phase;
  private final long total;
  private final PrintStream out;
  private final LongAdder done = new LongAdder();
  private final Optional<ProgressBar> bar;
  private final Timer lines = new Timer("progress", true);

  private Progress(String phase, long total, PrintStream out, boolean terminal) {
    this.phase = phase;
    this.total = total;
    this.out = out;
    this.bar = terminal ? Optional.of(bar(phase, total, out)) : Optional.empty();
  }

  /** Shows a phase from now on. */
  public static Progress start(String phase, long total, PrintStream out, boolean terminal) {
    var progress = new Progress(phase, total, out, terminal);
    if (!terminal) {
      progress.startLines();
    }
    return progress;
  }

  private void startLines() {
    long every = LINE_EVERY.toMillis();
    lines.schedule(
        new TimerTask() {
          @Override
          public void run() {
            line();
          }
        },
        every,
        every);
  }

  public void step() {
    done.increment();
    bar.ifPresent(ProgressBar::step);
  }

  @Override
  public void close() {
    lines.cancel();
    bar.ifPresent(ProgressBar::close);
  }

  private void line() {
    out.printf("%s: %,d of %,d%n", phase, done.sum(), total);
  }

  private static ProgressBar bar(String phase, long total, PrintStream out) {
    return new ProgressBarBuilder()
        .setTaskName(phase)
        .setInitialMax(total)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(250)
        .showSpeed()
        .setConsumer(new ConsoleProgressBarConsumer(out))
        .build();
  }
}
