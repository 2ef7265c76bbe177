package points.load.fault.client;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import points.load.fault.history.FeedEvent;
import points.load.fault.history.FeedLog;
import points.load.process.HarnessException;
import points.load.process.Shell;
import points.load.process.WholeAnswers;

/**
 * A consumer of the feed, as another system is one. It asks any node for the events after its
 * cursor, and moves the cursor on by each page that arrives. It is not answered while its node is
 * dead, cut off or busy, and then asks any node again.
 */
public final class FeedFollower {
  private static final int WAIT_S = 5;

  /** The longest time from a poll to the last byte of its page. */
  private static final Duration ANSWER_MAX = Duration.ofSeconds(WAIT_S + 5);

  /** Events from before the first call are none of the run's members, and are left out. */
  private static final Duration BEFORE = Duration.ofSeconds(5);

  private static final Duration PAUSE = Duration.ofMillis(50);

  /** Answers by which a node says that the consumer shall ask again. */
  private static final Set<Integer> LATER = Set.of(429, 503, 504);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(1))
          .build();

  private final List<NodeAddress> nodes;
  private final String apiKey;
  private final String prefix;
  private final Random random;
  private final Duration answerMax;
  private final List<FeedEvent> events = new ArrayList<>();
  private final List<String> refusals = new ArrayList<>();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread made = new Thread(work, "feed");
            made.setDaemon(true);
            return made;
          });
  private String place =
      "since=" + Instant.ofEpochMilli(Instant.now().minus(BEFORE).toEpochMilli());
  private Duration lagMax = Duration.ZERO;
  private volatile boolean stopped;

  private FeedFollower(
      List<NodeAddress> nodes, String apiKey, String prefix, long seed, Duration answerMax) {
    this.answerMax = answerMax;
    this.nodes = List.copyOf(nodes);
    this.apiKey = apiKey;
    this.prefix = prefix;
    this.random = new Random(seed);
  }

  /**
   * Starts to collect the events of members whose ids begin like this.
   *
   * @param apiKey of head office
   * @param seed by which it picks nodes
   */
  public static FeedFollower start(
      List<NodeAddress> nodes, String apiKey, String prefix, long seed) {
    return start(nodes, apiKey, prefix, seed, ANSWER_MAX);
  }

  /**
   * Does the same.
   *
   * @param answerMax the longest time that a page may take to arrive as a whole
   */
  static FeedFollower start(
      List<NodeAddress> nodes, String apiKey, String prefix, long seed, Duration answerMax) {
    FeedFollower follower = new FeedFollower(nodes, apiKey, prefix, seed, answerMax);
    follower.thread.execute(follower::follow);
    return follower;
  }

  /** Stops; the poll that is under way is the last one of its own. */
  public void stop() {
    stopped = true;
    thread.shutdown();
    try {
      if (thread.awaitTermination(2 * answerMax.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new HarnessException("the consumer of the feed does not stop");
  }

  /**
   * Reads on after a stop, to the end of the feed.
   *
   * @param entries that it must have by then
   * @param within the longest time, whether it has them or not
   */
  public FeedLog drain(long entries, Duration within) {
    long deadline = System.nanoTime() + within.toNanos();
    boolean isAtEnd = false;
    while ((!isAtEnd || entries() < entries) && System.nanoTime() - deadline < 0) {
      isAtEnd = poll(1) == 0;
    }
    return new FeedLog(List.copyOf(events), lagMax, List.copyOf(refusals));
  }

  private long entries() {
    return events.stream().filter(FeedEvent::isOfEntry).count();
  }

  private void follow() {
    while (!stopped) {
      if (poll(WAIT_S) < 0) {
        Shell.pause(PAUSE);
      }
    }
  }

  /** Returns how many events came; a negative number when there was no page. */
  private int poll(int waitS) {
    URI url =
        nodes
            .get(random.nextInt(nodes.size()))
            .url()
            .resolve("/v1/events?limit=200&wait=PT" + waitS + "S&" + place);
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(answerMax)
            .header("Authorization", "Bearer " + apiKey)
            .build();
    try {
      HttpResponse<String> answer = WholeAnswers.send(http, request);
      if (answer.statusCode() == 200) {
        return take(new JsonObject(answer.body()));
      } else if (!LATER.contains(answer.statusCode())) {
        refusals.add(url + " was answered " + answer.statusCode() + " " + answer.body());
      }
    } catch (IOException e) {
      return -1; // nobody there: the next poll asks another node
    } catch (DecodeException | ClassCastException | NullPointerException e) {
      refusals.add(url + " was answered with no page: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return -1;
  }

  private int take(JsonObject page) {
    Instant now = Instant.now();
    List<JsonObject> items =
        page.getJsonArray("items").stream().map(JsonObject.class::cast).toList();
    for (JsonObject item : items) {
      if (item.getString("subject", "").startsWith(prefix)) {
        add(item, now);
      }
    }
    place = "after=" + page.getString("nextCursor");
    return items.size();
  }

  private void add(JsonObject item, Instant now) {
    events.add(
        new FeedEvent(
            item.getString("id"),
            item.getString("type"),
            item.getString("subject"),
            item.getLong("membersequence", 0L)));
    Duration lag = Duration.between(Instant.parse(item.getString("time")), now);
    lagMax = lag.compareTo(lagMax) > 0 ? lag : lagMax;
  }
}
