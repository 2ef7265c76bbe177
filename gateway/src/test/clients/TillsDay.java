import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.nio.file.Files;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.openapitools.client.ApiClient;
import org.openapitools.client.ApiException;
import org.openapitools.client.api.BatchesApi;
import org.openapitools.client.api.ChainSetUpApi;
import org.openapitools.client.api.EarningApi;
import org.openapitools.client.api.MembersApi;
import org.openapitools.client.api.SpendingApi;
import org.openapitools.client.api.TransactionsApi;
import org.openapitools.client.api.UndoingApi;
import org.openapitools.client.model.*;

/** A till's day with the generated Java client. Arguments: where the gateway is, an admin's key. */
public final class TillsDay {
  private static final String STORE = "java-1";
  private static final String MEMBER = "java-member";

  private final ObjectMapper json = ApiClient.createDefaultObjectMapper();
  private final ChainSetUpApi setUp;
  private final EarningApi earning;
  private final SpendingApi spending;
  private final UndoingApi undoing;
  private final MembersApi members;
  private final TransactionsApi transactions;
  private final BatchesApi batches;

  private TillsDay(ApiClient client) {
    setUp = new ChainSetUpApi(client);
    earning = new EarningApi(client);
    spending = new SpendingApi(client);
    undoing = new UndoingApi(client);
    members = new MembersApi(client);
    transactions = new TransactionsApi(client);
    batches = new BatchesApi(client);
  }

  public static void main(String[] arguments) throws Exception {
    var client = new ApiClient();
    client.updateBaseUri(arguments[0]);
    client.setRequestInterceptor(it -> it.header("Authorization", "Bearer " + arguments[1]));
    var day = new TillsDay(client);
    day.opens();
    day.sells();
    day.refuses();
    day.holdsAndCaptures();
    day.refunds();
    day.bringsWhatWasSoldOffline();
    day.looksBack();
    day.livesWithALaterGateway();
    System.out.println("a till's day in Java is over");
  }

  private void opens() throws ApiException {
    for (String id : List.of(STORE, "java-2")) {
      same(
          id,
          setUp
              .createStore(key(), new StoreRequest().storeId(id).name("Store"), null, null)
              .getStoreId());
    }
    var seen = new ArrayList<String>();
    String cursor = null;
    do {
      StorePage page = setUp.listStores(cursor, 1L, null, null);
      page.getItems().forEach(it -> seen.add(it.getStoreId()));
      cursor = page.getNextCursor();
      same(page.getHasMore(), cursor != null);
    } while (cursor != null);
    same(true, seen.containsAll(List.of(STORE, "java-2")));
    Object validity = setUp.getProgram(null, null).getValidity().getActualInstance();
    same("P12M", ((RollingValidity) validity).getPeriod());
  }

  private void sells() throws ApiException {
    Accrual first = earning.accrue(key(), order("java-1", 10_000), null, null);
    same(100L, first.getPoints());
    same(100L, first.getBalance());
    same(2, first.getLines().size());
    SoldLine sold = first.getLines().get(0);
    same("P1", sold.getProductId());
    same(1L, sold.getQuantity());
    same(6_000L, sold.getAmount());
    same(60L, sold.getPoints());
    same(true, first.getLots().get(0).getExpiresAt() != null);
    AccrualRequest paid = order("java-2", 2_000).pay(new Payable().points(10L));
    Accrual second = earning.accrue(key(), paid, null, null);
    same(10L, second.getPaid().getPoints());
    same(110L, second.getBalance());
  }

  private void refuses() throws Exception {
    DeductionRequest tooMany =
        new DeductionRequest().memberId(MEMBER).storeId(STORE).points(1_000L).reason("a bicycle");
    try {
      spending.deduct(key(), tooMany, null, null);
      throw new AssertionError("more was spent than there is");
    } catch (ApiException refused) {
      same(409, refused.getCode());
      Problem problem = json.readValue(refused.getResponseBody(), Problem.class);
      same("insufficient_points", problem.getCode());
      same(110L, problem.getAvailable());
      same(false, problem.getRetryable());
    }
  }

  private void holdsAndCaptures() throws ApiException {
    HoldRequest wanted =
        new HoldRequest().memberId(MEMBER).storeId(STORE).points(30L).orderId("java-3");
    Hold hold = spending.placeHold(key(), wanted, null, null);
    same(30L, hold.getPoints());
    same(80L, hold.getBalance());
    CaptureRequest part = new CaptureRequest().points(20L);
    Capture capture = spending.captureHold(hold.getHoldId(), key(), null, null, part);
    same(20L, capture.getPoints());
    same(10L, capture.getReleased());
    same("captured", spending.getHold(hold.getHoldId(), null, null).getStatus());
  }

  private void refunds() throws ApiException {
    RefundRequest line =
        new RefundRequest()
            .storeId(STORE)
            .orderId("java-1")
            .refundId("R1")
            .addLinesItem(new RefundLine().lineId("b"));
    Refund refund = (Refund) undoing.refund(key(), line, null, null).getActualInstance();
    same(40L, refund.getPointsTakenBack());
    same(false, refund.getWhole());
    RefundRequest early =
        new RefundRequest().storeId(STORE).orderId("java-9").refundId("R1").memberId(MEMBER);
    ParkedAnswer parked =
        (ParkedAnswer) undoing.refund(key(), early, null, null).getActualInstance();
    same("java-9", parked.getOrderId());
    same(true, undoing.listParkedRefunds(null, null, 200L, null, null).getItems().size() > 0);
  }

  private void bringsWhatWasSoldOffline() throws Exception {
    var lines = new StringBuilder();
    for (int i = 4; i <= 5; i++) {
      var line = json.valueToTree(order("java-" + i, 1_000));
      var call = json.createObjectNode().put("type", "accrual").put("key", key());
      call.setAll((com.fasterxml.jackson.databind.node.ObjectNode) line);
      lines.append(call).append('\n');
    }
    File answers = batches.submitBatch(lines.toString(), null, null);
    long number = 0;
    for (String line : Files.readAllLines(answers.toPath())) {
      BatchAnswer answer = json.readValue(line, BatchAnswer.class);
      same(++number, answer.getLine());
      same(201L, answer.getStatus());
    }
    same(2L, number);
  }

  private void looksBack() throws ApiException {
    var kinds = new ArrayList<String>();
    String cursor = null;
    do {
      EntryPage page = members.listEntries(MEMBER, null, null, null, cursor, 2L, null, null);
      page.getItems().forEach(it -> kinds.add(it.getKind()));
      cursor = page.getNextCursor();
    } while (cursor != null);
    Balance balance = members.getBalance(MEMBER, null, null);
    same(balance.getSequence(), (long) kinds.size());
    same(true, kinds.containsAll(List.of("accrual", "hold", "capture", "refund")));
    same(70L, balance.getAvailable());
    same(70L, balance.getNextExpiry().getPoints());
    TransactionPage found = transactions.findTransactions(STORE, "java-4", null, null);
    same(1, found.getItems().size());
    same(null, found.getNextCursor());
    same("active", members.getMember(MEMBER, null, null).getStatus());
  }

  /** Fields and values that are new some day do not stop a client of today. */
  private void livesWithALaterGateway() throws Exception {
    String later =
        """
        {"type":"urn:points:problem:new","title":"New","status":409,"detail":"New","code":"brand_new",
         "requestId":"r","retryable":false,"hint":{"of":"later"}}\
        """;
    same("brand_new", json.readValue(later, Problem.class).getCode());
  }

  private static AccrualRequest order(String orderId, long amount) {
    return new AccrualRequest()
        .memberId(MEMBER)
        .storeId(STORE)
        .orderId(orderId)
        .occurredAt(OffsetDateTime.now())
        .amount(amount)
        .addLinesItem(line("a", amount * 6 / 10))
        .addLinesItem(line("b", amount * 4 / 10));
  }

  private static OrderLine line(String id, long amount) {
    return new OrderLine().lineId(id).productId("P1").quantity(1L).amount(amount);
  }

  private static String key() {
    return UUID.randomUUID().toString();
  }

  private static void same(Object expected, Object found) {
    if (!Objects.equals(expected, found)) {
      throw new AssertionError("expected " + expected + ", found " + found);
    }
  }
}
