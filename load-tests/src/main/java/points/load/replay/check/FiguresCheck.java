package points.load.replay.check;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import points.load.http.Fields;
import points.load.http.Gateway;
import points.load.http.UnexpectedAnswerException;
import points.load.replay.program.Program;
import points.load.replay.receipt.Receipt;

/**
 * Holds the figures of the gateway against the receipts, store by store.
 *
 * <p>The sums are made from the receipts alone. Figures follow the ledger within seconds, so they
 * are read until they agree or say that everything is in them, for a minute at most. They agree
 * only in a program to which nobody else posts.
 */
public final class FiguresCheck {
  /** The most days that the gateway adds up. */
  private static final int DAYS_MAX = 366;

  /** Stores of a page: as many as the gateway gives. */
  private static final int PAGE = 200;

  private static final Duration READ_EVERY = Duration.ofMillis(500);
  private static final int READS_MAX = 120;

  /** More than the clocks of this machine and the gateway's differ. */
  private static final Duration CLOCK_DRIFT_MAX = Duration.ofSeconds(5);

  private final Gateway gateway;
  private final Program program;

  public FiguresCheck(Gateway gateway, Program program) {
    this.gateway = gateway;
    this.program = program;
  }

  /** The sums of a store. Members are served once a day. */
  private static final class Sums {
    long orders;
    long turnover;
    long pointsEarned;
    final Set<List<Object>> served = new HashSet<>();

    String text() {
      return FiguresCheck.text(orders, turnover, pointsEarned, served.size());
    }
  }

  /**
   * Returns the differences, a line for each store.
   *
   * @param receipts all that were posted and not refused
   * @param today the business day on which they were posted
   * @throws UnexpectedAnswerException when the receipts are older than figures go back
   */
  public Future<List<String>> differences(List<Receipt> receipts, LocalDate today) {
    LocalDate from = receipts.stream().map(this::day).min(LocalDate::compareTo).orElse(today);
    if (from.plusDays(DAYS_MAX).compareTo(today) <= 0) {
      throw new UnexpectedAnswerException(
          "--figures: receipts are older than a year; move them to today by --today");
    }
    String path = "/v1/figures?by=store&limit=" + PAGE + "&from=" + from + "&to=" + today;
    return read(path, sums(receipts), Instant.now().plus(CLOCK_DRIFT_MAX), 1);
  }

  private Future<List<String>> read(
      String path, Map<String, String> expected, Instant complete, int reads) {
    return page(path, "", new TreeMap<>())
        .compose(
            shown -> {
              List<String> found = differences(expected, shown.stores());
              boolean hasAll = shown.asOf().isAfter(complete);
              return found.isEmpty() || hasAll || reads == READS_MAX
                  ? Future.succeededFuture(found)
                  : gateway
                      .pause(READ_EVERY)
                      .compose(later -> read(path, expected, complete, reads + 1));
            });
  }

  /**
   * The sums that the gateway shows, by store.
   *
   * @param asOf everything until then is in it
   */
  private record Shown(Instant asOf, Map<String, String> stores) {}

  /** Reads a page and those after it. The first one of them is the oldest. */
  private Future<Shown> page(String path, String cursor, Map<String, String> before) {
    return gateway
        .get(path + cursor)
        .compose(
            answer -> {
              Fields report = new Fields(answer.required());
              Map<String, String> stores = new TreeMap<>(before);
              stores.putAll(shown(report));
              Instant asOf = report.instant("asOf");
              return report.flag("hasMore")
                  ? page(path, "&cursor=" + report.text("nextCursor"), stores)
                      .map(rest -> new Shown(asOf, rest.stores()))
                  : Future.succeededFuture(new Shown(asOf, stores));
            });
  }

  private static List<String> differences(Map<String, String> expected, Map<String, String> shown) {
    Set<String> stores = new TreeSet<>(expected.keySet());
    stores.addAll(shown.keySet());
    String nothing = text(0, 0, 0, 0);
    List<String> found = new ArrayList<>();
    for (String store : stores) {
      String want = expected.getOrDefault(store, nothing);
      String have = shown.getOrDefault(store, nothing);
      if (!want.equals(have)) {
        found.add("store " + store + ": shows " + have + " instead of " + want);
      }
    }
    return found;
  }

  private static Map<String, String> shown(Fields report) {
    Map<String, String> shown = new TreeMap<>();
    for (Fields item : report.list("items")) {
      shown.put(
          item.optionalText("storeId").orElse(""),
          text(
              item.integer("orders"),
              item.integer("turnover"),
              item.integer("pointsEarned"),
              item.integer("membersServed")));
    }
    return shown;
  }

  private Map<String, String> sums(List<Receipt> receipts) {
    Map<String, Sums> byStore = new TreeMap<>();
    for (Receipt receipt : receipts) {
      Sums sums = byStore.computeIfAbsent(receipt.storeId(), first -> new Sums());
      sums.orders++;
      sums.turnover += receipt.amount();
      sums.pointsEarned += program.pointsFor(receipt);
      sums.served.add(List.of(receipt.memberId(), day(receipt)));
    }
    Map<String, String> texts = new TreeMap<>();
    byStore.forEach((store, sums) -> texts.put(store, sums.text()));
    return texts;
  }

  private LocalDate day(Receipt receipt) {
    return LocalDate.ofInstant(receipt.soldAt().toInstant(), program.zone());
  }

  private static String text(long orders, long turnover, long pointsEarned, long membersServed) {
    return "%d orders, turnover %d, %d points earned, %d members served"
        .formatted(orders, turnover, pointsEarned, membersServed);
  }
}
