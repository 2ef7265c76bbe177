package points.ledger.store;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import points.ledger.command.Command;
import points.ledger.model.Actor;
import points.ledger.model.EarnedLine;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.model.Request;
import points.ledger.store.Column.Taken;
import points.ledger.store.json.AwardedJson;
import points.ledger.store.json.ExtraJson;
import points.ledger.store.json.LinesJson;

/**
 * The columns of {@code entry}, each declared once. A new one is a line here and a migration; the
 * text and the parameters of {@link BatchStatement} follow.
 */
final class EntryColumns {

  /**
   * A row: an entry, or a refused command.
   *
   * <p>A refused command has keys to be looked for but no sequence, and so is not appended.
   *
   * @param memberNo the place of the member in its batch, from 1
   * @param commandNo the place of the command in its batch, from 0
   * @param entry null of a refused command
   */
  record EntryRow(
      int memberNo,
      int commandNo,
      MemberKey member,
      Entry.Kind kind,
      @Nullable Request request,
      Origin origin,
      String part,
      @Nullable Entry entry) {

    EntryRow(int memberNo, int commandNo, Entry entry) {
      this(
          memberNo,
          commandNo,
          entry.member(),
          entry.kind(),
          entry.request(),
          entry.origin(),
          entry.part(),
          entry);
    }

    EntryRow(int memberNo, int commandNo, Command refused) {
      this(
          memberNo,
          commandNo,
          refused.member(),
          refused.kind(),
          refused.request(),
          refused.origin(),
          refused.part(),
          null);
    }
  }

  static final Columns<EntryRow> ALL =
      new Columns<>("entry", it -> it.entry() == null ? List.of() : it.entry().lots());

  static final Column<EntryRow, String> PROGRAM_ID =
      ALL.key("program_id", it -> it.member().programId());
  static final Column<EntryRow, String> MEMBER_ID =
      ALL.key("member_id", it -> it.member().memberId());

  static final Column<EntryRow, Long> SEQUENCE = ALL.int8("sequence", of(Entry::sequence));
  static final Column<EntryRow, String> KIND = ALL.text("kind", it -> it.kind().name());
  static final Column<EntryRow, Long> POINTS = ALL.int8("points", of(Entry::points));
  static final Column<EntryRow, Long> BALANCE = ALL.int8("balance", of(Entry::balance));
  static final Column<EntryRow, String> STORE_ID =
      ALL.text("store_id", it -> it.origin().storeId());
  static final Column<EntryRow, String> TERMINAL_ID =
      ALL.text("terminal_id", it -> it.origin().terminalId());
  static final Column<EntryRow, String> ORDER_ID =
      ALL.text("order_id", it -> it.origin().orderId());
  static final Column<EntryRow, Long> AMOUNT = ALL.int8("amount", of(Entry::amount));
  static final Column<EntryRow, List<EarnedLine>> LINES =
      ALL.json(
          "lines", of(it -> LinesJson.write(it.lines())), it -> LinesJson.read((JsonArray) it));

  /**
   * The operator; without one the member, for nodes of the release before {@link #ON_BEHALF_OF},
   * which look for it here.
   */
  static final Column<EntryRow, String> OPERATOR =
      ALL.text("operator", it -> it.origin().askedBy());

  static final Column<EntryRow, String> ON_BEHALF_OF =
      ALL.text("on_behalf_of", it -> it.origin().onBehalfOf());
  static final Column<EntryRow, String> REASON = ALL.text("reason", it -> it.origin().reason());
  static final Column<EntryRow, Instant> OCCURRED_AT =
      ALL.time("occurred_at", of(Entry::occurredAt));
  static final Column<EntryRow, Instant> RECORDED_AT =
      ALL.time("recorded_at", of(Entry::recordedAt));
  static final Column<EntryRow, String> IDEMPOTENCY_KEY =
      ALL.text("idempotency_key", it -> it.request() == null ? null : it.request().key());
  static final Column<EntryRow, UUID> FINGERPRINT =
      ALL.uuid("fingerprint", it -> it.request() == null ? null : it.request().fingerprint());
  static final Column<EntryRow, Long> REFERS_TO = ALL.int8("refers_to", of(Entry::refersTo));
  static final Column<EntryRow, JsonObject> EXTRA =
      ALL.json("extra", of(it -> text(ExtraJson.of(it))), it -> (JsonObject) it);

  static final Column<EntryRow, String> AWARDED =
      ALL.text("awarded", of(it -> AwardedJson.write(it.awarded())));

  static final Column<EntryRow, String> CHANNEL =
      ALL.text(
          "channel", it -> it.origin().channel() == null ? null : it.origin().channel().name());
  static final Column<EntryRow, String> CASHIER_ID =
      ALL.text("cashier_id", it -> it.origin().cashierId());

  static final Column<EntryRow, String> ACTOR = ALL.text("actor", ofActor(Actor::reference));
  static final Column<EntryRow, String> ADDRESS = ALL.text("address", ofActor(Actor::address));
  static final Column<EntryRow, String> REQUEST_ID =
      ALL.text("request_id", ofActor(Actor::requestId));

  static {
    ALL.text("part", EntryRow::part); // an entry knows it from what else it says
    ALL.number("member_no", EntryRow::memberNo);
    ALL.number("command_no", EntryRow::commandNo);
  }

  private EntryColumns() {}

  /** Returns the value of a column that a refused command leaves null. */
  private static <T> Taken<EntryRow, T> of(Taken<Entry, T> value) {
    return it -> it.entry() == null ? null : value.of(it.entry());
  }

  private static <T> Taken<EntryRow, T> ofActor(Taken<Actor, T> value) {
    return it -> it.origin().actor() == null ? null : value.of(it.origin().actor());
  }

  private static @Nullable String text(@Nullable JsonObject json) {
    return json == null ? null : json.encode();
  }
}
