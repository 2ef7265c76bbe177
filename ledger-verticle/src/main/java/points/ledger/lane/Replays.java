package points.ledger.lane;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import points.ledger.domain.Entry;
import points.ledger.domain.KeySpace;
import points.ledger.domain.Outcome;
import points.ledger.domain.Refusal;
import points.ledger.domain.Request;
import points.ledger.store.CommittedEntries;
import points.ledger.store.OrderKey;
import points.ledger.store.RequestKey;

/** Answers commands that have an entry already: the first answer again, or why there is none. */
final class Replays {

  private final CommittedEntries entries;

  Replays(CommittedEntries entries) {
    this.entries = entries;
  }

  /**
   * What to tell a caller, by command and in their order; one whose entry is not found is not among
   * them.
   */
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
    for (QueuedCommand pending : commands) {
      Outcome outcome =
          outcome(
              pending,
              ofRequest(pending, ofRequest.getOrDefault(sent(pending.request), List.of())),
              pending.order == null ? null : ofOrder.get(pending.order));
      if (outcome != null) {
        outcomes.put(pending, outcome);
      }
    }
    return outcomes;
  }

  private static @Nullable Outcome outcome(
      QueuedCommand pending, @Nullable Entry ofRequest, @Nullable Entry ofOrder) {
    if (ofRequest != null) {
      return isSame(pending, ofRequest)
          ? new Outcome.Replayed(ofRequest)
          : new Outcome.Refused(new Refusal.KeyReused());
    }
    if (ofOrder != null) {
      return isSame(pending, ofOrder)
          ? new Outcome.Replayed(ofOrder)
          : new Outcome.Refused(new Refusal.OrderAlreadyProcessed(ofOrder));
    }
    return null;
  }

  private static boolean isSame(QueuedCommand pending, Entry entry) {
    Request request = entry.request();
    return request != null && request.fingerprint().equals(pending.command.request().fingerprint());
  }

  private static @Nullable Entry ofRequest(QueuedCommand pending, List<Entry> found) {
    return pending.request.among(found, pending.command.request().fingerprint()).orElse(null);
  }

  private static RequestKey sent(Entry entry) {
    String key = Objects.requireNonNull(entry.request()).key();
    return sent(new RequestKey(entry.member().programId(), key));
  }

  /** What all that may be of one request have in common. */
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
