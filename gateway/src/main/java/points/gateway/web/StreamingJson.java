package points.gateway.web;

import io.vertx.core.json.jackson.JacksonCodec;
import io.vertx.core.spi.JsonFactory;
import io.vertx.core.spi.json.JsonCodec;

/**
 * Has Vert.x read and write JSON with Jackson's streams. Otherwise Vert.x maps objects by
 * reflection as soon as another library brings Jackson's databind, which costs more.
 */
public final class StreamingJson implements JsonFactory {

  private final JsonCodec codec = new JacksonCodec();

  @Override
  public int order() {
    return Integer.MIN_VALUE;
  }

  @Override
  public JsonCodec codec() {
    return codec;
  }
}
