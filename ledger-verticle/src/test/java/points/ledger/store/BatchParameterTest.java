package points.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import points.ledger.commit.Batch;

final class BatchParameterTest {

  @Test
  void a_name_becomes_its_number_and_type() {
    assertThat(BatchParameter.number("SELECT :member_member_id")).isEqualTo("SELECT $2::text[]");
  }

  @Test
  void casts_and_slices_stay_as_they_are() {
    String sql = "SELECT x::json, y[a : b]";
    assertThat(BatchParameter.number(sql)).isEqualTo(sql);
  }

  @Test
  void a_name_that_is_no_parameter_is_found_at_once() {
    assertThatThrownBy(() -> BatchParameter.number("SELECT :nobody"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void each_is_bound_and_used() {
    assertThat(BatchStatement.bind(new Batch(List.of(), true)).size())
        .isEqualTo(BatchParameter.ALL.size());
    for (BatchParameter parameter : BatchParameter.ALL) {
      String name = ":" + parameter.name();
      assertThat(BatchStatement.SQL).as(name).contains(BatchParameter.number(name));
    }
  }
}
