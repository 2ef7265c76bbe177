package points.ledger.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import points.ledger.book.RuleBook;
import points.ledger.engine.CompiledBook;
import points.ledger.rules.EarningRule;
import points.ledger.rules.Rounding;

final class ProgramTest {

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  @Test
  void a_program_without_a_publication_rates_by_its_own_ratio() {
    PublishedBook book = program(3, true).publication();

    assertThat(book.number()).isEqualTo(PublishedBook.UNPUBLISHED);
    assertThat(book.compiled().book().base().points()).isEqualTo(3);
  }

  @Test
  void a_publication_takes_the_place_of_the_ratio_and_nothing_else() {
    Program program = program(3, true);
    var published =
        new PublishedBook(
            7,
            "autumn",
            new CompiledBook(
                RuleBook.plain(ZONE, "points", new EarningRule(5, 1, Rounding.CEILING))));

    Program rated = program.ratingBy(published);

    assertThat(rated.publication()).isEqualTo(published);
    assertThat(rated.book()).isSameAs(published.compiled());
    assertThat(rated.ratingBy(program.publication())).isEqualTo(program);
    assertThat(rated.enrollingAs(program(1, false)).publication()).isEqualTo(published);
  }

  private static Program program(long points, boolean autoEnrol) {
    return new Program(
        "p",
        "P",
        "CNY",
        ZONE,
        new EarningRule(points, 100, Rounding.FLOOR),
        new Validity.Never(),
        autoEnrol);
  }
}
