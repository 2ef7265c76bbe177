package points.gateway.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import points.gateway.fixture.Answer;
import points.gateway.fixture.Await;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.Person;
import points.gateway.fixture.WithGateway;

/** {@code GET /v1/events}: pages, long polls, streams. */
@WithGateway
class EventsIT {

  private final LocalGateway gateway;
  private final Chain chain;

  EventsIT(LocalGateway gateway, Chain chain) {
    this.gateway = gateway;
    this.chain = chain;
  }

  @Test
  void an_entry_is_a_cloud_event_with_the_entry_as_its_data() {
    String end = end();
    String member = chain.newId("member-");
    JsonObject order = chain.order(member, 500);
    order.put("lines", Chain.lines(Chain.line("1", 300), Chain.line("2", 200)));
    chain.admin().post("/v1/accruals", order).json(201);

    JsonObject event = await(end, "&types=points.earned");

    JsonObject data = event.getJsonObject("data");
    assertThat(event.getString("specversion")).isEqualTo("1.0");
    assertThat(event.getString("id")).isEqualTo(member + "-1");
    assertThat(event.getString("source")).isEqualTo("/programs/" + chain.programId());
    assertThat(event.getString("programid")).isEqualTo(chain.programId());
    assertThat(event.getString("subject")).isEqualTo(member);
    assertThat(event.getLong("membersequence")).isEqualTo(1);
    assertThat(event.getString("time")).isEqualTo(data.getString("recordedAt"));
    assertThat(data).isEqualTo(chain.admin().get("/v1/transactions/" + member + "-1").json(200));
    JsonObject line = data.getJsonArray("lines").getJsonObject(0);
    assertThat(line.getString("productId")).isEqualTo("P1");
    assertThat(line.getLong("amount")).isEqualTo(300);
  }

  @Test
  void pages_have_every_event_once_whatever_their_size() {
    String end = end();
    String member = chain.memberWith(5);
    for (int i = 0; i < 12; i++) {
      chain.earn(member, 100);
    }
    List<String> whole = ids(until(end, 200, member + "-13"));

    assertThat(ids(until(end, 1, member + "-13"))).isEqualTo(whole);
    assertThat(ids(until(end, 5, member + "-13"))).isEqualTo(whole);
    assertThat(whole).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(14);
  }

  @Test
  void a_poll_is_answered_soon_after_an_event_comes() throws Exception {
    String end = end();
    CompletableFuture<Answer> poll =
        CompletableFuture.supplyAsync(() -> events("?wait=PT15S&after=" + end));
    awaitListeners(1);
    long began = System.nanoTime();
    String member = chain.memberWith(5);

    Answer answer = poll.get();

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    assertThat(answer.items().get(0).getString("subject")).isEqualTo(member);
  }

  @Test
  void a_poll_without_events_ends_with_its_wait_at_the_same_place() {
    String end = end();

    JsonObject page = events("?wait=PT1S&after=" + end).json(200);

    assertThat(page.getJsonArray("items")).isEmpty();
    assertThat(page.getString("nextCursor")).isEqualTo(end);
    assertThat(page.getBoolean("hasMore")).isFalse();
  }

  @Test
  void a_key_of_a_store_sees_the_events_of_its_store_only() {
    String other = chain.newId("shop");
    chain.store(other);
    String end = end();
    Caller store = chain.key("store", other);
    String member = chain.memberWith(5);
    JsonObject order = chain.order(member, 100).put("storeId", other);
    store.post("/v1/accruals", order).json(201);
    await(end, "&types=points.earned");
    until(end, 200, member + "-2");

    List<JsonObject> seen = store.get("/v1/events?after=" + end).items();

    assertThat(seen).extracting(it -> it.getString("id")).containsExactly(member + "-2");
  }

  @Test
  void events_begin_at_a_time() {
    Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    String member = chain.memberWith(5);
    until("", 200, member + "-1");

    assertThat(events("?since=" + before.plusSeconds(60)).items()).isEmpty();
    // it begins up to some seconds before, so that others' events may fill the first page
    JsonObject page = events("?limit=1&since=" + before).json(200);
    assertThat(page.getJsonArray("items")).hasSize(1);
    until(page.getString("nextCursor"), 200, member + "-1");
  }

  @Test
  void set_up_is_in_the_feed_and_has_nothing_secret_or_personal() {
    String end = end();
    String store = chain.newId("shop");
    chain.store(store);
    chain.key("store", store);
    String member = chain.newId("m");
    JsonObject profile = new JsonObject().put("memberId", member).put("phone", chain.newPhone());
    chain.admin().post("/v1/members", profile).json(201);
    chain.admin().patch("/v1/members/" + member, new JsonObject().put("name", "Amy")).json(200);

    List<JsonObject> events = new ArrayList<>();
    String after = end;
    while (events.stream().noneMatch(it -> it.getString("type").equals("member.changed"))) {
      JsonObject page = events("?wait=PT10S&after=" + after).json(200);
      page.getJsonArray("items").forEach(it -> events.add((JsonObject) it));
      after = page.getString("nextCursor");
    }

    assertThat(events)
        .extracting(it -> it.getString("type"))
        .containsExactly("store.created", "key.created", "member.enrolled", "member.changed");
    assertThat(events.get(3).getJsonObject("data"))
        .isEqualTo(new JsonObject().put("memberId", member));
    assertThat(events.toString()).doesNotContain(profile.getString("phone"), "Amy");
  }

  @Test
  void a_bad_query_is_refused_and_says_where() {
    assertWrong(chain.admin().breaking(), "after=x", "/after");
    assertWrong(chain.admin(), "types=points.lost", "/types");
    assertWrong(chain.admin().breaking(), "wait=PT61S", "/wait");
    assertWrong(chain.admin().breaking(), "since=today", "/since");
    assertWrong(chain.admin(), "since=2026-01-01T00:00:00Z&after=" + end(), "/since");
    assertWrong(chain.admin(), "after=OTk5OTk5OTk5OTk5OTk5OTk", "/after");
  }

  @Test
  void a_cursor_that_nobody_was_given_is_refused_and_reads_nothing() {
    String end = end();
    chain.memberWith(5);
    String after = events("?wait=PT10S&limit=1&after=" + end).json(200).getString("nextCursor");
    String place = new String(Base64.getUrlDecoder().decode(after), UTF_8);
    String position = place.substring(0, place.indexOf('.'));

    for (String invented :
        List.of(position + ".999999", "0.999999", "1.1", "999999999999999999", position + "9")) {
      assertWrong(chain.admin(), "after=" + cursor(invented), "/after");
    }
    assertThat(events("?after=" + cursor(position)).status()).isEqualTo(200);
  }

  private static String cursor(String place) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(UTF_8));
  }

  @Test
  void a_poll_that_had_to_look_at_much_is_answered_early_with_its_place() {
    String end = end();
    String member = chain.memberWith(5);
    long began = System.nanoTime();
    CompletableFuture<Answer> poll =
        CompletableFuture.supplyAsync(() -> events("?types=member.frozen&wait=PT60S&after=" + end));

    Await.until(
        "the poll to be answered",
        () -> {
          chain.earn(member, 100);
          return poll.isDone();
        });

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(50));
    JsonObject page = poll.join().json(200);
    assertThat(page.getJsonArray("items")).isEmpty();
    assertThat(page.getString("nextCursor")).isNotEqualTo(end);
  }

  private static void assertWrong(Caller caller, String query, String pointer) {
    JsonObject problem = caller.get("/v1/events?" + query).isProblem(400, "invalid_query");
    assertThat(problem.getJsonArray("errors").getJsonObject(0).getString("pointer"))
        .isEqualTo(pointer);
  }

  @Test
  void a_key_has_so_many_polls_and_no_more() throws Exception {
    Caller reader = chain.key("reader"); // before the end, since a new key is an event
    String end = end();
    List<CompletableFuture<Answer>> polls =
        Stream.generate(() -> "/v1/events?wait=PT20S&after=" + end)
            .limit(20)
            .map(
                poll ->
                    CompletableFuture.supplyAsync(
                        () -> reader.get(poll), command -> new Thread(command).start()))
            .toList();
    awaitListeners(20);

    reader.get("/v1/events?wait=PT20S&after=" + end).isProblem(429, "too_many_requests");
    assertThat(reader.get("/v1/events?after=" + end).status()).isEqualTo(200);

    chain.memberWith(5);
    for (CompletableFuture<Answer> poll : polls) {
      assertThat(poll.get().items()).isNotEmpty();
    }
  }

  @Test
  void a_stream_sends_events_as_they_come_and_goes_on_after_the_last_one() throws Exception {
    String end = end();
    String member = chain.memberWith(5);
    String last;
    try (Stream<String> lines = stream(end, null).body()) {
      Iterator<String> stream = lines.iterator();
      assertThat(nextEvent(stream).getString("type")).isEqualTo("member.enrolled");
      assertThat(nextEvent(stream).getString("id")).isEqualTo(member + "-1");
      chain.earn(member, 100);
      assertThat(nextEvent(stream).getString("id")).isEqualTo(member + "-2");
      last = lastId;
    }
    chain.earn(member, 100);

    try (Stream<String> lines = stream(end, last).body()) {
      assertThat(nextEvent(lines.iterator()).getString("id")).isEqualTo(member + "-3");
    }
  }

  @Test
  void a_poll_of_a_person_that_signed_out_gets_no_event() throws Exception {
    Person person = Person.of(gateway, chain, List.of("auditor"));
    Caller caller = person.signIn();
    String end = end();
    CompletableFuture<Answer> poll =
        CompletableFuture.supplyAsync(() -> caller.get("/v1/events?wait=PT15S&after=" + end));
    awaitListeners(1);
    assertThat(person.signIn().delete("/v1/sessions").status()).isEqualTo(204);
    Await.until("the session's end", () -> caller.get("/v1/session").status() == 401);

    chain.memberWith(5);

    poll.get().isProblem(401, "unauthorized");
  }

  @Test
  @Timeout(30)
  void a_stream_of_a_person_that_signed_out_ends_without_another_event() throws Exception {
    Person person = Person.of(gateway, chain, List.of("auditor"));
    Caller caller = person.signIn();
    String end = end();
    try (Stream<String> lines = stream(caller.request("/v1/events?after=" + end)).body()) {
      Iterator<String> stream = lines.iterator();
      chain.memberWith(5);
      assertThat(nextEvent(stream).getString("type")).isEqualTo("member.enrolled");
      caller.delete("/v1/session");
      Await.until("the session's end", () -> caller.get("/v1/session").status() == 401);

      String late = chain.memberWith(5);

      StringBuilder rest = new StringBuilder();
      stream.forEachRemaining(rest::append);
      assertThat(rest).doesNotContain(late);
    }
  }

  private @Nullable String lastId;

  private JsonObject nextEvent(Iterator<String> lines) {
    String id = "";
    while (true) {
      String line = lines.next();
      if (line.startsWith("id: ")) {
        id = line.substring(4);
      } else if (line.startsWith("data: ")) {
        lastId = id;
        return new JsonObject(line.substring(6));
      }
    }
  }

  private HttpResponse<Stream<String>> stream(String after, @Nullable String last)
      throws Exception {
    JsonObject wanted = new JsonObject().put("name", "stream").put("role", "reader");
    String key = chain.admin().post("/v1/api-keys", wanted).json(201).getString("key");
    String types = "/v1/events?types=member.enrolled,points.earned&after=" + after;
    HttpRequest.Builder request = gateway.caller(key).request(types);
    if (last != null) {
      request.header("Last-Event-ID", last);
    }
    return stream(request);
  }

  private static HttpResponse<Stream<String>> stream(HttpRequest.Builder request) throws Exception {
    HttpResponse<Stream<String>> response =
        HttpClient.newHttpClient()
            .send(request.header("Accept", "text/event-stream").build(), BodyHandlers.ofLines());
    assertThat(response.statusCode()).isEqualTo(200);
    return response;
  }

  private void awaitListeners(int count) {
    var metrics = HttpRequest.newBuilder(URI.create(gateway.managementUri() + "/metrics")).build();
    Await.until(
        count + " listeners",
        () ->
            HttpClient.newHttpClient()
                .send(metrics, BodyHandlers.ofString())
                .body()
                .contains("points_feed_listeners " + count + ".0"));
  }

  private Answer events(String query) {
    return chain.admin().get("/v1/events" + query);
  }

  /** The place after all that has happened so far. */
  private String end() {
    until("", 200, chain.memberWith(1) + "-1");
    return place;
  }

  private String place = "";

  private JsonObject await(String after, String more) {
    JsonObject page = events("?wait=PT10S&after=" + after + more).json(200);
    return page.getJsonArray("items").getJsonObject(0);
  }

  /** The events after a place, or from the beginning, up to one of this id. */
  private List<JsonObject> until(String after, int limit, String id) {
    var events = new ArrayList<JsonObject>();
    place = after;
    for (int pages = 0; pages < 200; pages++) {
      String from = place.isEmpty() ? "" : "&after=" + place;
      JsonObject page = events("?wait=PT10S&limit=" + limit + from).json(200);
      page.getJsonArray("items").forEach(it -> events.add((JsonObject) it));
      place = page.getString("nextCursor");
      if (events.stream().anyMatch(it -> it.getString("id").equals(id))) {
        return events;
      }
    }
    throw new AssertionError("no event " + id + " among " + ids(events));
  }

  private static List<String> ids(List<JsonObject> events) {
    return events.stream().map(it -> it.getString("id")).toList();
  }
}
