package points.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class AbsencesTest {

  private static final Set<String> MISSING = Set.of("a");
  private static final Set<String> NOBODY = Set.of();

  private final Absences absences = new Absences();

  @Test
  void a_node_is_let_go_at_the_first_count_after_all_was_forgotten() {
    count(NOBODY, Absences.COUNTS - 1);
    assertThat(absences.toForget()).isEmpty();

    count(NOBODY, 1);
    assertThat(absences.toForget()).hasSize(1);
    absences.toForget().forEach(Absences.Absence::forgotten);
    assertThat(absences.toForget()).isEmpty();

    assertThat(absences.count(MISSING, NOBODY)).containsExactly("a");
  }

  @Test
  void it_is_waited_for_until_that_has_succeeded() {
    count(NOBODY, 10);

    assertThat(absences.toForget()).hasSize(1);
  }

  @Test
  void a_node_that_writes_again_may_have_left_more() {
    count(NOBODY, Absences.COUNTS);
    var before = absences.toForget();

    count(MISSING, 1);
    count(NOBODY, 1);
    before.forEach(Absences.Absence::forgotten); // it was under way
    count(NOBODY, Absences.COUNTS - 1);

    assertThat(absences.toForget()).hasSize(1);
  }

  @Test
  void a_node_that_is_back_is_not_let_go() {
    count(NOBODY, Absences.COUNTS);
    absences.toForget().forEach(Absences.Absence::forgotten);

    assertThat(absences.count(NOBODY, NOBODY)).isEmpty();
    assertThat(absences.count(MISSING, NOBODY)).isEmpty();
  }

  /** None of these counts lets the node go. */
  private void count(Set<String> writing, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(absences.count(MISSING, writing)).isEmpty();
    }
  }
}
