package points.ledger.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import points.ledger.account.Lot;

/**
 * Instants and durations to the nanosecond: a number of seconds, or an array of seconds and
 * nanoseconds. The end of points that never expire is {@value #NEVER}.
 */
final class TimeCbor {

  private static final String NEVER = "never";
  private static final Duration UNTIL_NEVER = Duration.between(Instant.EPOCH, Lot.NEVER);

  private TimeCbor() {}

  static final class Writer<T> extends StdScalarSerializer<T> {

    private static final long serialVersionUID = 1;

    private final transient Function<T, Duration> toDuration;

    Writer(Class<T> type, Function<T, Duration> toDuration) {
      super(type);
      this.toDuration = toDuration;
    }

    @Override
    public void serialize(T value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      Duration time = toDuration.apply(value);
      if (time.equals(UNTIL_NEVER)) {
        out.writeString(NEVER);
      } else if (time.toNanosPart() == 0) {
        out.writeNumber(time.toSeconds());
      } else {
        out.writeArray(new long[] {time.toSeconds(), time.toNanosPart()}, 0, 2);
      }
    }
  }

  static final class Reader<T> extends StdScalarDeserializer<T> {

    private static final long serialVersionUID = 1;

    private final transient Function<Duration, T> ofDuration;

    Reader(Class<T> type, Function<Duration, T> ofDuration) {
      super(type);
      this.ofDuration = ofDuration;
    }

    @Override
    public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
      if (in.currentToken() == JsonToken.VALUE_STRING && in.getText().equals(NEVER)) {
        return ofDuration.apply(UNTIL_NEVER);
      }
      boolean precise = in.currentToken() == JsonToken.START_ARRAY;
      long seconds = number(precise ? in.nextToken() : in.currentToken(), in, context);
      long nanos = precise ? number(in.nextToken(), in, context) : 0;
      if (precise && in.nextToken() != JsonToken.END_ARRAY) {
        context.reportWrongTokenException(this, JsonToken.END_ARRAY, "more than a time");
      }
      return ofDuration.apply(Duration.ofSeconds(seconds, nanos));
    }

    private long number(JsonToken token, JsonParser in, DeserializationContext context)
        throws IOException {
      if (token != JsonToken.VALUE_NUMBER_INT) {
        context.reportWrongTokenException(this, JsonToken.VALUE_NUMBER_INT, "less than a time");
      }
      return in.getLongValue();
    }
  }
}
