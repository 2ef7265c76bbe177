package points.ledger.lane;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import points.ledger.command.KeySpace;
import points.ledger.command.Outcome;
import points.ledger.command.Refusal;
import points.ledger.commit.CommittedEntries;
import points.ledger.commit.OrderKey;
import points.ledger.commit.RequestKey;
import points.ledger.model.Entry;
import points.ledger.model.Request;

/** First answers of commands that have an entry already. */
final class Replays {

  private final CommittedEntries entries;

  Replays(CommittedEntries entries) {
    this.entries = entries;
  }

  /** Outcomes by command, in their order; a command whose entry is not found is left out. */
  Future<Map<QueuedCommand, Outcome>> outcomes(List<QueuedCommand> commands) {
    List<RequestKey> requests = commands.stream().map(p -> p.request).toList();
    List<OrderKey> orders = commands.stream().map(p -> p.order).filter(Objects::nonNull).toList();
    return entries
        .ofRequests(requests)
        .compose(
            byRequest ->
                entries.ofOrders(orders).map(byOrder -> match(commands, byRequest, byOrder)));
  }

  private static Map<QueuedCommand, Outcome> match(
      List<QueuedCommand> commands, List<Entry> byRequest, List<Entry> byOrder) {
    var ofRequest = new HashMap<RequestKey, List<Entry>>();
    byRequest.forEach(
        it -> ofRequest.computeIfAbsent(sent(it), none -> new ArrayList<>(1)).add(it));
    var ofOrder = new HashMap<OrderKey, Entry>();
    byOrder.forEach(entry -> ofOrder.put(order(entry), entry));
    var outcomes = new LinkedHashMap<QueuedCommand, Outcome>();
    for (QueuedCommand queued : commands) {
      Outcome outcome =
          outcome(
              queued,
              ofRequest(queued, ofRequest.getOrDefault(sent(queued.request), List.of())),
              queued.order == null ? null : ofOrder.get(queued.order));
      if (outcome != null) {
        outcomes.put(queued, outcome);
      }
    }
    return outcomes;
  }

  private static @Nullable Outcome outcome(
      QueuedCommand queued, @Nullable Entry ofRequest, @Nullable Entry ofOrder) {
    if (ofRequest != null) {
      return isSame(queued, ofRequest)
          ? new Outcome.Replayed(ofRequest)
          : new Outcome.Refused(new Refusal.KeyReused());
    }
    if (ofOrder != null) {
      return isSame(queued, ofOrder)
          ? new Outcome.Replayed(ofOrder)
          : new Outcome.Refused(new Refusal.OrderAlreadyProcessed(ofOrder));
    }
    return null;
  }

  private static boolean isSame(QueuedCommand queued, Entry entry) {
    Request request = entry.request();
    return request != null && request.fingerprint().equals(queued.command.request().fingerprint());
  }

  private static @Nullable Entry ofRequest(QueuedCommand queued, List<Entry> found) {
    return queued.request.among(found, queued.command.request().fingerprint()).orElse(null);
  }

  private static RequestKey sent(Entry entry) {
    String key = Objects.requireNonNull(entry.request()).key();
    return sent(new RequestKey(entry.member().programId(), key));
  }

  /** The key as the caller sent it, without its key space. */
  private static RequestKey sent(RequestKey request) {
    return new RequestKey(request.programId(), KeySpace.sent(request.key()));
  }

  private static OrderKey order(Entry entry) {
    return new OrderKey(
        entry.member().programId(),
        Objects.requireNonNull(entry.origin().storeId()),
        Objects.requireNonNull(entry.origin().orderId()),
        entry.kind(),
        entry.part());
  }
}
