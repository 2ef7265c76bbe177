package points.gateway.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import no.nav.security.mock.oauth2.token.KeyProvider;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;
import org.jspecify.annotations.Nullable;

/**
 * An identity provider in this JVM that signs real tokens, and says of people what a test wants.
 */
public final class TestProvider implements AutoCloseable {

  public static final String CLIENT = "points-console";
  public static final String SECRET = "a-secret-of-the-client-that-no-log-may-have";
  private static final String NAME = "chain";

  private final Keys keys = new Keys();
  private final MockOAuth2Server server;
  private int port;

  private TestProvider(boolean hasPages) {
    this.server =
        new MockOAuth2Server(
            new OAuth2Config(
                hasPages, null, null, false, new OAuth2TokenProvider(keys, (Instant) null)));
  }

  /** Starts a provider that signs everybody in without asking. */
  static TestProvider start() {
    return start(false);
  }

  /** Starts a provider that asks people for their name and claims on a page. */
  public static TestProvider withPages() {
    return start(true);
  }

  private static TestProvider start(boolean hasPages) {
    var provider = new TestProvider(hasPages);
    provider.server.start(0);
    provider.port = provider.server.baseUrl().port();
    provider.warmUp();
    return provider;
  }

  /** Answers once, because its first answers take seconds on a busy machine. */
  private void warmUp() {
    for (var address : List.of(server.wellKnownUrl(NAME), server.jwksUrl(NAME))) {
      try {
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(address.uri()).build(), BodyHandlers.discarding());
      } catch (IOException | InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** Returns its address, which is of another site than the gateway's. */
  public String issuer() {
    return "http://localhost:" + port + "/" + NAME;
  }

  /** Returns the settings of a gateway that people sign in to by this provider. */
  public Map<String, String> settings(String redirectUri) {
    return Map.of(
        "POINTS_OIDC_ISSUER",
        issuer(),
        "POINTS_OIDC_CLIENT_ID",
        CLIENT,
        "POINTS_OIDC_CLIENT_SECRET",
        SECRET,
        "POINTS_OIDC_REDIRECT_URI",
        redirectUri,
        "POINTS_OIDC_NAME",
        "Chain ID",
        "POINTS_OIDC_ROLES",
        "CN=head,OU=office=headOffice;pts-shop=storeManager;pts-audit=auditor",
        "POINTS_OIDC_STORES",
        "pts-store-*=*");
  }

  /** Says of the next person who they are. */
  void next(String subject, Map<String, Object> claims) {
    next(subject, claims, 3_600);
  }

  void next(String subject, Map<String, Object> claims, long seconds) {
    server.enqueueCallback(
        new DefaultOAuth2TokenCallback(NAME, subject, "JWT", List.of(CLIENT), claims, seconds));
  }

  /** Signs with another key from now on, which its list of keys has, or has not. */
  void useNewKey(boolean isPublished) {
    keys.published = isPublished ? null : keys.current;
    keys.current = Keys.key("key-" + System.nanoTime());
  }

  /** Goes away. */
  @Override
  public void close() {
    server.shutdown();
  }

  private static final class Keys extends KeyProvider {
    private volatile JWK current = key("first");
    private volatile @Nullable JWK published;

    private static RSAKey key(String id) {
      try {
        return new RSAKeyGenerator(2_048).keyID(id).generate();
      } catch (JOSEException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public JWK signingKey(String keyId) {
      boolean isList =
          StackWalker.getInstance()
              .walk(frames -> frames.anyMatch(it -> it.getMethodName().equals("publicJwkSet")));
      JWK shown = published;
      return isList && shown != null ? shown : current;
    }
  }
}
