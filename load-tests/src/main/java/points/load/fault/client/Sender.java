package points.load.fault.client;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import points.load.fault.history.KeySpace;
import points.load.fault.history.Operation;
import points.load.fault.history.RecordedAnswer;
import points.load.process.HarnessException;
import points.load.process.WholeAnswers;

/** Sends one request once and returns what the API's contract says of the response. */
public final class Sender {
  private static final Duration SETUP_MAX = Duration.ofSeconds(20);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  private final String apiKey;

  /** The API keys of the stores' tills. */
  private final Map<String, String> tillKeys = new ConcurrentHashMap<>();

  /** Takes an API key that may do everything in its program. */
  public Sender(String apiKey) {
    this.apiKey = apiKey;
  }

  /**
   * Sends an operation and waits for the response.
   *
   * @param key the idempotency key, which says whose API key is used ({@link KeySpace}); null for
   *     an operation without one
   * @param patience after which the caller does not wait any longer
   */
  public RecordedAnswer send(
      NodeAddress to, Operation operation, @Nullable String key, Duration patience) {
    OperationRequest request = OperationRequest.of(operation);
    return send(
        request(to, request.method(), request.path(), key, request.body(), patience),
        operation instanceof Operation.Balance);
  }

  /** Makes a pool, with the member that joins it as its first. */
  RecordedAnswer makePool(NodeAddress at, Operation.Join join, String key) {
    JsonObject pool =
        new JsonObject()
            .put("poolId", join.poolId())
            .put("name", join.poolId())
            .put("memberIds", new JsonArray().add(join.memberId()));
    return send(request(at, "POST", "/v1/pools", key, pool, SETUP_MAX), false);
  }

  private RecordedAnswer send(HttpRequest request, boolean reads) {
    try {
      HttpResponse<String> response = WholeAnswers.send(http, request);
      return reads ? read(response) : written(response);
    } catch (ConnectException | HttpConnectTimeoutException e) {
      return new RecordedAnswer.NotApplied("no connection");
    } catch (IOException e) {
      return new RecordedAnswer.Unknown(e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new RecordedAnswer.Unknown("interrupted");
    }
  }

  /** Makes a store that does not exist yet. */
  public void makeStore(NodeAddress at, String storeId) {
    JsonObject store = new JsonObject().put("storeId", storeId).put("name", storeId);
    require(201, request(at, "POST", "/v1/stores", "store-" + storeId, store, SETUP_MAX));
  }

  /** Makes an API key for the tills of a store. */
  public void makeTill(NodeAddress at, String storeId) {
    JsonObject till =
        new JsonObject()
            .put("name", "tills of " + storeId)
            .put("role", "store")
            .put("storeId", storeId);
    JsonObject made =
        require(201, request(at, "POST", "/v1/api-keys", "tills-" + storeId, till, SETUP_MAX));
    tillKeys.put(storeId, made.getString("key"));
  }

  /**
   * Lets the program exchange points for points of another currency, and any store take back what
   * another sold.
   */
  public void setUpProgram(NodeAddress at) {
    JsonObject program = require(200, request(at, "GET", "/v1/program", null, null, SETUP_MAX));
    program.remove("programId");
    JsonObject never = new JsonObject().put("kind", "never");
    String currency = OperationGenerator.CURRENCY;
    JsonObject stars =
        new JsonObject().put("code", currency).put("name", "Stars").put("validity", never);
    JsonObject rate =
        new JsonObject()
            .put("from", "points")
            .put("to", currency)
            .put("give", OperationGenerator.GIVE)
            .put("get", 1);
    JsonObject points = new JsonObject().put("points", 1).put("amount", 1);
    JsonObject refunds =
        new JsonObject().put("shortfall", "debt").put("pointValue", points).put("stores", "any");
    program
        .put("refunds", refunds)
        .put("currencies", new JsonArray().add(stars))
        .put("exchanges", new JsonArray().add(rate));
    require(200, request(at, "PUT", "/v1/program", null, program, SETUP_MAX));
  }

  /**
   * Publishes a rule book for as soon as may be.
   *
   * @return the first instant whose orders it rates
   */
  public Instant publish(NodeAddress at, JsonObject document) {
    String id = document.getString("ruleBookId");
    require(201, request(at, "POST", "/v1/rule-books", "book-" + id, document, SETUP_MAX));
    JsonObject published =
        require(
            201,
            request(
                at,
                "POST",
                "/v1/rule-books/" + id + "/publish",
                "publish-" + id,
                new JsonObject(),
                SETUP_MAX));
    return OffsetDateTime.parse(published.getString("inForceFrom")).toInstant();
  }

  /** Makes something, as head office. */
  public JsonObject make(NodeAddress at, String path, String key, JsonObject body) {
    return require(201, request(at, "POST", path, key, body, SETUP_MAX));
  }

  /** Shows something, to head office. */
  public JsonObject show(NodeAddress at, String path, Duration patience) {
    return require(200, request(at, "GET", path, null, null, patience));
  }

  private JsonObject require(int status, HttpRequest request) {
    try {
      HttpResponse<String> response = WholeAnswers.send(http, request);
      if (response.statusCode() != status) {
        throw new HarnessException(
            request.uri() + " was answered " + response.statusCode() + " " + response.body());
      }
      return json(response);
    } catch (IOException e) {
      throw new HarnessException("no answer from " + request.uri(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HarnessException("interrupted", e);
    }
  }

  private HttpRequest request(
      NodeAddress to,
      String method,
      String path,
      @Nullable String key,
      @Nullable JsonObject body,
      Duration patience) {
    BodyPublisher content =
        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.encode());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(to.url().resolve(path))
            .timeout(patience)
            .header("Authorization", "Bearer " + (key == null ? apiKey : apiKeyOf(key)))
            .header("Content-Type", "application/json")
            .method(method, content);
    return (key == null ? request : request.header("Idempotency-Key", KeySpace.sent(key))).build();
  }

  private String apiKeyOf(String key) {
    String storeId = KeySpace.storeOf(key);
    return storeId == null ? apiKey : Objects.requireNonNull(tillKeys.get(storeId), storeId);
  }

  private static RecordedAnswer written(HttpResponse<String> response) {
    // The end of a hold makes nothing new, and a change of a pool has no body.
    int status = response.statusCode();
    if (status == 201 || status == 200 || status == 204) {
      boolean replayed =
          response.headers().firstValue("Idempotent-Replayed").filter("true"::equals).isPresent();
      return new RecordedAnswer.Acknowledged(response.body(), replayed);
    }
    return problem(response);
  }

  private static RecordedAnswer read(HttpResponse<String> response) {
    if (response.statusCode() != 200) {
      return problem(response);
    }
    JsonObject body = json(response);
    JsonObject stored = body.getJsonObject("storedValue", new JsonObject());
    return new RecordedAnswer.BalanceRead(
        number(body, "sequence"),
        number(body, "available"),
        number(body, "lifetimeEarned"),
        number(body, "lifetimeSpent"),
        new RecordedAnswer.OtherSums(
            number(body, "held"),
            number(body, "pending"),
            number(body, "debt"),
            number(stored, "available"),
            number(stored, "held")),
        body.getBoolean("stale", false),
        body.getString("asOf", ""));
  }

  /** A number that is not there is none that a rule could take for right. */
  private static long number(JsonObject json, String name) {
    return json.getLong(name, -1L);
  }

  private static RecordedAnswer problem(HttpResponse<String> response) {
    JsonObject body = json(response);
    String code = body.getString("code", "none");
    int status = response.statusCode();
    return switch (status) {
      case 408, 429, 503 -> new RecordedAnswer.NotApplied(status + " " + code);
      case 500 -> new RecordedAnswer.ServerError(code);
      case 502, 504 -> new RecordedAnswer.Unknown(status + " " + code);
      default -> new RecordedAnswer.Refused(status, code, body.getLong("available"));
    };
  }

  private static JsonObject json(HttpResponse<String> response) {
    try {
      return new JsonObject(response.body());
    } catch (DecodeException | ClassCastException e) {
      return new JsonObject(); // the rules report what it lacks
    }
  }
}
