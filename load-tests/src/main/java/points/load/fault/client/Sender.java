package points.load.fault.client;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import points.load.fault.history.Answer;
import points.load.fault.history.KeySpace;
import points.load.fault.history.Operation;
import points.load.fault.net.HarnessException;

/** Sends one request once, and says what came of it as the API's contract has it. */
public final class Sender {
  private static final Duration SETUP_MAX = Duration.ofSeconds(20);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  private final String apiKey;
  private final Map<String, String> tills = new ConcurrentHashMap<>();

  /**
   * @param apiKey one that may do everything in its program
   */
  public Sender(String apiKey) {
    this.apiKey = apiKey;
  }

  /**
   * Sends, and waits.
   *
   * @param key the idempotency key, which says whose API key is used ({@link KeySpace}); null for a
   *     read
   * @param patience after which the caller does not wait any longer
   */
  public Answer send(Target to, Operation operation, @Nullable String key, Duration patience) {
    URI uri = to.url().resolve(RequestPaths.of(operation));
    HttpRequest.Builder request = request(uri, patience, key == null ? apiKey : apiKeyOf(key));
    if (operation instanceof Operation.Join) {
      request.PUT(BodyPublishers.noBody());
    } else if (operation instanceof Operation.Leave) {
      request.DELETE();
    } else if (key != null) {
      request
          .header("Idempotency-Key", KeySpace.sent(key))
          .POST(BodyPublishers.ofString(RequestBodies.body(operation).encode()));
    }
    return send(request.build(), operation instanceof Operation.Balance);
  }

  /** Makes a pool, of which one that joins it is the first member. */
  Answer makePool(Target at, Operation.Join join, String key) {
    JsonObject pool =
        new JsonObject()
            .put("poolId", join.poolId())
            .put("name", join.poolId())
            .put("memberIds", new JsonArray().add(join.memberId()));
    return send(
        request(at.url().resolve("/v1/pools"), SETUP_MAX)
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(pool.encode()))
            .build(),
        false);
  }

  private Answer send(HttpRequest request, boolean reads) {
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      return reads ? read(response) : written(response);
    } catch (ConnectException | HttpConnectTimeoutException e) {
      return new Answer.NotApplied("no connection");
    } catch (IOException e) {
      return new Answer.Unknown(e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.Unknown("interrupted");
    }
  }

  /** Makes a store; it must not exist. */
  public void makeStore(Target at, String storeId) {
    JsonObject store = new JsonObject().put("storeId", storeId).put("name", storeId);
    require(
        201,
        request(at.url().resolve("/v1/stores"), SETUP_MAX)
            .header("Idempotency-Key", "store-" + storeId)
            .POST(BodyPublishers.ofString(store.encode()))
            .build());
  }

  /** Makes an API key for the tills of a store. */
  public void makeTill(Target at, String storeId) {
    JsonObject till =
        new JsonObject()
            .put("name", "tills of " + storeId)
            .put("role", "store")
            .put("storeId", storeId);
    String made =
        require(
            201,
            request(at.url().resolve("/v1/api-keys"), SETUP_MAX)
                .header("Idempotency-Key", "tills-" + storeId)
                .POST(BodyPublishers.ofString(till.encode()))
                .build());
    tills.put(storeId, new JsonObject(made).getString("key"));
  }

  private String apiKeyOf(String key) {
    String storeId = KeySpace.storeOf(key);
    return storeId == null ? apiKey : Objects.requireNonNull(tills.get(storeId), storeId);
  }

  /**
   * Lets the program exchange points for points of another currency, and any store take back what
   * another sold.
   */
  public void setUpProgram(Target at) {
    URI uri = at.url().resolve("/v1/program");
    JsonObject program = new JsonObject(require(200, request(uri, SETUP_MAX).build()));
    program.remove("programId");
    JsonObject never = new JsonObject().put("kind", "never");
    JsonObject currency =
        new JsonObject()
            .put("code", OperationGenerator.CURRENCY)
            .put("name", "Stars")
            .put("validity", never);
    JsonObject rate =
        new JsonObject()
            .put("from", "points")
            .put("to", OperationGenerator.CURRENCY)
            .put("give", OperationGenerator.GIVE)
            .put("get", 1);
    JsonObject points = new JsonObject().put("points", 1).put("amount", 1);
    JsonObject refunds =
        new JsonObject().put("shortfall", "debt").put("pointValue", points).put("stores", "any");
    program
        .put("refunds", refunds)
        .put("currencies", new JsonArray().add(currency))
        .put("exchanges", new JsonArray().add(rate));
    require(200, request(uri, SETUP_MAX).PUT(BodyPublishers.ofString(program.encode())).build());
  }

  private String require(int status, HttpRequest request) {
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() != status) {
        throw new HarnessException(
            request.uri() + " was answered " + response.statusCode() + " " + response.body());
      }
      return response.body();
    } catch (IOException e) {
      throw new HarnessException("no answer from " + request.uri(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HarnessException("interrupted", e);
    }
  }

  private HttpRequest.Builder request(URI uri, Duration patience) {
    return request(uri, patience, apiKey);
  }

  private static HttpRequest.Builder request(URI uri, Duration patience, String as) {
    return HttpRequest.newBuilder(uri)
        .timeout(patience)
        .header("Authorization", "Bearer " + as)
        .header("Content-Type", "application/json");
  }

  private static Answer written(HttpResponse<String> response) {
    // What ends a hold makes nothing new, and of who is in a pool there is nothing to tell.
    int status = response.statusCode();
    if (status == 201 || status == 200 || status == 204) {
      boolean replayed =
          response.headers().firstValue("Idempotent-Replayed").filter("true"::equals).isPresent();
      return new Answer.Acknowledged(response.body(), replayed);
    }
    return problem(response);
  }

  private static Answer read(HttpResponse<String> response) {
    if (response.statusCode() != 200) {
      return problem(response);
    }
    JsonObject body = json(response);
    return new Answer.Seen(
        body.getLong("sequence", -1L),
        body.getLong("available", -1L),
        body.getLong("lifetimeEarned", -1L),
        body.getLong("lifetimeSpent", -1L),
        aside(body),
        body.getBoolean("stale", false),
        body.getString("asOf", ""));
  }

  private static Answer.Aside aside(JsonObject balance) {
    JsonObject stored = balance.getJsonObject("storedValue", new JsonObject());
    return new Answer.Aside(
        balance.getLong("held", -1L),
        balance.getLong("pending", -1L),
        balance.getLong("debt", -1L),
        stored.getLong("available", -1L),
        stored.getLong("held", -1L));
  }

  private static Answer problem(HttpResponse<String> response) {
    JsonObject body = json(response);
    String code = body.getString("code", "none");
    int status = response.statusCode();
    return switch (status) {
      case 408, 429, 503 -> new Answer.NotApplied(status + " " + code);
      case 500 -> new Answer.Faulty(code);
      case 502, 504 -> new Answer.Unknown(status + " " + code);
      default -> new Answer.Refused(status, code, body.getLong("available"));
    };
  }

  private static JsonObject json(HttpResponse<String> response) {
    try {
      return new JsonObject(response.body());
    } catch (DecodeException | ClassCastException e) {
      return new JsonObject(); // what it lacks is noticed by whoever wants it
    }
  }
}
