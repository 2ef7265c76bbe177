package points.load.process;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * HTTP calls whose time-out covers the whole answer. That of the client alone ends with the
 * headers, so a server that stalls in the middle of a body would be waited for without end.
 */
public final class WholeAnswers {
  private WholeAnswers() {}

  /**
   * Sends a request and waits for the last byte of its answer.
   *
   * @param request with a time-out
   * @throws HttpTimeoutException if the answer is not there in time; its connection is closed
   */
  public static HttpResponse<String> send(HttpClient http, HttpRequest request)
      throws IOException, InterruptedException {
    Duration longest = request.timeout().orElseThrow();
    CompletableFuture<HttpResponse<String>> answer =
        http.sendAsync(request, BodyHandlers.ofString());
    try {
      return answer.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new HttpTimeoutException("no whole answer of " + request.uri() + " in " + longest);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } finally {
      answer.cancel(true); // nothing happens to one that is complete
    }
  }
}
