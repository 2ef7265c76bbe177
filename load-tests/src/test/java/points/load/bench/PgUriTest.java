package points.load.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PgUriTest {
  @Test
  void reads_all_parts_and_fills_in_what_is_left_out() {
    assertThat(PgUri.parse("postgresql://points:a%2Fb+c@localhost:6543/ledger"))
        .isEqualTo(new PgUri("localhost", 6543, "points", "a/b+c", "ledger"));
    assertThat(PgUri.parse("postgres://127.0.0.1"))
        .isEqualTo(new PgUri("127.0.0.1", 5432, "postgres", "", "postgres"));
  }

  @Test
  void never_prints_the_password() {
    assertThat(PgUri.parse("postgresql://points:secret@h/d").toString()).doesNotContain("secret");
    assertThatThrownBy(() -> PgUri.parse("postgresql://points:secret@h\\/d"))
        .hasMessageNotContaining("secret");
  }

  @Test
  void refuses_another_scheme() {
    assertThatThrownBy(() -> PgUri.parse("http://localhost")).hasMessageContaining("PostgreSQL");
  }
}
