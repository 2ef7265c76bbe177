package points.gateway.oidc;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.cluster.timing.CountedLog;
import points.gateway.access.Role;
import points.gateway.oidc.IdentityProvider.AwayException;
import points.gateway.oidc.IdentityProvider.RefusedException;
import points.gateway.oidc.IdentityProvider.Signed;
import points.gateway.staff.ProviderAccounts;
import points.gateway.staff.ProviderAccounts.Person;
import points.gateway.staff.ProviderAccounts.Trail;
import points.ledger.registry.Programs;
import points.ledger.registry.Stores;

/** Signs people in by the identity provider, with the roles and stores that their groups give. */
public final class ProviderSignIn {

  private static final Logger LOG = LoggerFactory.getLogger(ProviderSignIn.class);
  private static final CountedLog AWAY = new CountedLog();
  private static final CountedLog REFUSED = new CountedLog();

  /** Sign-ins of this node that wait for the provider at most. */
  private static final int WAITING_MAX = 64;

  /** Stores of a person at most. */
  private static final int STORES_MAX = 1_000;

  /** Longest state and code that are looked at. */
  private static final int PARAMETER_LENGTH_MAX = 4_096;

  /** The result of a sign-in. */
  public sealed interface Result {
    /** A session was opened. */
    record Opened(String token) implements Result {}

    record Refused(Reason reason) implements Result {}
  }

  /** The beginning of a sign-in. */
  public sealed interface Beginning {
    /** The browser keeps the cookie and goes to the address. */
    record Sent(String cookie, String address) implements Beginning {}

    record Refused(Reason reason) implements Beginning {}
  }

  /**
   * The provider's answer, as the browser brings it.
   *
   * @param cookie of the sign-in that the browser began
   * @param error of the provider, when there is no code
   */
  public record Answer(
      @Nullable String cookie,
      @Nullable String state,
      @Nullable String code,
      @Nullable String error,
      String address) {}

  private final OidcOptions options;
  private final IdentityProvider provider;
  private final ProviderAccounts accounts;
  private final Programs programs;
  private final Stores stores;
  private final InstantSource time;
  private final AtomicInteger waiting = new AtomicInteger();

  public ProviderSignIn(
      Vertx vertx,
      OidcOptions options,
      ProviderAccounts accounts,
      Programs programs,
      Stores stores,
      InstantSource time) {
    this.options = options;
    this.provider = new IdentityProvider(vertx, options);
    this.accounts = accounts;
    this.programs = programs;
    this.stores = stores;
    this.time = time;
  }

  /** Returns the provider's name, for people. */
  public String name() {
    return options.name();
  }

  /** Returns the address to which the provider sends people back. */
  public String redirectUri() {
    return options.redirectUri();
  }

  public String programId() {
    return options.programId();
  }

  /** Begins a sign-in. */
  public Future<Beginning> begin() {
    Handshake handshake = Handshake.begin(time.instant());
    return bounded(() -> provider.address(handshake))
        .<Beginning>map(address -> new Beginning.Sent(handshake.cookie(), address))
        .recover(cause -> reasonOf(cause).map(Beginning.Refused::new));
  }

  /**
   * Finishes a sign-in.
   *
   * @param trail appends what changes of the account to the audit trail
   */
  public Future<Result> finish(Answer answer, Trail trail) {
    Handshake handshake = Handshake.of(answer.cookie(), time.instant());
    if (handshake == null || !handshake.hasState(answer.state())) {
      return refused(Reason.NOT_BEGUN);
    }
    String code = answer.code();
    if (answer.error() != null || code == null || code.length() > PARAMETER_LENGTH_MAX) {
      return refused(Reason.DENIED);
    }
    return accounts
        .admit(answer.address())
        .compose(
            admitted ->
                admitted
                    ? finish(handshake, code, answer.address(), trail)
                    : refused(Reason.LOCKED));
  }

  private Future<Result> finish(Handshake handshake, String code, String address, Trail trail) {
    return bounded(() -> provider.exchange(handshake, code))
        .compose(signed -> enter(signed, handshake, trail))
        .recover(cause -> reasonOf(cause).map(Result.Refused::new))
        .recover(fault -> accounts.giveBack(address).transform(done -> Future.failedFuture(fault)))
        .compose(
            result ->
                result instanceof Result.Opened || isNoFailure(result)
                    ? accounts.giveBack(address).map(result)
                    : Future.succeededFuture(result));
  }

  /** A provider that is away is no failure of the person. */
  private static boolean isNoFailure(Result result) {
    return result instanceof Result.Refused refused && !refused.reason().isOfSomebody();
  }

  private Future<Result> enter(Signed signed, Handshake handshake, Trail trail) {
    var token = new IdToken(signed.claims());
    String fault =
        token.fault(signed.issuer(), options.clientId(), handshake.nonce(), time.instant());
    if (fault != null) {
      return Future.failedFuture(new RefusedException(fault));
    } else if (programs.find(options.programId()) == null) {
      LOG.error(
          "nobody signs in by {}: there is no program {}; correct POINTS_OIDC_PROGRAM or make it",
          options.issuer(),
          options.programId());
      return refused(Reason.NOT_SET_UP);
    }
    Set<String> groups = token.groups(options.groupsClaim());
    Set<Role> roles = options.groups().rolesOf(groups);
    // A subject is unique at its provider only.
    String subject = options.issuer() + ' ' + token.subject();
    if (roles.isEmpty()) {
      return accounts
          .endSessions(options.programId(), subject)
          .map(ended -> new Result.Refused(Reason.NO_GROUP));
    }
    return storesOf(roles, groups)
        .compose(
            found -> {
              Set<Role> usable = found.isEmpty() ? withoutStores(roles) : roles;
              return usable.isEmpty()
                  ? accounts
                      .endSessions(options.programId(), subject)
                      .map(ended -> new Result.Refused(Reason.NO_STORE))
                  : enter(
                      new Person(
                          options.programId(),
                          subject,
                          token.names(),
                          usable,
                          found.isEmpty() ? null : found),
                      trail);
            });
  }

  /** Returns the roles of somebody who is in no group of a store of the program. */
  private static Set<Role> withoutStores(Set<Role> roles) {
    return roles.stream().filter(it -> it != Role.STORE_MANAGER).collect(Collectors.toSet());
  }

  private Future<Result> enter(Person person, Trail trail) {
    return accounts
        .enter(person, trail)
        .map(
            entered ->
                entered
                    .<Result>map(Result.Opened::new)
                    .orElseGet(() -> new Result.Refused(Reason.INACTIVE)));
  }

  /** Returns the stores of a store manager that the program has; none for other roles. */
  private Future<Set<String>> storesOf(Set<Role> roles, Set<String> groups) {
    if (!roles.contains(Role.STORE_MANAGER)) {
      return Future.succeededFuture(Set.of());
    }
    Future<Set<String>> found = Future.succeededFuture(new TreeSet<>());
    for (String store : options.groups().storesOf(groups).stream().limit(STORES_MAX).toList()) {
      found =
          found.compose(
              before ->
                  stores
                      .exists(options.programId(), store)
                      .map(
                          exists -> {
                            if (exists) {
                              before.add(store);
                            }
                            return before;
                          }));
    }
    return found;
  }

  private static Future<Result> refused(Reason reason) {
    return Future.succeededFuture(new Result.Refused(reason));
  }

  /** Thrown when too many wait for the provider already. */
  private static final class BusyException extends Exception {
    private static final long serialVersionUID = 1;

    BusyException() {
      super("too many sign-ins wait for the provider", null, false, false);
    }
  }

  private <T> Future<T> bounded(Supplier<Future<T>> call) {
    if (waiting.incrementAndGet() > WAITING_MAX) {
      waiting.decrementAndGet();
      return Future.failedFuture(new BusyException());
    }
    return call.get().onComplete(done -> waiting.decrementAndGet());
  }

  /** Returns why a sign-in failed, and logs it; a failure of ours stays one. */
  private Future<Reason> reasonOf(Throwable cause) {
    if (cause instanceof AwayException) {
      AWAY.count(
          times ->
              LOG.warn(
                  """
                  the identity provider {} is away, or answers as none should; people sign in by \
                  password only: {} ({} times since the last such line)\
                  """,
                  options.issuer(),
                  brief(cause),
                  times));
      return Future.succeededFuture(Reason.AWAY);
    } else if (cause instanceof RefusedException) {
      REFUSED.count(
          times ->
              LOG.warn(
                  "a sign-in by {} was refused: {} ({} times since the last such line)",
                  options.issuer(),
                  brief(cause),
                  times));
      return Future.succeededFuture(Reason.NOT_VALID);
    }
    return cause instanceof BusyException
        ? Future.succeededFuture(Reason.BUSY)
        : Future.failedFuture(cause);
  }

  /** Others wrote the message: it stays in one line of the log. */
  private static String brief(Throwable cause) {
    String message = String.valueOf(cause.getMessage()).replaceAll("[^ -~]", "?");
    return message.substring(0, Math.min(300, message.length()));
  }
}
