package points.ledger.figure;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * The progress of the figures.
 *
 * @param asOf everything that was answered by then is in the figures
 * @param rebuildingSince when a rebuild began that is not finished, so that figures may be wrong;
 *     null when there is none
 */
public record FigurePlace(Instant asOf, @Nullable Instant rebuildingSince) {

  static FigurePlace of(Row row) {
    OffsetDateTime since = row.getOffsetDateTime("rebuilding_since");
    return new FigurePlace(
        row.getOffsetDateTime("as_of").toInstant(), since == null ? null : since.toInstant());
  }
}
