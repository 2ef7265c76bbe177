package points.gateway.oidc;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.oauth2.OAuth2Auth;
import io.vertx.ext.auth.oauth2.OAuth2Options;
import java.util.List;

/**
 * The identity provider as it describes itself, with the keys of its signatures.
 *
 * @param auth verifies signatures by these keys
 * @param issuer the issuer that its tokens must name
 * @param tokenAddress the address at which codes are exchanged
 */
record ProviderDescription(OAuth2Auth auth, String issuer, String tokenAddress) {

  private static final String PATH = "/.well-known/openid-configuration";
  private static final int LEEWAY_SECONDS = 60;

  /** Reads the description and the keys; fails when either is not what a provider would say. */
  static Future<ProviderDescription> read(Vertx vertx, ProviderHttp http, OidcOptions options) {
    return http.get(options.issuer() + PATH)
        .compose(
            reply -> {
              JsonObject about = json(reply);
              String issuer = text(about, "issuer");
              if (!issuer.replaceFirst("/$", "").equals(options.issuer())) {
                throw new IllegalStateException("it says that it is " + issuer);
              }
              return http.get(address(about, "jwks_uri"))
                  .map(keys -> of(vertx, options, about, json(keys)));
            });
  }

  private static ProviderDescription of(
      Vertx vertx, OidcOptions options, JsonObject about, JsonObject keySet) {
    List<JsonObject> keys =
        keySet.getJsonArray("keys").stream().map(JsonObject.class::cast).toList();
    if (keys.isEmpty()) {
      throw new IllegalStateException("it has no keys");
    }
    String issuer = text(about, "issuer");
    // Without addresses for introspection and user info: the library sends no token anywhere.
    var wanted =
        new OAuth2Options()
            .setSite(options.issuer())
            .setClientId(options.clientId())
            .setClientSecret(options.clientSecret())
            .setAuthorizationPath(address(about, "authorization_endpoint"))
            .setJwks(keys);
    wanted.getJWTOptions().setLeeway(LEEWAY_SECONDS).setIssuer(issuer);
    return new ProviderDescription(
        OAuth2Auth.create(vertx, wanted), issuer, address(about, "token_endpoint"));
  }

  private static JsonObject json(ProviderHttp.Reply reply) {
    if (!reply.isOk()) {
      throw new IllegalStateException(
          "it answered %d at %s".formatted(reply.status(), reply.path()));
    }
    return reply.json();
  }

  private static String text(JsonObject about, String name) {
    if (about.getValue(name) instanceof String text) {
      return text;
    }
    throw new IllegalStateException("its description has no " + name);
  }

  /** Returns an address of the description, if nobody on the way can read along. */
  private static String address(JsonObject about, String name) {
    String address = text(about, name);
    if (SafeAddress.parse(address) == null) {
      throw new IllegalStateException("its %s is no https address: %s".formatted(name, address));
    }
    return address;
  }
}
