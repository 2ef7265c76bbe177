package points.ledger.wire;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdDelegatingDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdDelegatingSerializer;
import com.fasterxml.jackson.databind.util.StdConverter;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import points.ledger.account.Lot;
import points.ledger.account.Lots;
import points.ledger.rules.Fraction;

/** Jackson, set up for messages between nodes. */
final class WireMapper {

  /** Records are maps from the names of their components. */
  static final ObjectMapper NAMED = of(new WireTypes(false));

  /** Records are arrays of their components. */
  static final ObjectMapper POSITIONAL = of(new WireTypes(true));

  /** More than any message has; nonsense ends here. */
  private static final int DEPTH_MAX = 50;

  private static final int TEXT_BYTES_MAX = 1 << 20;

  private WireMapper() {}

  private static ObjectMapper of(WireTypes types) {
    var factory =
        CBORFactory.builder()
            // A lone half of a pair is replaced, as it is in the database.
            .enable(CBORGenerator.Feature.LENIENT_UTF_ENCODING)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxStringLength(TEXT_BYTES_MAX)
                    .build())
            .build();
    return CBORMapper.builder(factory)
        .annotationIntrospector(types)
        .visibility(PropertyAccessor.ALL, Visibility.NONE)
        .visibility(PropertyAccessor.FIELD, Visibility.ANY)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .addModule(values())
        .build();
  }

  /** Values that are no records. */
  private static SimpleModule values() {
    var module = new SimpleModule();
    module.addSerializer(
        Instant.class,
        new TimeCbor.Writer<>(
            Instant.class, it -> Duration.ofSeconds(it.getEpochSecond(), it.getNano())));
    module.addDeserializer(
        Instant.class, new TimeCbor.Reader<>(Instant.class, Instant.EPOCH::plus));
    module.addSerializer(Duration.class, new TimeCbor.Writer<>(Duration.class, it -> it));
    module.addDeserializer(Duration.class, new TimeCbor.Reader<>(Duration.class, it -> it));
    module.addSerializer(Lots.class, new StdDelegatingSerializer(Lots.class, new LotsToList()));
    module.addDeserializer(Lots.class, new StdDelegatingDeserializer<>(new LotsOfList()));
    module.addSerializer(
        Fraction.class, new StdDelegatingSerializer(Fraction.class, new FractionToText()));
    module.addDeserializer(Fraction.class, new StdDelegatingDeserializer<>(new FractionOfText()));
    return module;
  }

  private static final class FractionToText extends StdConverter<Fraction, String> {
    @Override
    public String convert(Fraction fraction) {
      return fraction.text();
    }
  }

  private static final class FractionOfText extends StdConverter<String, Fraction> {
    @Override
    public Fraction convert(String text) {
      return Fraction.parse(text);
    }
  }

  private static final class LotsToList extends StdConverter<Lots, List<Lot>> {
    @Override
    public List<Lot> convert(Lots lots) {
      return lots.byExpiry();
    }
  }

  private static final class LotsOfList extends StdConverter<List<Lot>, Lots> {
    @Override
    public Lots convert(List<Lot> lots) {
      return Lots.of(lots);
    }
  }
}
