package points.ledger.refund;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import points.ledger.model.Actor;
import points.ledger.model.Origin;
import points.ledger.model.Origin.Channel;

/** The columns of {@code parked_refund} that say by which way and by which caller it came. */
final class SenderColumns {

  private SenderColumns() {}

  /** Adds the values of the columns, in the order in which {@code park_refund} takes them. */
  static void add(Tuple row, Origin origin) {
    Actor actor = origin.actor();
    row.addString(origin.channel() == null ? null : origin.channel().name())
        .addString(origin.cashierId())
        .addString(actor == null ? null : actor.reference())
        .addString(actor == null ? null : actor.address())
        .addString(actor == null ? null : actor.requestId());
  }

  /** Returns the origin with what the columns of a row say. */
  static Origin read(Row row, Origin origin) {
    String channel = row.getString("channel");
    return origin
        .soldBy(channel == null ? null : Channel.valueOf(channel), row.getString("cashier_id"))
        .sentBy(
            Actor.of(
                row.getString("actor"), row.getString("address"), row.getString("request_id")));
  }
}
