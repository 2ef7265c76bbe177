package points.postgres;

/**
 * A database that one test class has for itself, its nested classes included. It is dropped after
 * the class.
 *
 * @param name of the database
 * @param uri {@code postgresql://user:password@host:port/name}, as the gateway is configured
 * @param jdbcUrl without user and password
 * @param port on 127.0.0.1
 */
public record TestDatabase(
    String name, String uri, String jdbcUrl, String user, String password, int port) {}
