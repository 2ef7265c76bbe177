package points.ledger.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DatabaseTest {

  private final Database database =
      new Database("postgresql://points:secret@one:5432,two:5433/ledger?sslmode=require");

  @Test
  void begins_with_the_first_server() {
    PgConnectOptions to = database.connection();

    assertThat(to.getHost()).isEqualTo("one");
    assertThat(to.getPort()).isEqualTo(5432);
    assertThat(to.getDatabase()).isEqualTo("ledger");
    assertThat(to.getUser()).isEqualTo("points");
    assertThat(to.getPassword()).isEqualTo("secret");
    assertThat(to.getSslMode().value).isEqualTo("require");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sslmode=on                         | has sslmode 'on'; it must be one of disable, allow",
        "sslmode=                           | has sslmode ''; it must be one of disable",
        "sslmode=require&sslcert=/x.crt     | has sslcert, which is not supported",
        "sslkey=/x.key                      | has sslkey, which is not supported",
        "ssl=true                           | has ssl, which is not supported",
        "gssencmode=require                 | has gssencmode, which is not supported",
        "sslmode=verify-ca&sslrootcert=/no/such.crt | '/no/such.crt', which cannot be read as"
            + " certificates",
        "sslmode=verify-full&sslrootcert=/dev/null  | '/dev/null', which cannot be read as"
            + " certificates",
        "sslmode=prefer&sslrootcert=system  | by which sslmode=prefer checks nothing; give"
            + " sslmode=verify-full",
        "sslrootcert=system                 | by which sslmode=disable checks nothing",
      })
  void refuses_by_name_parameters_that_would_weaken_encryption(String query, String problem) {
    assertThatThrownBy(() -> new Database("postgresql://points:secret@one/ledger?" + query))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(problem)
        .hasMessageNotContaining("secret@");
  }

  @Test
  void checks_the_server_where_there_is_something_to_check_it_by() {
    var required = new Database("postgresql://p:s@one/l?sslmode=require&sslrootcert=system");

    assertThat(required.connection().getSslMode()).isEqualTo(SslMode.VERIFY_CA);
    assertThat(new Database("postgresql://p:s@one/l").connection().getSslMode())
        .isEqualTo(SslMode.DISABLE);
  }

  @Test
  void passes_other_parameters_on() {
    var other = new Database("postgresql://p:s@one/l?sslmode=prefer&search_path=x");

    assertThat(other.connection().getProperties()).containsEntry("search_path", "x");
    assertThat(other.connection().getDatabase()).isEqualTo("l");
  }

  @Test
  void goes_on_to_the_next_and_round_again() {
    database.pass(database.connection());
    assertThat(database.connection().getHost()).isEqualTo("two");
    assertThat(database.connection().getPort()).isEqualTo(5433);

    database.pass(database.connection());
    assertThat(database.connection().getHost()).isEqualTo("one");
  }

  @Test
  void two_lanes_that_find_the_same_go_on_by_one_only() {
    PgConnectOptions tried = database.connection();
    database.pass(tried);
    database.pass(tried);

    assertThat(database.connection().getHost()).isEqualTo("two");
  }

  @Test
  void a_single_server_is_tried_again() {
    var single = new Database("postgresql://points:secret@one/ledger");
    single.pass(single.connection());

    assertThat(single.connection().getHost()).isEqualTo("one");
  }

  @Test
  void another_timeline_is_another_history_and_the_first_is_none() {
    assertThat(database.isOtherHistory("00000001")).isFalse();
    assertThat(database.isOtherHistory("00000001")).isFalse();
    assertThat(database.isOtherHistory("00000002")).isTrue();
    assertThat(database.isOtherHistory("00000002")).as("it is not forgotten yet").isTrue();
    database.acceptHistory("00000002");
    assertThat(database.isOtherHistory("00000002")).isFalse();
  }

  @Test
  void keeps_the_password_to_itself() {
    assertThat(database).hasToString("one:5432/ledger,two:5433/ledger");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "one", "mysql://one/ledger", "postgresql://", "postgresql://a:b@one,/ledger"})
  void refuses_an_invalid_address(String uri) {
    assertThatThrownBy(() -> new Database(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("postgresql://user:password@host:port/database");
  }
}
