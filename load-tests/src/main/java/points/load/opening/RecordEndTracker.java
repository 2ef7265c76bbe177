package points.load.opening;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** A stream to the gateway that notes where in the file each line ends. */
final class RecordEndTracker implements WriteStream<Buffer> {

  private final WriteStream<Buffer> out;
  private final Deque<Long> ends;
  private long position;

  /**
   * @param position in the file, of the first byte to be written
   */
  RecordEndTracker(WriteStream<Buffer> out, Deque<Long> ends, long position) {
    this.out = out;
    this.ends = ends;
    this.position = position;
  }

  @Override
  public Future<Void> write(Buffer data) {
    for (int i = 0; i < data.length(); i++) {
      position++;
      if (data.getByte(i) == '\n') {
        ends.add(position);
      }
    }
    return out.write(data);
  }

  @Override
  public Future<Void> end() {
    return out.end();
  }

  @Override
  public boolean writeQueueFull() {
    return out.writeQueueFull();
  }

  @Override
  public RecordEndTracker exceptionHandler(@Nullable Handler<Throwable> handler) {
    out.exceptionHandler(handler);
    return this;
  }

  @Override
  public RecordEndTracker setWriteQueueMaxSize(int size) {
    out.setWriteQueueMaxSize(size);
    return this;
  }

  @Override
  public RecordEndTracker drainHandler(@Nullable Handler<Void> handler) {
    out.drainHandler(handler);
    return this;
  }
}
