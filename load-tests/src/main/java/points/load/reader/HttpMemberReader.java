package points.load.reader;

import io.vertx.core.Future;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import points.load.http.Fields;
import points.load.http.Gateway;
import points.load.model.Entry;
import points.load.model.Lot;
import points.load.model.MemberSnapshot;
import points.load.model.MemberState;

/**
 * Reads a member through the gateway: all pages of entries, then all pages of lots, then the
 * balance. When the balance is of a later sequence than the newest entry, something was written
 * meanwhile and everything is read again. After three rounds the snapshot is returned as it is.
 */
public final class HttpMemberReader {
  private static final int PAGE = 200;
  private static final int ROUNDS = 3;

  private final Gateway gateway;

  /** Takes the gateway that is asked. */
  public HttpMemberReader(Gateway gateway) {
    this.gateway = gateway;
  }

  /**
   * Fails with an {@link points.load.http.UnexpectedAnswerException} when the gateway refuses or an
   * answer is not what the API promises.
   */
  public Future<MemberSnapshot> read(String memberId) {
    return round(memberId, 1);
  }

  private Future<MemberSnapshot> round(String memberId, int round) {
    String member = "/v1/members/" + memberId;
    return all(member + "/entries", json -> HttpEntryJson.entry(memberId, json))
        .compose(
            entries ->
                all(member + "/lots", HttpEntryJson::lot)
                    .compose(lots -> balance(memberId, entries, lots)))
        .compose(
            snapshot ->
                isConsistent(snapshot) || round == ROUNDS
                    ? Future.succeededFuture(snapshot)
                    : round(memberId, round + 1));
  }

  private static boolean isConsistent(MemberSnapshot member) {
    List<Entry> entries = member.entries();
    long newest = entries.isEmpty() ? 0 : entries.get(entries.size() - 1).sequence();
    return newest == member.state().sequence();
  }

  private Future<MemberSnapshot> balance(String memberId, List<Entry> newestFirst, List<Lot> lots) {
    List<Entry> entries = new ArrayList<>(newestFirst);
    Collections.reverse(entries);
    return gateway
        .get("/v1/members/" + memberId + "/balance")
        .map(
            answer -> {
              Fields balance = new Fields(answer.required());
              return new MemberSnapshot(
                  state(memberId, balance, lots), entries, balance.instant("asOf"));
            });
  }

  private static MemberState state(String memberId, Fields balance, List<Lot> lots) {
    MemberState.Others others =
        new MemberState.Others(
            balance.optionalInteger("held").orElse(0L),
            balance.optionalInteger("pending").orElse(0L),
            balance.optionalInteger("debt").orElse(0L),
            0,
            new TreeMap<>(),
            List.of(),
            MemberState.Status.ACTIVE,
            null);
    return new MemberState(
        memberId,
        balance.integer("sequence"),
        balance.integer("available"),
        balance.integer("lifetimeEarned"),
        balance.optionalInteger("lifetimeSpent").orElse(0L),
        lots,
        others);
  }

  private <T> Future<List<T>> all(String path, Function<Fields, T> read) {
    return page(path, Optional.empty(), read, new ArrayList<>());
  }

  private <T> Future<List<T>> page(
      String path, Optional<String> cursor, Function<Fields, T> read, List<T> soFar) {
    String after =
        cursor.map(it -> "&cursor=" + URLEncoder.encode(it, StandardCharsets.UTF_8)).orElse("");
    return gateway
        .get(path + "?limit=" + PAGE + after)
        .compose(
            answer -> {
              Fields page = new Fields(answer.required());
              page.list("items").stream().map(read).forEach(soFar::add);
              return page.flag("hasMore")
                  ? page(path, Optional.of(page.text("nextCursor")), read, soFar)
                  : Future.succeededFuture(soFar);
            });
  }
}
