package points.gateway.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.JacksonCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON as RFC 8259 has it, and nothing else: UTF-8 without a byte-order mark, every name
 * once, no comments. Text that two readers could understand in two ways is refused, because an
 * auditor, a proxy or the till itself may read it in the other.
 */
public final class StrictJson {

  /** Greatest depth of objects in objects: more than any call of the contract needs. */
  private static final int DEPTH_MAX = 32;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
          .build();

  private StrictJson() {}

  /**
   * Parses these bytes as a JSON object.
   *
   * @return null when they are another value
   * @throws DecodeException when they are not JSON
   */
  public static @Nullable JsonObject object(Buffer bytes) {
    try {
      String text = utf8(bytes);
      Object value = JacksonCodec.fromParser(FACTORY.createParser(text), Object.class);
      return value instanceof JsonObject object ? object : null;
    } catch (IOException e) {
      throw new DecodeException("not JSON", e);
    }
  }

  /** Decodes UTF-8 here, because a parser that gets bytes guesses their encoding. */
  private static String utf8(Buffer bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.getBytes())).toString();
  }
}
