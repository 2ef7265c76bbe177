package points.gateway.web;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import points.ledger.form.FieldFault;
import points.ledger.form.Formats;
import points.ledger.form.JsonFields;

/** Names and texts that callers add to a call, to find it again by its entry. */
public final class Metadata {
  private static final int SIZE_MAX = 20;
  private static final int NAME_LENGTH_MAX = 40;
  private static final int LENGTH_MAX = 500;

  private Metadata() {}

  /** Reads the metadata of a body; empty when it is left out. */
  public static SortedMap<String, String> of(JsonFields body) {
    JsonFields object = body.optionalObject("metadata");
    if (object == null) {
      return Collections.emptySortedMap();
    }
    if (object.names().size() > SIZE_MAX) {
      body.wrong("metadata", FieldFault.FIELDS_MAX, SIZE_MAX);
      return Collections.emptySortedMap();
    }
    var metadata = new TreeMap<String, String>();
    for (String name : object.names()) {
      if (!Formats.isReadable(name, NAME_LENGTH_MAX)) {
        body.wrong("metadata", FieldFault.READABLE_NAMES, NAME_LENGTH_MAX);
      } else {
        metadata.put(name, object.readable(name, LENGTH_MAX));
      }
    }
    return metadata;
  }
}
