package points.load.bench;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;

/** Where a PostgreSQL is: {@code postgresql://user:password@host:port/database}. */
record PgUri(String host, int port, String user, String password, String database) {
  private static final int DEFAULT_PORT = 5432;

  static PgUri parse(String text) {
    try {
      URI uri = new URI(text.trim());
      if (uri.getHost() == null || !String.valueOf(uri.getScheme()).startsWith("postgres")) {
        throw new BenchmarkFailure(
            "not a PostgreSQL URI: postgresql://user:password@host:port/database");
      }
      String[] login = String.valueOf(uri.getRawUserInfo()).split(":", 2);
      return new PgUri(
          uri.getHost(),
          uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
          uri.getRawUserInfo() == null ? "postgres" : decoded(login[0]),
          login.length < 2 ? "" : decoded(login[1]),
          uri.getPath().length() < 2 ? "postgres" : uri.getPath().substring(1));
    } catch (URISyntaxException e) {
      // Its message would repeat the password.
      throw new BenchmarkFailure("not a URI at position " + e.getIndex() + ": " + e.getReason());
    }
  }

  String jdbcUrl() {
    return "jdbc:postgresql://%s:%d/%s".formatted(host, port, database);
  }

  Properties jdbcLogin() {
    Properties login = new Properties();
    login.setProperty("user", user);
    login.setProperty("password", password);
    return login;
  }

  /**
   * The variables by which PostgreSQL's own programs find it; the password stays out of their
   * command lines.
   */
  Map<String, String> environment() {
    return Map.of(
        "PGHOST", host,
        "PGPORT", Integer.toString(port),
        "PGUSER", user,
        "PGPASSWORD", password,
        "PGDATABASE", database);
  }

  /** With the password: for the environment of a process, never for a log. */
  String forGateway() {
    return "postgresql://%s:%s@%s:%d/%s".formatted(user, password, host, port, database);
  }

  @Override
  public String toString() {
    return "postgresql://%s:%d/%s".formatted(host, port, database);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
