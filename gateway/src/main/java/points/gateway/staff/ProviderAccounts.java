package points.gateway.staff;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import points.gateway.access.Role;
import points.gateway.access.Secrets;
import points.ledger.database.PgClient;

/**
 * The accounts of people who sign in by an identity provider.
 *
 * <p>An account is found by the person's subject there, never by a name: an account with a password
 * is not the same person because it has the same name.
 */
public final class ProviderAccounts {

  /**
   * A person as the provider knows them.
   *
   * @param subject the provider and its name for the person, which never changes
   * @param names names for a new account, the best one first; at least one
   * @param stores the stores that the person is bound to; null for none
   */
  public record Person(
      String programId,
      String subject,
      List<String> names,
      Set<Role> roles,
      @Nullable Set<String> stores) {}

  /** Appends to the audit trail what a sign-in changes of an account. */
  public interface Trail {

    /**
     * Appends the change in the transaction that makes it.
     *
     * @param before null for a new account
     */
    Future<Void> append(SqlClient transaction, @Nullable StaffMember before, StaffMember after);
  }

  private static final String FIND =
      "SELECT "
          + StaffAccounts.COLUMNS
          + " FROM staff f WHERE program_id = $1 AND oidc_subject = $2 FOR UPDATE";

  private static final String INSERT =
      """
      INSERT INTO staff AS f (program_id, staff_id, name, name_key, roles, stores, oidc_subject,
                              created_at, updated_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)
      ON CONFLICT DO NOTHING RETURNING
      """
          + StaffAccounts.COLUMNS;

  private static final String UPDATE =
      """
      UPDATE staff f SET roles = $3, stores = $4, version = version + 1, updated_at = $5
       WHERE program_id = $1 AND staff_id = $2 RETURNING
      """
          + StaffAccounts.COLUMNS;

  private static final String END_SESSIONS =
      """
      DELETE FROM staff_session s USING staff f
       WHERE f.program_id = $1 AND f.oidc_subject = $2
         AND s.program_id = f.program_id AND s.staff_id = f.staff_id
      """;

  private final PgClient database;
  private final Sessions sessions;
  private final SignInLimits limits;
  private final InstantSource time;

  ProviderAccounts(Pool pool, Sessions sessions, SignInLimits limits, InstantSource time) {
    this.database = new PgClient(pool);
    this.sessions = sessions;
    this.limits = limits;
    this.time = time;
  }

  /** Counts a try of an address as if it had failed. Returns whether the address may try. */
  public Future<Boolean> admit(String address) {
    return limits
        .take(SignInLimits.address(address), SignInLimits.ADDRESS_FREE)
        .map(Optional::isEmpty);
  }

  /** Takes a try back that was no failure. */
  public Future<Void> giveBack(String address) {
    Buffer subject = SignInLimits.address(address);
    return limits.giveBack(subject).compose(done -> limits.forgetOld());
  }

  /**
   * Opens a session for a person, whose account gets the roles and stores that they have now.
   *
   * <p>The account is made at the first sign-in.
   *
   * @return the token of the session; empty when head office made the account inactive
   */
  public Future<Optional<String>> enter(Person person, Trail trail) {
    return database
        .inTransaction(transaction -> account(transaction, person, trail))
        .compose(
            account -> {
              sessions.forget(); // the other sessions of the person have the new roles at once
              return account.active()
                  ? sessions.open(account, null)
                  : Future.succeededFuture(Optional.empty());
            });
  }

  /** Ends the sessions of a person who may not sign in any more. */
  public Future<Void> endSessions(String programId, String subject) {
    return database
        .write(END_SESSIONS, Tuple.of(programId, subject))
        .onSuccess(done -> sessions.forget())
        .mapEmpty();
  }

  private Future<StaffMember> account(SqlClient transaction, Person person, Trail trail) {
    return find(transaction, person)
        .compose(
            found ->
                found.isPresent()
                    ? renewed(transaction, found.get(), person, trail)
                    : make(transaction, person, namesFor(person), trail));
  }

  private Future<Optional<StaffMember>> find(SqlClient transaction, Person person) {
    return transaction
        .preparedQuery(FIND)
        .execute(Tuple.of(person.programId(), person.subject()))
        .map(StaffAccounts::first);
  }

  /** Returns names to try one after the other, because another account may have the best one. */
  private static List<String> namesFor(Person person) {
    String best = person.names().get(0);
    List<String> names = new ArrayList<>(List.of(best));
    person.names().stream().skip(1).findFirst().ifPresent(it -> names.add(with(best, it)));
    names.add(with(best, Secrets.newId("").substring(0, 6)));
    return names;
  }

  private static String with(String name, String addition) {
    return name + " (" + addition.substring(0, Math.min(64, addition.length())) + ")";
  }

  private Future<StaffMember> make(
      SqlClient transaction, Person person, List<String> names, Trail trail) {
    String name = names.get(0);
    Tuple row =
        Tuple.tuple()
            .addString(person.programId())
            .addString(StaffAccounts.newStaffId())
            .addString(name)
            .addString(StaffAccounts.nameKey(name))
            .addArrayOfString(StaffAccounts.labels(person.roles()))
            .addArrayOfString(StaffAccounts.array(person.stores()))
            .addString(person.subject())
            .addOffsetDateTime(StaffAccounts.at(time.instant()));
    return transaction
        .preparedQuery(INSERT)
        .execute(row)
        .map(StaffAccounts::first)
        .compose(
            made -> {
              if (made.isPresent()) {
                return StaffEvents.write(transaction, "staff.created", made)
                    .compose(done -> trail.append(transaction, null, made.get()))
                    .map(done -> made.get());
              }
              return names.size() > 1
                  ? make(transaction, person, names.subList(1, names.size()), trail)
                  : madeMeanwhile(transaction, person, trail);
            });
  }

  /** Another node has made the account at the same moment, by a second sign-in of the person. */
  private Future<StaffMember> madeMeanwhile(SqlClient transaction, Person person, Trail trail) {
    return find(transaction, person)
        .compose(
            found ->
                found.isPresent()
                    ? renewed(transaction, found.get(), person, trail)
                    : Future.failedFuture(
                        new IllegalStateException("no name is free for the account")));
  }

  private Future<StaffMember> renewed(
      SqlClient transaction, StaffMember before, Person person, Trail trail) {
    boolean isSame =
        before.roles().equals(person.roles()) && Objects.equals(before.stores(), person.stores());
    if (isSame || !before.active()) {
      return Future.succeededFuture(before);
    }
    Tuple row =
        Tuple.tuple()
            .addString(before.programId())
            .addString(before.staffId())
            .addArrayOfString(StaffAccounts.labels(person.roles()))
            .addArrayOfString(StaffAccounts.array(person.stores()))
            .addOffsetDateTime(StaffAccounts.at(time.instant()));
    return transaction
        .preparedQuery(UPDATE)
        .execute(row)
        .map(StaffAccounts::first)
        .compose(after -> StaffEvents.write(transaction, "staff.changed", after))
        .compose(
            after ->
                trail
                    .append(transaction, before, after.orElseThrow())
                    .map(done -> after.orElseThrow()));
  }
}
