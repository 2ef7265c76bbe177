package points.gateway.json;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongBiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Accounts;
import points.ledger.account.Lot;
import points.ledger.account.Movement;
import points.ledger.account.Movement.Place;
import points.ledger.form.Formats;
import points.ledger.model.Detail;
import points.ledger.model.Entry;
import points.ledger.model.RefundShare;

/**
 * The fields of an answer that only few kinds of entries have. Nothing is added to an answer where
 * there is nothing to say, so that plain entries make the bytes that they always made.
 */
final class EntryDetailJson {

  private EntryDetailJson() {}

  /** Returns the account of an entry that is about one account only. */
  static String account(Entry entry) {
    return entry.balances().isEmpty() ? Accounts.POINTS : entry.balances().firstKey();
  }

  /** Returns the points that are available in an account after an entry that touched it. */
  static long balance(Entry entry, String account) {
    return account.equals(Accounts.POINTS)
        ? entry.balance()
        : Objects.requireNonNull(entry.balances().get(account));
  }

  /**
   * Returns the points that are available in an account after all entries of one call.
   *
   * <p>Points that came in when they had expired already are removed by an entry of their own.
   */
  static long left(Entry entry, String account) {
    return balance(entry, account) - entry.expiredOnArrival(account);
  }

  /** Returns the available lots of an account that an entry touched. */
  static List<Lot> lots(Entry entry, String account) {
    return inPlace(entry, account, Place.AVAILABLE).map(Movement::lot).toList();
  }

  /** Returns the available lots of an account into which points came. */
  static List<Lot> into(Entry entry, String account) {
    return lots(entry, account).stream().filter(lot -> lot.points() > 0).toList();
  }

  /** Returns the lots of an account that were set aside. */
  static List<Lot> into(Entry entry, String account, Place place) {
    return inPlace(entry, account, place)
        .map(Movement::lot)
        .filter(lot -> lot.points() > 0)
        .toList();
  }

  private static Stream<Movement> inPlace(Entry entry, String account, Place place) {
    return entry.movements().stream()
        .filter(it -> it.place() == place && it.account().equals(account));
  }

  /**
   * Adds how an order was paid, how much of its points is pending, and its changes of other
   * accounts.
   */
  static void ofSale(JsonObject json, Entry entry) {
    long storedValue = entry.spent(Accounts.STORED_VALUE);
    if (entry.paid() > 0 || storedValue > 0) {
      json.put(
          "paid", new JsonObject().put("points", entry.paid()).put("storedValue", storedValue));
    }
    if (entry.detail() instanceof Detail.Uncovered it) {
      json.put("uncovered", uncovered(it));
    }
    if (entry.isPending()) {
      json.put(
          "pending",
          new JsonObject()
              .put("points", entry.moved(Accounts.POINTS, Place.PENDING))
              .put("effectiveAt", text(endsAt(entry))));
    }
    putRepaid(json, entry, Accounts.POINTS);
    putExpired(json, entry);
    putAccounts(json, entry, EntryDetailJson::left);
    WhyJson.put(json, entry);
    WhyJson.putTier(json, entry);
  }

  /** Adds the share of the points that came in that paid a debt. */
  static void putRepaid(JsonObject json, Entry entry, String account) {
    long repaid = entry.repaid(account);
    if (repaid > 0) {
      json.put("debtRepaid", repaid);
    }
  }

  /** Adds the share of the points that came in that had expired by then. */
  static void putExpired(JsonObject json, Entry entry) {
    long expired = entry.expiredOnArrival(Accounts.POINTS);
    if (expired > 0) {
      json.put("expiredOnArrival", expired);
    }
  }

  /**
   * Adds the other accounts: how much more the member has of each by the entry, and the balance.
   *
   * @param balance the balance of an account, after the entry or after all that came of it
   */
  static void putAccounts(JsonObject json, Entry entry, ToLongBiFunction<Entry, String> balance) {
    if (!entry.balances().isEmpty()) {
      var accounts = new JsonArray();
      for (String account : entry.balances().keySet()) {
        accounts.add(account(entry, account, balance.applyAsLong(entry, account)));
      }
      json.put("accounts", accounts);
    }
  }

  private static JsonObject account(Entry entry, String account, long balance) {
    var json =
        new JsonObject()
            .put("currency", account)
            .put("points", entry.worth(account))
            .put("balance", balance);
    putMoved(json, entry, account);
    return json;
  }

  /** Adds the further fields that an entry has in a member's history. */
  static void ofEntry(JsonObject json, Entry entry) {
    WhyJson.put(json, entry);
    WhyJson.putTier(json, entry);
    putMoved(json, entry, Accounts.POINTS);
    putAccounts(json, entry, EntryDetailJson::balance);
    Formats.putUnlessNull(json, "refersTo", entry.refersToId());
    if (entry.detail() != null) {
      json.put("detail", detail(entry.detail()));
    }
  }

  private static void putMoved(JsonObject json, Entry entry, String account) {
    for (Place place : List.of(Place.HELD, Place.PENDING, Place.DEBT)) {
      long moved = entry.moved(account, place);
      if (moved != 0) {
        json.put(Formats.label(place), moved);
      }
    }
  }

  /**
   * Returns the time at which points set aside by an entry return by themselves; null when they do
   * not.
   */
  static @Nullable Instant endsAt(Entry entry) {
    return entry.detail() instanceof Detail.Counterpart ? null : entry.endsAt();
  }

  /**
   * Returns the part of an offline order's payment that was not there, and the party that bears it.
   */
  private static JsonObject uncovered(Detail.Uncovered it) {
    return new JsonObject()
        .put("points", it.points())
        .put("storedValue", it.storedValue())
        .put("debt", it.debt())
        .put("claim", it.claim());
  }

  private static JsonObject detail(Detail detail) {
    if (detail instanceof Detail.SetAside it) {
      return new JsonObject().put("endsAt", text(it.endsAt()));
    } else if (detail instanceof Detail.Uncovered it) {
      return new JsonObject().put("endsAt", text(it.endsAt())).put("uncovered", uncovered(it));
    } else if (detail instanceof Detail.Captured it) {
      return new JsonObject()
          .put("points", it.points())
          .put("storedValue", it.storedValue())
          .put("released", it.released())
          .put("expiredOnReturn", it.expired());
    } else if (detail instanceof Detail.ToppedUp it) {
      return new JsonObject().put("bonus", it.bonus());
    } else if (detail instanceof Detail.Refunded it) {
      return refunded(it);
    } else if (detail instanceof Detail.Reversed it) {
      var json = new JsonObject().put("expiredOnReturn", it.expired()).put("debt", it.debt());
      return it.lapsed().isEmpty() ? json : json.put("lapsed", numbers(it.lapsed()));
    } else if (detail instanceof Detail.MovedSale it) {
      return new JsonObject().put("memberId", it.memberId()).put("transactionId", it.of());
    } else if (detail instanceof Detail.Counterpart it) {
      var json = new JsonObject().put("memberId", it.memberId());
      if (it.sequence() != null) {
        json.put("transactionId", it.memberId() + "-" + it.sequence());
      }
      return json;
    }
    throw new IllegalStateException("a detail that cannot be shown: " + detail);
  }

  private static JsonObject refunded(Detail.Refunded it) {
    var json =
        new JsonObject()
            .put("refundId", it.refundId())
            .put("takenBack", numbers(it.takenBack()))
            .put("givenBack", numbers(it.givenBack()))
            .put("expiredOnReturn", it.expired())
            .put("debt", it.debt())
            .put("shortfall", it.shortfall())
            .put("charge", it.charge())
            .put("whole", it.whole());
    Formats.putUnlessNull(json, "refundStoreId", it.storeId());
    if (it.basis() != null) {
      json.put("orderPart", RefundJson.label(it.basis().orderPart()))
          .put("expired", numbers(it.basis().expired()))
          .put("lapsed", numbers(it.basis().lapsed()))
          .put("owed", numbers(it.basis().owed()));
    }
    if (!it.others().isEmpty()) {
      json.put("others", shares(it.others()));
    }
    Formats.putUnlessNull(json, "shareOf", it.shareOf());
    return json;
  }

  /** Returns the shares of other members that took part in an order. */
  static JsonArray shares(List<RefundShare> shares) {
    var array = new JsonArray();
    for (RefundShare it : shares) {
      array.add(
          new JsonObject()
              .put("memberId", it.memberId())
              .put("takenBack", numbers(it.takenBack()))
              .put("givenBack", numbers(it.givenBack())));
    }
    return array;
  }

  /** Lists amounts by account, so that the names of currencies are values and not fields. */
  private static JsonArray numbers(Map<String, Long> byAccount) {
    var array = new JsonArray();
    byAccount.forEach(
        (account, points) ->
            array.add(new JsonObject().put("currency", account).put("points", points)));
    return array;
  }

  static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }
}
