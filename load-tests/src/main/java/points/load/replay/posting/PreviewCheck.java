package points.load.replay.posting;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import points.load.http.Answer;
import points.load.http.Fields;
import points.load.http.Gateway;
import points.load.http.Registration;
import points.load.model.Lot;
import points.load.replay.program.Program;
import points.load.replay.receipt.Receipt;

/**
 * Checks before the first posting that receipts fit the program. An order earns by the rules of its
 * day, and the contract shows only those of today; so a receipt of each day is previewed, which
 * writes nothing, and held against what the replay expects of it.
 */
public final class PreviewCheck {
  /** A receipt of so many days at most, evenly spread over those that there are. */
  static final int PREVIEWS_MAX = 200;

  /** Nobody's: a member without a past, whose preview shows the rules and nothing else. */
  private static final String NOBODY = "replay-preview";

  private static final int OLD_SHARE = 2; // half of the receipts

  private final Gateway gateway;
  private final Registration registration;
  private final Program program;
  private final List<Receipt> receipts;

  public PreviewCheck(
      Gateway gateway, Registration registration, Program program, List<Receipt> receipts) {
    this.gateway = gateway;
    this.registration = registration;
    this.program = program;
    this.receipts = receipts;
  }

  /** Returns the reason why they do not fit; empty when they do. */
  public Future<Optional<String>> mismatch() {
    return receipts.isEmpty()
        ? Future.succeededFuture(Optional.empty())
        : previews().map(found -> found.or(this::tooOld));
  }

  /** Points that are gone when they arrive leave balances of 0, which prove nothing. */
  private Optional<String> tooOld() {
    Instant now = Instant.now();
    long old = receipts.stream().filter(it -> !Lot.openAt(program.expiryOf(it), now)).count();
    return old <= receipts.size() / OLD_SHARE
        ? Optional.empty()
        : Optional.of(
            "%,d of %,d receipts are older than the program's validity: their points are gone when they arrive"
                .formatted(old, receipts.size()));
  }

  private Future<Optional<String>> previews() {
    List<Receipt> sample = sample();
    return aStore(sample.get(0))
        .compose(store -> aMember(sample.get(0)).compose(member -> next(sample, 0, store, member)));
  }

  private Future<Optional<String>> next(
      List<Receipt> sample, int index, String store, String member) {
    if (index == sample.size()) {
      return Future.succeededFuture(Optional.empty());
    }
    Receipt receipt = sample.get(index);
    JsonObject body = AccrualPoster.body(receipt).put("storeId", store).put("memberId", member);
    return gateway
        .ask("/v1/accruals/preview", body)
        .compose(
            answer -> {
              Optional<String> wrong = wrong(receipt, answer);
              return wrong.isPresent()
                  ? Future.succeededFuture(wrong)
                  : next(sample, index + 1, store, member);
            });
  }

  private Optional<String> wrong(Receipt receipt, Answer answer) {
    long points = program.pointsFor(receipt);
    Optional<Instant> expiry = program.expiryOf(receipt);
    String expected = points + " points " + until(expiry);
    if (!answer.done()) {
      return Optional.of(
          "the receipt %s would be refused: %s".formatted(receipt.receiptId(), answer));
    }
    Fields preview = new Fields(answer.body());
    List<Lot> lots =
        preview.optionalList("lots").stream()
            .map(lot -> new Lot(lot.optionalInstant("expiresAt"), lot.integer("points")))
            .toList();
    boolean gone = !Lot.openAt(expiry, Instant.now());
    boolean same =
        preview.integer("points") == points
            && (lots.equals(List.of(new Lot(expiry, points)))
                || (lots.isEmpty() && (points == 0 || gone)));
    if (same) {
      return Optional.empty();
    }
    String found =
        preview.integer("points")
            + " points "
            + (lots.isEmpty()
                ? "in no lot"
                : until(preview.list("lots").get(0).optionalInstant("expiresAt")));
    return Optional.of(
        "the receipt %s of %s would earn %s, and by the rules that the program shows %s"
            .formatted(receipt.receiptId(), receipt.soldAt().toLocalDate(), found, expected));
  }

  private static String until(Optional<Instant> expiry) {
    return expiry.map(end -> "until " + end).orElse("for ever");
  }

  /** The largest of each day: what rounding hides in a small one shows there. */
  private List<Receipt> sample() {
    Map<LocalDate, Receipt> byDay = new TreeMap<>();
    receipts.forEach(
        receipt ->
            byDay.merge(
                receipt.soldAt().toLocalDate(),
                receipt,
                (one, other) -> one.amount() >= other.amount() ? one : other));
    List<Receipt> days = new ArrayList<>(byDay.values());
    int wanted = Math.min(PREVIEWS_MAX, days.size());
    List<Receipt> sample = new ArrayList<>(wanted);
    for (int i = 0; i < wanted; i++) {
      sample.add(days.get((int) ((long) i * (days.size() - 1) / Math.max(1, wanted - 1))));
    }
    return sample;
  }

  /** One that the program has; else the first receipt's is made. */
  private Future<String> aStore(Receipt receipt) {
    return gateway
        .get("/v1/stores?limit=1")
        .compose(
            answer -> {
              List<Fields> stores = new Fields(answer.required()).list("items");
              return stores.isEmpty()
                  ? registration.store(receipt.storeId()).map(made -> receipt.storeId())
                  : Future.succeededFuture(stores.get(0).text("storeId"));
            });
  }

  /**
   * Returns an enrolled member. Where an order does not enrol, the first receipt's is enrolled, as
   * it would be anyhow.
   */
  private Future<String> aMember(Receipt receipt) {
    return program.autoEnrol()
        ? Future.succeededFuture(NOBODY)
        : registration.member(receipt.memberId()).map(made -> receipt.memberId());
  }
}
