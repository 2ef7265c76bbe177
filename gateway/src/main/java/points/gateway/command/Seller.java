package points.gateway.command;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import points.ledger.form.Formats;
import points.ledger.form.JsonFields;
import points.ledger.model.Origin;
import points.ledger.model.Origin.Channel;

/** The way and the person by which an order was sold, as tills send them. Both are optional. */
record Seller(@Nullable Channel channel, @Nullable String cashierId) {

  private static final Map<String, Channel> CHANNELS =
      Arrays.stream(Channel.values())
          .collect(Collectors.toMap(Formats::label, Function.identity()));

  static Seller of(JsonFields body) {
    return new Seller(
        body.has("channel") ? body.oneOf("channel", CHANNELS) : null, body.optionalId("cashierId"));
  }

  /** Returns the origin with this seller. */
  Origin of(Origin origin) {
    return origin.soldBy(channel, cashierId);
  }

  /** Returns this seller; where it says nothing, that of the entry that the call goes on with. */
  Seller orOf(Origin earlier) {
    return new Seller(
        channel == null ? earlier.channel() : channel,
        cashierId == null ? earlier.cashierId() : cashierId);
  }
}
