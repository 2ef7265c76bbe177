package points.load.fault.client;

import io.vertx.core.json.DecodeException;
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
import org.jspecify.annotations.Nullable;
import points.load.fault.history.Answer;
import points.load.fault.history.Wish;
import points.load.fault.net.HarnessFailure;

/** Sends one request once, and says what came of it as the API's contract has it. */
public final class Sender {
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  private final String apiKey;

  /**
   * @param apiKey one that may do everything in its program
   */
  public Sender(String apiKey) {
    this.apiKey = apiKey;
  }

  /**
   * Sends, and waits.
   *
   * @param key the idempotency key; null for a read
   * @param patience after which the caller does not wait any longer
   */
  public Answer send(Target to, Wish wish, @Nullable String key, Duration patience) {
    HttpRequest.Builder request = request(to.url().resolve(path(wish)), patience);
    if (key != null) {
      request.header("Idempotency-Key", key).POST(BodyPublishers.ofString(body(wish).encode()));
    }
    try {
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      return wish instanceof Wish.Balance ? read(response) : written(response);
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
    HttpRequest request =
        request(at.url().resolve("/v1/stores"), Duration.ofSeconds(20))
            .header("Idempotency-Key", "store-" + storeId)
            .POST(
                BodyPublishers.ofString(
                    new JsonObject().put("storeId", storeId).put("name", storeId).encode()))
            .build();
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 201) {
        throw new HarnessFailure("no store: " + response.statusCode() + " " + response.body());
      }
    } catch (IOException e) {
      throw new HarnessFailure("no store", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HarnessFailure("interrupted", e);
    }
  }

  private HttpRequest.Builder request(URI uri, Duration patience) {
    return HttpRequest.newBuilder(uri)
        .timeout(patience)
        .header("Authorization", "Bearer " + apiKey)
        .header("Content-Type", "application/json");
  }

  private static String path(Wish wish) {
    if (wish instanceof Wish.Accrual) {
      return "/v1/accruals";
    }
    if (wish instanceof Wish.Deduction) {
      return "/v1/deductions";
    }
    return wish instanceof Wish.Adjustment
        ? "/v1/adjustments"
        : "/v1/members/" + wish.memberId() + "/balance";
  }

  private static JsonObject body(Wish wish) {
    JsonObject body = new JsonObject().put("memberId", wish.memberId());
    if (wish instanceof Wish.Accrual accrual) {
      body.put("storeId", accrual.storeId())
          .put("orderId", accrual.orderId())
          .put("occurredAt", accrual.occurredAt().toString())
          .put("amount", accrual.amount());
    } else if (wish instanceof Wish.Deduction deduction) {
      body.put("storeId", deduction.storeId())
          .put("orderId", deduction.orderId())
          .put("points", deduction.points())
          .put("reason", deduction.reason());
    } else if (wish instanceof Wish.Adjustment adjustment) {
      body.put("points", adjustment.points())
          .put("operator", adjustment.operator())
          .put("reason", adjustment.reason());
    }
    return body;
  }

  private static Answer written(HttpResponse<String> response) {
    if (response.statusCode() == 201) {
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
        body.getBoolean("stale", false),
        body.getString("asOf", ""));
  }

  private static Answer problem(HttpResponse<String> response) {
    JsonObject body = json(response);
    String code = body.getString("code", "none");
    int status = response.statusCode();
    return switch (status) {
      case 408, 429, 503 -> new Answer.NotApplied(status + " " + code);
      case 500, 502, 504 -> new Answer.Unknown(status + " " + code);
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
