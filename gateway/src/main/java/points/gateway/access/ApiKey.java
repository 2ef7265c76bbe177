package points.gateway.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An API key as it is listed, without the key itself. */
public record ApiKey(
    String keyId,
    String name,
    Role role,
    @Nullable String storeId,
    Instant createdAt,
    @Nullable Instant revokedAt) {}
