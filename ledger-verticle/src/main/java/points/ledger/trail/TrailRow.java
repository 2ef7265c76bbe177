package points.ledger.trail;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change in the audit trail.
 *
 * @param position its number in its program, without gaps from 1
 * @param actorKind {@code key}, {@code staff} or {@code node}
 * @param actorId the id of the key or the person; empty for a node
 * @param before the fields that changed, as they were; null when the subject is new
 * @param after the same fields, as they are now; null when the subject is gone
 * @param hash SHA-256 over this row and the hash of the one before it, in hexadecimal
 */
public record TrailRow(
    long position,
    Instant at,
    String actorKind,
    String actorId,
    @Nullable String actorName,
    @Nullable String address,
    @Nullable String requestId,
    String action,
    String subjectKind,
    String subjectId,
    @Nullable JsonObject before,
    @Nullable JsonObject after,
    String hash) {}
