package points.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ByteBudgetTest {

  private static final int SMALL = 1_000;
  private static final int LARGE = 20_000;

  private final ByteBudget budget = new ByteBudget(800_000);

  @Test
  void gives_a_key_a_quarter_and_the_others_theirs() {
    assertThat(fill("greedy", SMALL)).isEqualTo(200_000);
    assertThat(fill("till", SMALL)).isEqualTo(200_000);
    assertThat(fill("other", SMALL)).isEqualTo(200_000);
    assertThat(budget.held()).isEqualTo(600_000);
  }

  @Test
  void gives_large_requests_half_of_that_and_leaves_room_for_small_ones() {
    assertThat(fill("importer", LARGE)).isEqualTo(100_000);
    assertThat(fill("importer", SMALL)).isEqualTo(100_000);
  }

  @Test
  void gives_all_keys_together_no_more_than_there_is() {
    for (int key = 0; key < 4; key++) {
      assertThat(fill("large-" + key, LARGE)).isEqualTo(100_000);
    }
    assertThat(fill("one-more", LARGE)).isZero();
    assertThat(fill("small", SMALL) + fill("smaller", SMALL)).isEqualTo(400_000);
    assertThat(fill("last", SMALL)).isZero();
  }

  @Test
  void has_room_again_when_bytes_are_given_back_and_forgets_holders_of_none() {
    fill("till", SMALL);
    budget.take("none", 0, 0);
    budget.giveBack("none", 0);

    budget.giveBack("till", 150_000);
    assertThat(fill("till", SMALL)).isEqualTo(150_000);
    budget.giveBack("till", 200_000);

    assertThat(budget.held()).isZero();
    assertThat(budget.keys()).isZero();
  }

  /** How much a key gets by requests of so many bytes. */
  private int fill(String keyId, int bytes) {
    int got = 0;
    while (budget.take(keyId, bytes, bytes)) {
      got += bytes;
    }
    return got;
  }
}
