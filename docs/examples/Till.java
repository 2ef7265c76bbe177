import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A till that neither loses nor doubles a sale. It needs nothing but a JDK of 17 or later:
 *
 * <pre>
 * POINTS_KEY=pk_… java Till.java http://gateway:8080 S001 queue
 * sell 20261122-0001 1873 12850
 * refund 20261122-0001 R1
 * </pre>
 *
 * <p>Each call goes to the disk with its key before anything is sent, and leaves the queue when its
 * end is known. So the till may be killed at any moment: started again, it sends what is left, with
 * the same keys and the same bytes.
 */
public final class Till {
  private static final Duration PAUSE_MAX = Duration.ofSeconds(60);

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();
  private final String gateway;
  private final String apiKey;
  private final String storeId;
  private final Path queue;

  private Till(String gateway, String apiKey, String storeId, Path queue) {
    this.gateway = gateway;
    this.apiKey = apiKey;
    this.storeId = storeId;
    this.queue = queue;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    String apiKey = System.getenv("POINTS_KEY");
    if (arguments.length != 3 || apiKey == null) {
      System.err.println("POINTS_KEY=<key> java Till.java <gateway> <store> <queue directory>");
      System.exit(2);
    }
    Path queue = Files.createDirectories(Path.of(arguments[2]));
    var till = new Till(arguments[0], apiKey, arguments[1], queue);
    var sales = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String line = sales.readLine(); line != null; line = sales.readLine()) {
      till.take(line.strip().split(" +"));
    }
    till.sendAll(); // a real till does this on a thread of its own, and goes on selling
  }

  /** What the cashier does. The receipt is printed as soon as the call is on the disk. */
  private void take(String... words) throws IOException {
    if (words.length == 4 && words[0].equals("sell")) {
      // Ids are of letters, digits and . _ : @ + ~ - only, so there is nothing to escape.
      keep(
          "/v1/accruals",
          storeId + "/" + words[1] + "/accrual",
          """
          {"memberId":"%s","storeId":"%s","orderId":"%s","occurredAt":"%s","amount":%d}\
          """
              .formatted(words[2], storeId, words[1], Instant.now(), Long.parseLong(words[3])));
    } else if (words.length == 3 && words[0].equals("refund")) {
      keep(
          "/v1/refunds",
          storeId + "/" + words[1] + "/refund/" + words[2],
          """
          {"storeId":"%s","orderId":"%s","refundId":"%s"}\
          """
              .formatted(storeId, words[1], words[2]));
    } else {
      System.err.println("sell <order> <member> <amount>, or refund <order> <refund>");
    }
  }

  /** A file per call: the path, the key, the body. It is there whole, or not at all. */
  private void keep(String path, String key, String body) throws IOException {
    Path unfinished = queue.resolve("unfinished.tmp");
    ByteBuffer content = UTF_8.encode(path + "\n" + key + "\n" + body);
    try (var file =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      while (content.hasRemaining()) {
        file.write(content);
      }
      file.force(true);
    }
    List<Path> waiting = waiting();
    long last = waiting.isEmpty() ? 0 : number(waiting.get(waiting.size() - 1));
    Path name = queue.resolve("%012d.call".formatted(last + 1));
    Files.move(unfinished, name, StandardCopyOption.ATOMIC_MOVE);
  }

  /** The oldest first: a refund stays behind its sale. */
  private void sendAll() throws IOException, InterruptedException {
    for (Path call : waiting()) {
      String[] parts = Files.readString(call).split("\n", 3);
      HttpResponse<String> answer = untilItIsKnown(parts[0], parts[1], parts[2]);
      System.out.println(answer.statusCode() + " " + parts[1] + " " + answer.body());
      if (answer.statusCode() < 300) {
        Files.delete(call);
      } else { // for people: sending it again gives the same answer
        Files.move(call, call.resolveSibling(call.getFileName() + ".refused"));
      }
    }
  }

  /** Sends until the gateway says yes or no: with the same key, so that it is done once. */
  private HttpResponse<String> untilItIsKnown(String path, String key, String body)
      throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(gateway + path))
            .timeout(Duration.ofSeconds(10))
            .header("Authorization", "Bearer " + apiKey)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(body))
            .build();
    for (int attempt = 0; ; attempt++) {
      long secondsAsked = 0;
      try {
        // The time-out of the request ends with the headers; this one covers the body, too.
        HttpResponse<String> answer =
            http.sendAsync(request, BodyHandlers.ofString()).get(10, TimeUnit.SECONDS);
        if (!mayBecomeDifferent(answer.statusCode())) {
          return answer;
        }
        secondsAsked = answer.headers().firstValueAsLong("Retry-After").orElse(0);
      } catch (ExecutionException | TimeoutException e) {
        System.err.println("in doubt, or not sent: " + e);
      }
      pause(attempt, Duration.ofSeconds(secondsAsked));
    }
  }

  private static boolean mayBecomeDifferent(int status) {
    return status == 408 || status == 429 || status >= 500;
  }

  /** 1, 2, 4 … 60 s, each with some chance in it, and no less than the gateway asks for. */
  private static void pause(int attempt, Duration asked) throws InterruptedException {
    long millisMax = Math.min(PAUSE_MAX.toMillis(), 1000L << Math.min(attempt, 6));
    long millis = ThreadLocalRandom.current().nextLong(millisMax / 2, millisMax);
    Thread.sleep(Math.max(millis, asked.toMillis()));
  }

  private List<Path> waiting() throws IOException {
    try (Stream<Path> files = Files.list(queue)) {
      return files.filter(file -> file.toString().endsWith(".call")).sorted().toList();
    }
  }

  private static long number(Path call) {
    String name = call.getFileName().toString();
    return Long.parseLong(name.substring(0, name.indexOf('.')));
  }
}
