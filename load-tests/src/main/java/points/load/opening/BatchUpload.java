package points.load.opening;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.parsetools.RecordParser;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import points.load.http.Target;
import points.load.http.UnansweredException;
import points.load.progress.Progress;

/**
 * Sends a part of a file on one connection. When the connection is lost, it is opened again, and
 * the next line sent is the one after the last that was answered. To be used on one event loop.
 */
final class BatchUpload {

  private static final int TRIES_MAX = 60;
  private static final long PAUSE_MS = 1_000;

  private final Vertx vertx;
  private final HttpClient client;
  private final Target target;
  private final Path file;
  private final long end;
  private final ImportTally tally;
  private final Progress progress;

  /** The beginning of the first line without an answer. */
  private long position;

  /** The ends of the lines that were sent and have no answer yet. */
  private final Deque<Long> ends = new ArrayDeque<>();

  /**
   * @param begin of the first line
   * @param end of the last line
   */
  BatchUpload(
      Vertx vertx,
      HttpClient client,
      Target target,
      Path file,
      long begin,
      long end,
      ImportTally tally,
      Progress progress) {
    this.vertx = vertx;
    this.client = client;
    this.target = target;
    this.file = file;
    this.position = begin;
    this.end = end;
    this.tally = tally;
    this.progress = progress;
  }

  /** Sends the lines until all are answered. */
  Future<Void> send() {
    return send(1);
  }

  private Future<Void> send(int tries) {
    long before = position;
    return once()
        .recover(
            failure -> {
              if (tries == TRIES_MAX) {
                return Future.failedFuture(
                    new UnansweredException("the batch ends too early: " + failure.getMessage()));
              }
              tally.reconnected();
              return vertx
                  .timer(PAUSE_MS)
                  .compose(again -> send(position > before ? 1 : tries + 1));
            });
  }

  private Future<Void> once() {
    ends.clear();
    var options =
        new RequestOptions()
            .setAbsoluteURI(target.url().resolve("/v1/batches").toString())
            .setMethod(HttpMethod.POST)
            .putHeader("Authorization", "Bearer " + target.key())
            .putHeader("Content-Type", "application/x-ndjson");
    return client
        .request(options)
        .compose(
            request -> {
              Future<Void> answered = request.setChunked(true).response().compose(this::answers);
              return lines(request)
                  .recover(lost -> Future.succeededFuture()) // the answers say where it stopped
                  .compose(sent -> answered);
            });
  }

  private Future<Void> lines(HttpClientRequest request) {
    var reading = new OpenOptions().setRead(true).setWrite(false).setCreate(false);
    return vertx
        .fileSystem()
        .open(file.toString(), reading)
        .compose(
            opened ->
                opened
                    .setReadPos(position)
                    .setReadLength(end - position)
                    .pipe()
                    .endOnComplete(true)
                    .to(new RecordEndTracker(request, ends, position)));
  }

  private Future<Void> answers(HttpClientResponse response) {
    if (response.statusCode() != 200) {
      return Future.failedFuture("status " + response.statusCode());
    }
    Promise<Void> over = Promise.promise();
    RecordParser lines = RecordParser.newDelimited("\n", response);
    lines.exceptionHandler(over::tryFail);
    lines.endHandler(
        ended -> {
          if (position >= end) {
            over.tryComplete();
          } else {
            over.tryFail("cut off");
          }
        });
    lines.handler(line -> answer(line, over));
    return over.future();
  }

  private void answer(Buffer line, Promise<Void> over) {
    var json = new JsonObject(line);
    if (json.getBoolean("last", false)) {
      over.tryFail(json.getJsonObject("body").getString("detail"));
      return;
    }
    position = ends.remove();
    if (json.getInteger("status") < 300) {
      tally.done(json.getBoolean("replayed"));
    } else {
      tally.refused(json.getJsonObject("body").getString("code"));
    }
    progress.step();
  }
}
