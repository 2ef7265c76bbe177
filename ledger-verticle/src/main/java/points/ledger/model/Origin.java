package points.ledger.model;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The place, person and reason of a command. A part that a kind of command has no use for is null.
 *
 * @param storeId the store
 * @param terminalId the till
 * @param orderId the order, unique in the store
 * @param operator the person at the merchant that asked for it
 * @param onBehalfOf the member for whom it is done to another account, as to that of a pool
 * @param reason why
 * @param metadata the caller's own words for finding it again; the ledger only keeps them
 * @param channel the way by which the customer came
 * @param cashierId the person at the till, as the store names that person
 * @param actor the caller that sent it; no part of its content, for a retry may come from another
 */
public record Origin(
    @Nullable String storeId,
    @Nullable String terminalId,
    @Nullable String orderId,
    @Nullable String operator,
    @Nullable String onBehalfOf,
    @Nullable String reason,
    SortedMap<String, String> metadata,
    @Nullable Channel channel,
    @Nullable String cashierId,
    @Nullable Actor actor) {

  /** The way by which a customer came to an order. */
  public enum Channel {
    TILL,
    MINI_PROGRAM,
    WEB,
    OTHER
  }

  public static final Origin NONE = new Origin(null, null, null, null, null);

  public Origin {
    metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
  }

  /** One that the caller adds nothing of its own to. */
  public Origin(
      @Nullable String storeId,
      @Nullable String terminalId,
      @Nullable String orderId,
      @Nullable String operator,
      @Nullable String reason) {
    this(
        storeId,
        terminalId,
        orderId,
        operator,
        null,
        reason,
        Collections.emptySortedMap(),
        null,
        null,
        null);
  }

  /** Returns the origin of a sale: an order at a store. */
  public static Origin sale(String storeId, @Nullable String terminalId, String orderId) {
    return new Origin(storeId, terminalId, orderId, null, null);
  }

  /** Returns the origin of a payment at a till, perhaps for an order. */
  public static Origin till(
      String storeId, @Nullable String terminalId, @Nullable String orderId, String reason) {
    return new Origin(storeId, terminalId, orderId, null, reason);
  }

  /** Returns the origin of a change by hand at head office. */
  public static Origin office(String operator, String reason) {
    return new Origin(null, null, null, operator, reason);
  }

  /** Returns the origin of a change that a member makes to an account that it shares. */
  public static Origin sharer(String memberId, String reason) {
    return new Origin(null, null, null, null, reason).actingFor(memberId);
  }

  /** Returns whether both name an order, and the same. */
  public boolean isSameOrder(Origin other) {
    return orderId != null
        && orderId.equals(other.orderId)
        && Objects.equals(storeId, other.storeId);
  }

  /** Returns the same, for a member that the account does not belong to. */
  public Origin actingFor(String memberId) {
    return new Origin(
        storeId,
        terminalId,
        orderId,
        operator,
        memberId,
        reason,
        metadata,
        channel,
        cashierId,
        actor);
  }

  /**
   * Returns the operator, or the member if there is no operator.
   *
   * <p>Callers and fingerprints have always had the member as the operator, and keep it there.
   */
  public @Nullable String askedBy() {
    return operator == null ? onBehalfOf : operator;
  }

  /** The same with what the caller adds. */
  public Origin with(Map<String, String> metadata) {
    return new Origin(
        storeId,
        terminalId,
        orderId,
        operator,
        onBehalfOf,
        reason,
        new TreeMap<>(metadata),
        channel,
        cashierId,
        actor);
  }

  /** Returns the same, sold by this way and person; null for one that is not known. */
  public Origin soldBy(@Nullable Channel channel, @Nullable String cashierId) {
    return new Origin(
        storeId,
        terminalId,
        orderId,
        operator,
        onBehalfOf,
        reason,
        metadata,
        channel,
        cashierId,
        actor);
  }

  /** Returns the same, sent by this caller. */
  public Origin sentBy(@Nullable Actor actor) {
    return new Origin(
        storeId,
        terminalId,
        orderId,
        operator,
        onBehalfOf,
        reason,
        metadata,
        channel,
        cashierId,
        actor);
  }
}
