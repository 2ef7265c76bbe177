package points.load.account;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import points.load.http.Fields;
import points.load.http.Gateway;

/**
 * Reads a member's whole books: all pages of entries, all pages of lots, and last the balance. When
 * the balance is of a later sequence than the newest entry, something was written in between (an
 * expiry, or another client), and everything is read again; after three times it is handed over as
 * it is.
 */
public final class AccountReader {
  private static final int PAGE = 200;
  private static final int ROUNDS = 3;

  private final Gateway gateway;

  /**
   * @param gateway where the books are
   */
  public AccountReader(Gateway gateway) {
    this.gateway = gateway;
  }

  /**
   * Fails with an {@link points.load.http.UnexpectedAnswerException} when the gateway refuses or an
   * answer is not what the API promises.
   */
  public Future<Account> read(String memberId) {
    return round(memberId, 1);
  }

  private Future<Account> round(String memberId, int round) {
    String member = "/v1/members/" + memberId;
    return all(member + "/entries", Entry::read)
        .compose(
            entries ->
                all(member + "/lots", Lot::read)
                    .compose(
                        lots ->
                            balance(member)
                                .map(balance -> new Account(memberId, entries, lots, balance))))
        .compose(
            account ->
                settled(account) || round == ROUNDS
                    ? Future.succeededFuture(account)
                    : round(memberId, round + 1));
  }

  private static boolean settled(Account account) {
    long newest = account.entries().isEmpty() ? 0 : account.entries().get(0).sequence();
    return newest == account.balance().sequence();
  }

  private Future<Balance> balance(String member) {
    return gateway
        .get(member + "/balance")
        .map(answer -> Balance.read(new Fields(answer.required())));
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
              JsonObject body = answer.required();
              Fields page = new Fields(body);
              page.list("items").stream().map(read).forEach(soFar::add);
              return page.flag("hasMore")
                  ? page(path, Optional.of(page.text("nextCursor")), read, soFar)
                  : Future.succeededFuture(soFar);
            });
  }
}
