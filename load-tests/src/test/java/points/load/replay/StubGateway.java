package points.load.replay;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Answers like a gateway but keeps everything in a map, so that a test can plant what a gateway
 * must never do and see that it is found. All requests are served on one event loop.
 */
final class StubGateway {
  /** Replaces the program; the earning and the validity of it are what it says. */
  JsonObject program =
      new JsonObject(
          """
          {"programId":"default","name":"Default","currency":"CNY","timeZone":"Asia/Shanghai",
           "earning":{"points":1,"perAmount":100,"rounding":"floor"},
           "validity":{"kind":"rolling","period":"P12M"},"autoEnrol":true}
          """);

  /**
   * By which orders earn that are older than the stub; null when the program has no other rules.
   */
  @Nullable JsonObject programOfThePast;

  /** What {@code POST /v1/programs} has made; its key is {@code own-key}. */
  @Nullable JsonObject ownProgram;

  /** Whether another key has made it. */
  boolean ownProgramIsAnothers;

  UnaryOperator<JsonObject> balanceOnTheWayOut = UnaryOperator.identity();
  UnaryOperator<JsonArray> entriesOnTheWayOut = UnaryOperator.identity();
  UnaryOperator<JsonObject> accrualOnTheWayOut = UnaryOperator.identity();
  UnaryOperator<JsonObject> previewOnTheWayOut = UnaryOperator.identity();

  UnaryOperator<JsonObject> figuresOnTheWayOut = UnaryOperator.identity();

  /** Which accruals are answered with 503 although nothing was done, once each. */
  Predicate<JsonObject> overloadedAt = body -> false;

  /** Which accruals are done but lose their connection before the answer, once each. */
  Predicate<JsonObject> cutOffAt = body -> false;

  /** Which accruals are refused. */
  Predicate<JsonObject> refusedAt = body -> false;

  /** The points that a refund takes back, of those that it should. */
  LongUnaryOperator refundedPoints = LongUnaryOperator.identity();

  /** Whether refunds that came before their sale are applied with it. */
  boolean appliesParked = true;

  /** How long an accrual takes, in milliseconds. */
  long delayMillis;

  final Map<String, List<String>> ordersByMember = new HashMap<>();
  final Set<String> stores = new HashSet<>();
  boolean twoOfOneMemberAtOnce;
  int inFlightMost;

  private final Instant since = Instant.now();
  private final Vertx vertx;
  private final HttpServer server;
  private final StubFigures figures = new StubFigures();
  private final Map<String, StubLedger> members = new HashMap<>();
  private final Map<String, StubLedger> memberOf = new HashMap<>();
  final List<JsonObject> parked = new ArrayList<>();
  private final Map<String, JsonObject> firstAnswers = new HashMap<>();
  private final Set<String> disturbed = new HashSet<>();
  private final Set<String> busy = new HashSet<>();
  private int inFlight;

  StubGateway(Vertx vertx) {
    this.vertx = vertx;
    this.server =
        vertx
            .createHttpServer()
            .requestHandler(request -> request.body().onSuccess(body -> serve(request, body)))
            .listen(0, "127.0.0.1")
            .await();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.actualPort());
  }

  void close() {
    server.close().await();
  }

  private void serve(HttpServerRequest request, Buffer body) {
    String key = String.valueOf(request.getHeader("Authorization"));
    boolean own = ownProgram != null && key.equals("Bearer own-key");
    if (!own && !key.equals("Bearer test-key")) {
      problem(request, 401, "unauthorized");
      return;
    }
    switch (String.valueOf(request.path())) {
      case "/v1/program" -> program(request, body, own);
      case "/v1/programs" -> programs(request, body.toJsonObject());
      case "/v1/stores" -> stores(request, body);
      case "/v1/accruals/preview" -> {
        JsonObject order = body.toJsonObject();
        JsonObject preview = new StubLedger("nobody").accrue(order, rules(order, own));
        reply(request, 200, previewOnTheWayOut.apply(preview));
      }
      case "/v1/figures" ->
          reply(request, 200, figuresOnTheWayOut.apply(figures.page(request.getParam("cursor"))));
      case "/v1/refunds" -> refund(request, body.toJsonObject());
      case "/v1/accruals" -> accrual(request, body.toJsonObject(), own);
      default -> read(request);
    }
  }

  private void program(HttpServerRequest request, Buffer body, boolean own) {
    if (request.method().equals(HttpMethod.PUT)) {
      JsonObject rules = body.toJsonObject();
      if (own) {
        ownProgram = rules.put("programId", "replay");
      } else {
        program = rules.put("programId", "default");
      }
    }
    reply(request, 200, own ? Objects.requireNonNull(ownProgram) : program);
  }

  private void programs(HttpServerRequest request, JsonObject body) {
    if (ownProgramIsAnothers) {
      problem(request, 409, "program_exists");
      return;
    }
    if (ownProgram == null) {
      ownProgram = program.copy().mergeIn(body);
    }
    reply(request, 201, body.copy().put("key", "own-key"));
  }

  private void stores(HttpServerRequest request, Buffer body) {
    if (request.method().equals(HttpMethod.GET)) {
      JsonArray items = new JsonArray();
      stores.stream().limit(1).forEach(id -> items.add(new JsonObject().put("storeId", id)));
      reply(request, 200, new JsonObject().put("items", items));
      return;
    }
    if (stores.add(body.toJsonObject().getString("storeId"))) {
      reply(request, 201, body.toJsonObject());
    } else {
      problem(request, 409, "store_exists");
    }
  }

  private JsonObject rules(JsonObject order, boolean own) {
    if (own) {
      return Objects.requireNonNull(ownProgram);
    }
    boolean past = OffsetDateTime.parse(order.getString("occurredAt")).toInstant().isBefore(since);
    return past && programOfThePast != null ? programOfThePast : program;
  }

  private void accrual(HttpServerRequest request, JsonObject body, boolean own) {
    String key = request.getHeader("Idempotency-Key");
    if (refusedAt.test(body)) {
      problem(request, 409, "member_frozen");
      return;
    }
    if (overloadedAt.test(body) && disturbed.add(key)) {
      request.response().putHeader("Retry-After", "0");
      problem(request, 503, "overloaded");
      return;
    }
    String member = body.getString("memberId");
    twoOfOneMemberAtOnce |= !busy.add(member);
    inFlightMost = Math.max(inFlightMost, ++inFlight);
    pause()
        .onSuccess(
            slept -> {
              busy.remove(member);
              inFlight--;
              boolean replayed = firstAnswers.containsKey(key);
              JsonObject answer = firstAnswers.computeIfAbsent(key, it -> write(body, own));
              if (cutOffAt.test(body) && disturbed.add(key)) {
                request.connection().close();
                return;
              }
              if (replayed) {
                request.response().putHeader("Idempotent-Replayed", "true");
              }
              reply(request, 201, accrualOnTheWayOut.apply(answer.copy()));
            });
  }

  /** Waits for its sale, if that has not come. */
  private void refund(HttpServerRequest request, JsonObject body) {
    String key = request.getHeader("Idempotency-Key");
    if (firstAnswers.containsKey(key)) {
      request.response().putHeader("Idempotent-Replayed", "true");
    }
    reply(
        request,
        201,
        firstAnswers.computeIfAbsent(
            key,
            it -> {
              StubLedger books = memberOf.get(body.getString("orderId"));
              if (books == null) {
                parked.add(body);
                return body.copy().put("status", "parked");
              }
              return books.refund(body, refundedPoints);
            }));
  }

  private Future<?> pause() {
    return delayMillis == 0 ? Future.succeededFuture() : vertx.timer(delayMillis);
  }

  private JsonObject write(JsonObject body, boolean own) {
    String member = body.getString("memberId");
    ordersByMember.computeIfAbsent(member, it -> new ArrayList<>()).add(body.getString("orderId"));
    StubLedger books = members.computeIfAbsent(member, StubLedger::new);
    JsonObject answer = books.accrue(body, rules(body, own));
    memberOf.put(body.getString("orderId"), books);
    figures.add(body, answer.getLong("points"));
    if (appliesParked) {
      parked.stream()
          .filter(it -> it.getString("orderId").equals(body.getString("orderId")))
          .forEach(it -> books.refund(it, refundedPoints));
    }
    return answer;
  }

  private void read(HttpServerRequest request) {
    List<String> path = List.of(String.valueOf(request.path()).split("/", -1));
    StubLedger books = path.size() == 5 ? members.get(path.get(3)) : null;
    if (books == null) {
      problem(request, 404, "member_not_found");
      return;
    }
    switch (path.get(4)) {
      case "balance" -> reply(request, 200, balanceOnTheWayOut.apply(books.balance()));
      case "entries" -> page(request, entriesOnTheWayOut.apply(books.entries()));
      case "lots" -> page(request, books.lots());
      default -> problem(request, 404, "not_found");
    }
  }

  /** Two to a page, so that every test turns pages. */
  private static void page(HttpServerRequest request, JsonArray all) {
    String cursor = request.getParam("cursor");
    int from = cursor == null ? 0 : Integer.parseInt(cursor);
    int to = Math.min(from + 2, all.size());
    JsonArray items = new JsonArray();
    all.stream().skip(from).limit(2).forEach(items::add);
    boolean more = to < all.size();
    reply(
        request,
        200,
        new JsonObject()
            .put("items", items)
            .put("hasMore", more)
            .put("nextCursor", more ? Integer.toString(to) : null));
  }

  private static void problem(HttpServerRequest request, int status, String code) {
    reply(request, status, new JsonObject().put("code", code).put("detail", "planted"));
  }

  private static void reply(HttpServerRequest request, int status, JsonObject body) {
    HttpServerResponse response = request.response().setStatusCode(status);
    response.end(body.toBuffer()).onFailure(gone -> {});
  }

  /** Every entry of a list changed by a test, those that it makes null left out. */
  static JsonArray changed(JsonArray entries, Function<JsonObject, List<JsonObject>> change) {
    JsonArray result = new JsonArray();
    entries.stream()
        .map(JsonObject.class::cast)
        .flatMap(e -> change.apply(e).stream())
        .forEach(result::add);
    return result;
  }
}
