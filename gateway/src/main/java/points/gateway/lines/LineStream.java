package points.gateway.lines;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads one stream of lines and writes an answer to each, in the same order.
 *
 * <p>Lines are read as long as there is room for their answers. When there is none, because the
 * work is not done yet or the other side does not read, the input waits. So memory is bounded by
 * the limits, however long the stream. To be used on one event loop.
 */
public final class LineStream {

  private static final int WRITTEN_AT_ONCE_BYTES = 64 * 1024;

  /**
   * The end of a stream.
   *
   * @param lines the number of lines that were read or left out as blank; lines after them were not
   *     looked at
   */
  public record Ended(EndReason how, long lines) {}

  private static final class Slot {
    private final int bytes;
    private @Nullable Buffer answer;

    private Slot(int bytes) {
      this.bytes = bytes;
    }
  }

  private final ReadStream<Buffer> in;
  private final WriteStream<Buffer> out;
  private final LineLimits limits;
  private final Function<NumberedLine, Job> jobs;
  private final Context context;
  private final LineSplitter splitter;
  private final KeyedSequencer sequencer = new KeyedSequencer();
  private final Deque<Slot> window = new ArrayDeque<>();
  private final Promise<Ended> ended = Promise.promise();
  private boolean asked;
  private boolean inputEnded;
  private boolean goingOn;
  private boolean draining;
  private @Nullable EndReason end;
  private int bytes;
  private long lines;
  private long movedNanos;

  /**
   * @param jobs returns the work for a line; called in the order of the lines
   */
  public LineStream(
      Vertx vertx,
      ReadStream<Buffer> in,
      WriteStream<Buffer> out,
      LineLimits limits,
      Function<NumberedLine, Job> jobs) {
    this.context = vertx.getOrCreateContext();
    this.in = in;
    this.out = out;
    this.limits = limits;
    this.jobs = jobs;
    this.splitter = new LineSplitter(limits.lengthMax());
  }

  /**
   * Works through the lines.
   *
   * @return completed when nothing is in flight any more and, unless the other side has gone, all
   *     answers are written; the output is left open
   */
  public Future<Ended> run() {
    movedNanos = System.nanoTime();
    asked = true; // the input may be flowing already
    in.exceptionHandler(this::inputFailed);
    in.endHandler(
        over -> {
          inputEnded = true;
          schedulePass();
        });
    in.handler(
        chunk -> {
          in.pause();
          asked = false;
          splitter.feed(chunk);
          schedulePass();
        });
    in.resume();
    return ended.future();
  }

  /** Reads no more lines, and ends when those that were read are answered. */
  public void stop() {
    end(EndReason.STOPPED);
  }

  /** Does the same because the sender lost its permission. */
  public void endForRevokedKey() {
    end(EndReason.FORBIDDEN);
  }

  /** Notes that the input failed with this cause. */
  public void inputFailed(Throwable cause) {
    if (EndReason.of(cause) == EndReason.GONE) {
      peerGone();
    } else {
      end(EndReason.UNREADABLE);
    }
  }

  /** Notes that the other side has gone, so that nothing more is written. */
  public void peerGone() {
    end = EndReason.GONE;
    draining = false;
    schedulePass();
  }

  /** Ends the stream if the sender has sent nothing, or read nothing, for too long. */
  public void tick(long nowNanos) {
    if (!draining && !window.isEmpty()) {
      movedNanos = nowNanos; // the sender waits for us, not we for it
    } else if (nowNanos - movedNanos > limits.idleMax().toNanos()) {
      if (draining) {
        peerGone();
      } else {
        end(EndReason.IDLE);
      }
    }
  }

  /** Schedules one pass for all events of the moment, so that many answers are written at once. */
  private void schedulePass() {
    if (!goingOn) {
      goingOn = true;
      context.runOnContext(
          now -> {
            goingOn = false;
            pump();
          });
    }
  }

  private void pump() {
    flush();
    takeLines();
    if (end == null && inputEnded && splitter.isDrained() && !splitter.hasRest()) {
      end = EndReason.COMPLETE;
    } else if (hasRoom() && !asked && !inputEnded) {
      asked = true;
      in.fetch(1);
    }
    if (end != null && window.isEmpty()) {
      ended.tryComplete(new Ended(end, lines));
    }
  }

  private boolean hasRoom() {
    return end == null
        && !draining
        && window.size() < limits.inFlightMax()
        && bytes < limits.bytesInFlightMax();
  }

  private void takeLines() {
    while (hasRoom()) {
      NumberedLine line = splitter.next();
      if (line == null && inputEnded) {
        line = splitter.rest();
      }
      if (splitter.number() > limits.linesMax()) {
        end = EndReason.TOO_MANY_LINES;
        lines = limits.linesMax();
        return;
      }
      lines = splitter.number();
      if (line == null) {
        return;
      }
      submit(line);
    }
  }

  private void submit(NumberedLine line) {
    movedNanos = System.nanoTime();
    Buffer text = line.text();
    var slot = new Slot(text == null ? 0 : text.length());
    window.add(slot);
    bytes += slot.bytes;
    Job job = jobs.apply(line);
    sequencer
        .submit(job.orderingKeys(), () -> onEventLoop(job.work()))
        .onComplete(
            done -> {
              slot.answer = done.succeeded() ? done.result() : Buffer.buffer();
              schedulePass();
            });
  }

  /** Does the work, which may complete on any thread, and returns its result on this event loop. */
  private Future<Buffer> onEventLoop(Supplier<Future<Buffer>> work) {
    Promise<Buffer> answer = Promise.promise();
    Future.succeededFuture()
        .compose(now -> work.get())
        .onComplete(
            done -> {
              if (Vertx.currentContext() == context) {
                answer.handle(done);
              } else {
                context.runOnContext(home -> answer.handle(done));
              }
            });
    return answer.future();
  }

  /** Writes the answers that are next in order, many at once. */
  private void flush() {
    while (!draining && isFirstDone()) {
      Buffer together = Buffer.buffer();
      while (isFirstDone() && together.length() < WRITTEN_AT_ONCE_BYTES) {
        Slot done = window.remove();
        bytes -= done.bytes;
        Buffer answer = done.answer;
        if (answer != null && end != EndReason.GONE) {
          together.appendBuffer(answer);
        }
      }
      if (together.length() > 0) {
        write(together);
      }
    }
  }

  private boolean isFirstDone() {
    Slot first = window.peek();
    return first != null && first.answer != null;
  }

  private void write(Buffer answers) {
    movedNanos = System.nanoTime();
    out.write(answers).onFailure(failed -> peerGone());
    if (out.writeQueueFull()) {
      draining = true;
      out.drainHandler(
          drained -> {
            draining = false;
            movedNanos = System.nanoTime();
            schedulePass();
          });
    }
  }

  private void end(EndReason how) {
    if (end == null) {
      end = how;
    }
    schedulePass();
  }
}
