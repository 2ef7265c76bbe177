package points.ledger.database;

import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The encryption of connections to PostgreSQL and the checks of the server's certificate.
 *
 * <p>The URI names both by {@code sslmode} and {@code sslrootcert}, which mean what they mean to
 * PostgreSQL's own clients, for the client that does not block and for JDBC alike.
 *
 * @param mode how far; {@code require} with certificates to check by becomes {@code verify-ca}
 * @param rootCertificates a file of certificates, in PEM; null for those that Java trusts
 */
record Encryption(SslMode mode, @Nullable Path rootCertificates) {

  private static final String MODE = "sslmode";
  private static final String ROOT = "sslrootcert";

  /** In place of a file: the certificates that Java trusts. */
  private static final String SYSTEM = "system";

  /** PostgreSQL's own parameters that would change the encryption. */
  private static final String OTHERS = "ssl.*|gssencmode|channel_binding|requiressl";

  /** A parameter that cannot be used; the message names it. */
  static final class UnusableException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    UnusableException(String message) {
      super(message);
    }
  }

  /**
   * Reads the parameters of a URI.
   *
   * @param query the part after its question mark
   * @throws UnusableException naming a parameter that is wrong or not supported
   */
  static Encryption of(String query) {
    Map<String, String> given = new HashMap<>();
    for (String parameter : query.split("&", -1)) {
      int at = parameter.indexOf('=');
      String name = at < 0 ? parameter : parameter.substring(0, at);
      if (name.equals(MODE) || name.equals(ROOT)) {
        given.put(name, decoded(parameter.substring(at + 1)));
      } else if (name.matches(OTHERS)) {
        throw new UnusableException(
            "has %s, which is not supported; give %s and %s only".formatted(name, MODE, ROOT));
      }
    }
    SslMode mode = mode(given.get(MODE));
    String root = given.get(ROOT);
    if (root == null) {
      return new Encryption(mode, null);
    }
    return checkedBy(mode, root);
  }

  private static String decoded(String value) {
    return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static SslMode mode(@Nullable String given) {
    for (SslMode mode : SslMode.values()) {
      if (given == null ? mode == SslMode.DISABLE : mode.value.equals(given)) {
        return mode;
      }
    }
    throw new UnusableException(
        "has %s '%s'; it must be one of %s"
            .formatted(
                MODE,
                given,
                Arrays.stream(SslMode.values())
                    .map(it -> it.value)
                    .collect(Collectors.joining(", "))));
  }

  private static Encryption checkedBy(SslMode mode, String root) {
    if (mode == SslMode.DISABLE || mode == SslMode.ALLOW || mode == SslMode.PREFER) {
      throw new UnusableException(
          "has %s, by which %s=%s checks nothing; give %s=verify-full"
              .formatted(ROOT, MODE, mode.value, MODE));
    }
    SslMode checking = mode == SslMode.REQUIRE ? SslMode.VERIFY_CA : mode;
    if (root.equals(SYSTEM)) {
      return new Encryption(checking, null);
    }
    Path file = Path.of(root).toAbsolutePath();
    try (InputStream in = Files.newInputStream(file)) {
      if (CertificateFactory.getInstance("X.509").generateCertificates(in).isEmpty()) {
        throw new CertificateException("no certificate");
      }
    } catch (IOException | CertificateException e) {
      throw new UnusableException(
          "has %s '%s', which cannot be read as certificates in PEM".formatted(ROOT, file));
    }
    return new Encryption(checking, file);
  }

  /** A URI without these parameters, which the client that does not block reads otherwise. */
  static String without(String query) {
    return Arrays.stream(query.split("&", -1))
        .filter(it -> !it.startsWith(MODE + "=") && !it.startsWith(ROOT + "="))
        .collect(Collectors.joining("&"));
  }

  private boolean isChecked() {
    return mode == SslMode.VERIFY_CA || mode == SslMode.VERIFY_FULL;
  }

  /** For the client that does not block. */
  PgConnectOptions applyTo(PgConnectOptions options) {
    options.setSslMode(mode);
    if (mode == SslMode.DISABLE) {
      return options;
    }
    var tls = new ClientSSLOptions();
    tls.setHostnameVerificationAlgorithm(mode == SslMode.VERIFY_FULL ? "HTTPS" : "");
    if (!isChecked()) {
      tls.setTrustAll(true);
    } else if (rootCertificates == null) {
      tls.setTrustOptions(TrustOptions.wrap(trustedByJava()));
    } else {
      tls.setTrustOptions(new PemTrustOptions().addCertPath(rootCertificates.toString()));
    }
    return options.setSslOptions(tls);
  }

  private static TrustManager trustedByJava() {
    try {
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      return factory.getTrustManagers()[0];
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java trusts nobody", e);
    }
  }

  /** For the URL of JDBC. */
  String jdbcParameters() {
    String parameters = MODE + "=" + mode.value;
    if (rootCertificates != null) {
      return parameters
          + "&"
          + ROOT
          + "="
          + URLEncoder.encode(rootCertificates.toString(), StandardCharsets.UTF_8);
    }
    return isChecked()
        ? parameters + "&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory"
        : parameters;
  }
}
