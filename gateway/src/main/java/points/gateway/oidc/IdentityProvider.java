package points.gateway.oidc;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.oauth2.OAuth2Auth;
import io.vertx.ext.auth.oauth2.OAuth2AuthorizationURL;
import io.vertx.ext.auth.oauth2.OAuth2FlowType;
import io.vertx.ext.auth.oauth2.OAuth2Options;
import io.vertx.ext.auth.oauth2.Oauth2Credentials;
import io.vertx.ext.auth.oauth2.providers.OpenIDConnectAuth;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The identity provider as this node knows it: its addresses and the keys of its signatures.
 *
 * <p>Both are read when they are needed, and again when they are older than ten minutes or a token
 * comes with a signature that no known key made. A provider that is away keeps nothing else from
 * working.
 */
final class IdentityProvider {

  /** Thrown when the provider does not answer, or not as a provider does. */
  static final class AwayException extends Exception {
    private static final long serialVersionUID = 1;

    AwayException(Throwable cause) {
      super(String.valueOf(cause.getMessage()), cause);
    }
  }

  /** Thrown when the provider refuses a code, or its token is not good. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    RefusedException(String message) {
      super(message, null, false, false);
    }
  }

  /** Time for each of the two steps: reading about the provider, and exchanging a code. */
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private static final Duration OLD = Duration.ofMinutes(10);

  /** Time after which keys are read again for a signature that none of them made. */
  private static final Duration YOUNG = Duration.ofSeconds(10);

  /** Time after which a provider that was away is asked again. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Time for which calls under way may use an instance that was replaced. */
  private static final long LINGER_MS = 30_000;

  private static final int LEEWAY_SECONDS = 60;

  /**
   * The provider as it described itself.
   *
   * @param issuer the issuer that its tokens must name
   */
  private record Described(OAuth2Auth auth, String issuer) {}

  private final Vertx vertx;
  private final OidcOptions options;

  private @Nullable Future<Described> described;
  private long askedNanos;

  IdentityProvider(Vertx vertx, OidcOptions options) {
    this.vertx = vertx;
    this.options = options;
  }

  /** Returns the address to which a browser is sent to sign in. */
  Future<String> address(Handshake handshake) {
    return described(OLD)
        .map(
            it ->
                it.auth()
                    .authorizeURL(
                        new OAuth2AuthorizationURL()
                            .setRedirectUri(options.redirectUri())
                            .setScopes(options.scopes())
                            .setState(handshake.state())
                            .setCodeChallenge(handshake.challenge())
                            .setCodeChallengeMethod("S256")
                            .putAdditionalParameter("nonce", handshake.nonce())));
  }

  /** The claims of an id token with a good signature, and the issuer that they must name. */
  record Signed(JsonObject claims, String issuer) {}

  /**
   * Exchanges a code for an id token and verifies its signature.
   *
   * <p>Fails with {@link AwayException} or {@link RefusedException}.
   */
  Future<Signed> exchange(Handshake handshake, String code) {
    var credentials =
        new Oauth2Credentials()
            .setFlow(OAuth2FlowType.AUTH_CODE)
            .setCode(code)
            .setRedirectUri(options.redirectUri())
            .setCodeVerifier(handshake.verifier());
    return described(OLD)
        .compose(
            provider ->
                provider
                    .auth()
                    .authenticate(credentials)
                    .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .recover(IdentityProvider::faultOfExchange)
                    .compose(user -> verified(user, provider)));
  }

  private static Future<User> faultOfExchange(Throwable cause) {
    return Future.failedFuture(
        isAway(cause) ? new AwayException(cause) : new RefusedException("" + cause.getMessage()));
  }

  /** The library verifies the signature of an id token, or leaves its claims out. */
  private Future<Signed> verified(User user, Described provider) {
    JsonObject claims = user.attributes().getJsonObject("idToken");
    String token = user.principal().getString("id_token");
    if (claims != null) {
      return Future.succeededFuture(new Signed(claims, provider.issuer()));
    } else if (token == null) {
      return Future.failedFuture(new RefusedException("the provider sent no id token"));
    }
    return described(YOUNG)
        .compose(
            newer ->
                newer
                    .auth()
                    .authenticate(new TokenCredentials(token))
                    .map(
                        it ->
                            new Signed(
                                it.attributes().getJsonObject("accessToken"), newer.issuer()))
                    .recover(
                        cause ->
                            Future.failedFuture(
                                new RefusedException(
                                    "its signature, issuer or audience is wrong: "
                                        + cause.getMessage()))));
  }

  /**
   * Returns what is known of the provider, in the caller's context.
   *
   * @param ageMax the age at which it is read again
   */
  private Future<Described> described(Duration ageMax) {
    Context caller = vertx.getOrCreateContext();
    Promise<Described> promise = Promise.promise();
    known(ageMax)
        .onComplete(
            (value, cause) ->
                caller.runOnContext(
                    home -> {
                      if (cause == null) {
                        promise.complete(value);
                      } else {
                        promise.fail(new AwayException(cause));
                      }
                    }));
    return promise.future();
  }

  private synchronized Future<Described> known(Duration ageMax) {
    long age = System.nanoTime() - askedNanos;
    Future<Described> before = described;
    if (before != null && !before.isComplete()) {
      return before;
    }
    Duration limit = before == null || before.failed() ? PAUSE : ageMax;
    if (before != null && age < limit.toNanos()) {
      return before;
    }
    askedNanos = System.nanoTime();
    described = describe();
    if (before != null && before.succeeded()) {
      vertx.setTimer(LINGER_MS, late -> before.result().auth().close());
    }
    return described;
  }

  private Future<Described> describe() {
    var wanted =
        new OAuth2Options()
            .setSite(options.issuer())
            .setClientId(options.clientId())
            .setClientSecret(options.clientSecret())
            .setHttpClientOptions(
                new HttpClientOptions()
                    .setConnectTimeout((int) PATIENCE.toMillis())
                    .setIdleTimeout((int) PATIENCE.toSeconds()));
    wanted.getJWTOptions().setLeeway(LEEWAY_SECONDS);
    Future<OAuth2Auth> found = OpenIDConnectAuth.discover(vertx, wanted);
    Future<Described> inTime =
        found
            .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
            .map(
                auth -> {
                  // So that the library never sends a token elsewhere to learn whether it is good.
                  wanted.setIntrospectionPath(null).setUserInfoPath(null);
                  String issuer = wanted.getJWTOptions().getIssuer();
                  return new Described(auth, issuer == null ? options.issuer() : issuer);
                });
    found.onSuccess(
        auth -> {
          if (inTime.failed()) {
            auth.close();
          }
        });
    return inTime;
  }

  private static boolean isAway(Throwable cause) {
    return cause instanceof IOException
        || cause instanceof TimeoutException
        || cause instanceof HttpClosedException;
  }
}
