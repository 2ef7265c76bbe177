package points.ledger.store.json;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Lot;
import points.ledger.model.Detail;
import points.ledger.model.Detail.Refunded.Basis;
import points.ledger.model.Detail.RefundedBy;
import points.ledger.model.Entry;
import points.ledger.model.LapsedLot;
import points.ledger.model.OrderPart;
import points.ledger.model.RefundShare;

/** The further fields of entries of some kinds, as JSON; the entry's kind determines the form. */
public final class DetailJson {

  private DetailJson() {}

  static JsonObject write(Detail detail) {
    if (detail instanceof Detail.SetAside it) {
      return new JsonObject().put("endsAt", text(it.endsAt()));
    } else if (detail instanceof Detail.Uncovered it) {
      var json = new JsonObject().put("endsAt", text(it.endsAt()));
      json.put("points", it.points()).put("storedValue", it.storedValue()).put("debt", it.debt());
      return it.claim() == 0 ? json : json.put("claim", it.claim());
    } else if (detail instanceof Detail.Captured it) {
      return new JsonObject()
          .put("points", it.points())
          .put("storedValue", it.storedValue())
          .put("released", it.released())
          .put("expired", it.expired());
    } else if (detail instanceof Detail.Refunded it) {
      var json =
          new JsonObject()
              .put("refundId", it.refundId())
              .put("takenBack", ExtraJson.numbers(it.takenBack()))
              .put("givenBack", ExtraJson.numbers(it.givenBack()))
              .put("expired", it.expired())
              .put("debt", it.debt())
              .put("shortfall", it.shortfall())
              .put("charge", it.charge())
              .put("whole", it.whole());
      if (it.storeId() != null) {
        json.put("storeId", it.storeId());
      }
      if (it.basis() != null) {
        json.put("basis", basis(it.basis()));
      }
      return lapsedLots(json, it);
    } else if (detail instanceof Detail.Reversed it) {
      var json =
          new JsonObject()
              .put("earned", it.earned())
              .put("spent", it.spent())
              .put("expired", it.expired())
              .put("debt", it.debt());
      if (!it.lapsed().isEmpty()) {
        json.put("lapsed", ExtraJson.numbers(it.lapsed()));
      }
      if (it.ofMerged() != null) {
        json.put("ofMerged", it.ofMerged());
      }
      return lapsedLots(json, it);
    } else if (detail instanceof Detail.ToppedUp it) {
      return new JsonObject().put("bonus", it.bonus());
    } else if (detail instanceof Detail.MovedSale it) {
      var json =
          new JsonObject()
              .put("memberId", it.memberId())
              .put("of", it.of())
              .put("earned", it.earned())
              .put("spent", it.spent())
              .put("endsAt", text(it.endsAt()));
      return lapsedLots(json, it);
    } else if (detail instanceof Detail.Counterpart it) {
      var json =
          new JsonObject()
              .put("memberId", it.memberId())
              .put("sequence", it.sequence())
              .put("earned", it.earned())
              .put("spent", it.spent())
              .put("pending", it.pending())
              .put("endsAt", text(it.endsAt()));
      return it.orderId() == null
          ? json
          : json.put("storeId", it.storeId()).put("orderId", it.orderId());
    }
    throw new IllegalStateException("a detail that cannot be kept: " + detail);
  }

  /** The detail of an entry of this kind; null when there is none. */
  public static @Nullable Detail read(Entry.Kind kind, @Nullable JsonObject extra) {
    JsonObject json = extra == null ? null : extra.getJsonObject("detail");
    if (json == null) {
      return null;
    }
    return switch (kind) {
      case HOLD -> new Detail.SetAside(time(json.getString("endsAt")));
      case ACCRUAL -> sale(json);
      case CAPTURE ->
          new Detail.Captured(
              json.getLong("points"),
              json.getLong("storedValue"),
              json.getLong("released"),
              json.getLong("expired"));
      case REFUND ->
          new Detail.Refunded(
              json.getString("refundId"),
              ExtraJson.numbers(json.getJsonObject("takenBack")),
              ExtraJson.numbers(json.getJsonObject("givenBack")),
              json.getLong("expired"),
              json.getLong("debt"),
              json.getLong("shortfall"),
              json.getLong("charge"),
              json.getBoolean("whole"),
              basis(json.getJsonObject("basis"), lapsedLots(json)),
              json.getString("storeId"));
      case REVERSAL ->
          new Detail.Reversed(
              json.getLong("earned"),
              json.getLong("spent"),
              json.getLong("expired"),
              json.getLong("debt"),
              ExtraJson.numbers(json.getJsonObject("lapsed", new JsonObject())),
              json.getString("ofMerged"),
              lapsedLots(json));
      case TOP_UP -> new Detail.ToppedUp(json.getLong("bonus"));
      case TRANSFER_OUT, TRANSFER_IN, TRANSFER_RETURN, MERGE_OUT, MERGE_IN -> counterpart(json);
      case MOVE_OUT, MOVE_IN, MOVE_RETURN -> movedSale(json);
      default -> throw new IllegalArgumentException("a detail of " + kind + ": " + json);
    };
  }

  private static JsonObject basis(Basis basis) {
    var json =
        new JsonObject()
            .put("orderPart", basis.orderPart().name())
            .put("by", basis.by().name())
            .put("unnamed", basis.unnamed())
            .put("expired", ExtraJson.numbers(basis.expired()))
            .put("lapsed", ExtraJson.numbers(basis.lapsed()))
            .put("owed", ExtraJson.numbers(basis.owed()));
    if (!basis.others().isEmpty()) {
      var others = new JsonArray();
      basis.others().forEach(it -> others.add(share(it)));
      json.put("others", others);
    }
    return basis.shareOf() == null ? json : json.put("shareOf", basis.shareOf());
  }

  private static JsonObject lapsedLots(JsonObject json, Detail detail) {
    if (detail.lapsedLots().isEmpty()) {
      return json;
    }
    var lots = new JsonArray();
    for (LapsedLot it : detail.lapsedLots()) {
      var one =
          new JsonArray()
              .add(it.account())
              .add(it.lot().expiresAt().toString())
              .add(it.lot().points());
      lots.add(it.of() == null ? one : one.add(it.of()));
    }
    return json.put("lapsedLots", lots);
  }

  private static List<LapsedLot> lapsedLots(JsonObject json) {
    var lots = new ArrayList<LapsedLot>(0);
    for (Object one : json.getJsonArray("lapsedLots", new JsonArray())) {
      var it = (JsonArray) one;
      var lot = new Lot(Instant.parse(it.getString(1)), it.getLong(2));
      lots.add(new LapsedLot(it.getString(0), lot, it.size() > 3 ? it.getString(3) : null));
    }
    return List.copyOf(lots);
  }

  private static JsonObject share(RefundShare share) {
    return new JsonObject()
        .put("memberId", share.memberId())
        .put("takenBack", ExtraJson.numbers(share.takenBack()))
        .put("givenBack", ExtraJson.numbers(share.givenBack()));
  }

  private static RefundShare share(JsonObject json) {
    return new RefundShare(
        json.getString("memberId"),
        ExtraJson.numbers(json.getJsonObject("takenBack")),
        ExtraJson.numbers(json.getJsonObject("givenBack")));
  }

  private static List<RefundShare> shares(@Nullable JsonArray array) {
    return array == null ? List.of() : array.stream().map(it -> share((JsonObject) it)).toList();
  }

  /** Entries of earlier versions have none. */
  private static @Nullable Basis basis(@Nullable JsonObject json, List<LapsedLot> lapsedLots) {
    return json == null
        ? null
        : new Basis(
            OrderPart.valueOf(json.getString("orderPart")),
            RefundedBy.valueOf(json.getString("by")),
            json.getLong("unnamed"),
            ExtraJson.numbers(json.getJsonObject("expired")),
            ExtraJson.numbers(json.getJsonObject("lapsed")),
            ExtraJson.numbers(json.getJsonObject("owed")),
            shares(json.getJsonArray("others")),
            json.getString("shareOf"),
            lapsedLots);
  }

  private static Detail sale(JsonObject json) {
    Instant endsAt = time(json.getString("endsAt"));
    return json.containsKey("debt")
        ? new Detail.Uncovered(
            endsAt,
            json.getLong("points"),
            json.getLong("storedValue"),
            json.getLong("debt"),
            json.getLong("claim", 0L))
        : new Detail.SetAside(endsAt);
  }

  private static Detail.MovedSale movedSale(JsonObject json) {
    return new Detail.MovedSale(
        json.getString("memberId"),
        json.getString("of"),
        json.getLong("earned"),
        json.getLong("spent"),
        time(json.getString("endsAt")),
        lapsedLots(json));
  }

  private static Detail.Counterpart counterpart(JsonObject json) {
    return new Detail.Counterpart(
        json.getString("memberId"),
        json.getLong("sequence"),
        json.getLong("earned"),
        json.getLong("spent"),
        json.getBoolean("pending"),
        time(json.getString("endsAt")),
        json.getString("storeId"),
        json.getString("orderId"));
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }

  private static @Nullable Instant time(@Nullable String text) {
    return text == null ? null : Instant.parse(text);
  }
}
