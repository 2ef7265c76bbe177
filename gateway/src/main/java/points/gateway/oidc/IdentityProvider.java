package points.gateway.oidc;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.oauth2.OAuth2AuthorizationURL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The identity provider as this node knows it: its addresses and the keys of its signatures.
 *
 * <p>Both are read when they are needed, and again when they are older than ten minutes or a token
 * comes with a signature that no known key made. A provider that is away keeps nothing else from
 * working. Only one that refuses a code ({@code invalid_grant}), or whose token is not good, says
 * something about the person: after any other answer it counts as away.
 */
final class IdentityProvider {

  /** Thrown when the provider does not answer, or not as a provider does. */
  static final class AwayException extends Exception {
    private static final long serialVersionUID = 1;

    AwayException(Throwable cause) {
      super(String.valueOf(cause.getMessage()), cause);
    }

    AwayException(String message) {
      super(message, null, false, false);
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

  private final Vertx vertx;
  private final OidcOptions options;
  private final Duration patience;
  private final ProviderHttp http;

  private @Nullable Future<ProviderDescription> described;
  private long askedNanos;

  IdentityProvider(Vertx vertx, OidcOptions options) {
    this(vertx, options, PATIENCE);
  }

  IdentityProvider(Vertx vertx, OidcOptions options, Duration patience) {
    this.vertx = vertx;
    this.options = options;
    this.patience = patience;
    this.http = new ProviderHttp(vertx, patience);
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
    var form =
        new TreeMap<>(
            Map.of(
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                options.redirectUri(),
                "code_verifier",
                handshake.verifier()));
    return described(OLD)
        .compose(
            provider ->
                http.post(provider.tokenAddress(), Map.of("Authorization", basic()), encoded(form))
                    .recover(cause -> Future.failedFuture(new AwayException(cause)))
                    .compose(IdentityProvider::idToken)
                    .compose(token -> verified(token, provider)));
  }

  private String basic() {
    String client = options.clientId() + ':' + options.clientSecret();
    return "Basic " + Base64.getEncoder().encodeToString(client.getBytes(StandardCharsets.UTF_8));
  }

  private static Buffer encoded(Map<String, String> form) {
    return Buffer.buffer(
        form.entrySet().stream()
            .map(it -> it.getKey() + '=' + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&")));
  }

  /** Returns the id token of an answer to a code. */
  private static Future<String> idToken(ProviderHttp.Reply reply) {
    JsonObject answer;
    try {
      answer = reply.json();
    } catch (RuntimeException e) {
      return Future.failedFuture(
          new AwayException("it answered %d without JSON".formatted(reply.status())));
    }
    if (reply.isOk() && answer.getValue("id_token") instanceof String token) {
      return Future.succeededFuture(token);
    }
    Object error = answer.getValue("error");
    boolean isRefused = reply.status() >= 400 && reply.status() < 500;
    return Future.failedFuture(
        isRefused && "invalid_grant".equals(error)
            ? new RefusedException(
                "the provider refused the code: " + answer.getValue("error_description"))
            : new AwayException(
                "it answered a code with %d, error %s, no id token"
                    .formatted(reply.status(), error)));
  }

  private Future<Signed> verified(String token, ProviderDescription provider) {
    return verifiedBy(provider, token)
        .recover(
            unknown ->
                described(YOUNG)
                    .compose(
                        newer ->
                            verifiedBy(newer, token)
                                .recover(
                                    cause ->
                                        Future.failedFuture(
                                            new RefusedException(
                                                "its signature, issuer or audience is wrong: "
                                                    + cause.getMessage())))));
  }

  /**
   * Verifies a token by the library, which answers as if it were an access token.
   *
   * <p>It throws for some tokens that cannot be read: they are not good, as others are.
   */
  private static Future<Signed> verifiedBy(ProviderDescription provider, String token) {
    return Future.succeededFuture(new TokenCredentials(token))
        .compose(provider.auth()::authenticate)
        .map(it -> new Signed(it.attributes().getJsonObject("accessToken"), provider.issuer()));
  }

  /**
   * Returns what is known of the provider, in the caller's context.
   *
   * @param ageMax the age at which it is read again
   */
  private Future<ProviderDescription> described(Duration ageMax) {
    Context caller = vertx.getOrCreateContext();
    Promise<ProviderDescription> promise = Promise.promise();
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

  private synchronized Future<ProviderDescription> known(Duration ageMax) {
    long age = System.nanoTime() - askedNanos;
    Future<ProviderDescription> before = described;
    if (before != null && !before.isComplete()) {
      return before;
    }
    Duration limit = before == null || before.failed() ? PAUSE : ageMax;
    if (before != null && age < limit.toNanos()) {
      return before;
    }
    askedNanos = System.nanoTime();
    described =
        ProviderDescription.read(vertx, http, options)
            .timeout(patience.toMillis(), TimeUnit.MILLISECONDS);
    return described;
  }
}
