package points.ledger.model;

import java.util.UUID;

/**
 * The identity of a command, by which it is recognized when it comes again.
 *
 * @param key the caller's idempotency key, unique in the program; that of a store's caller has the
 *     store in it (a {@code KeySpace})
 * @param fingerprint of the command's content; same key, other fingerprint is a mistake
 */
public record Request(String key, UUID fingerprint) {}
