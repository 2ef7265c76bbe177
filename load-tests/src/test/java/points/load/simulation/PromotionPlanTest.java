package points.load.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PromotionPlanTest {
  private final Map<String, String> properties = new HashMap<>();

  @Test
  void a_plan_has_defaults_for_everything_but_the_key() {
    PromotionPlan plan = plan();
    assertThat(plan.rate()).isEqualTo(300);
    assertThat(plan.steady()).hasSeconds(60);
    assertThat(plan.hotPercent()).isEqualTo(10);
  }

  @Test
  void a_number_out_of_range_is_named_with_the_right_range() {
    properties.put("points.promotion.rate", "fast");
    assertThatIllegalArgumentException()
        .isThrownBy(this::plan)
        .withMessage("--rate must be a whole number from 1 to 100000, not \"fast\"");
  }

  @Test
  void the_hot_member_takes_its_share_and_no_order_is_made_twice() {
    Participants participants = Participants.of(plan(), 1_000_000);
    CallFeeder callers = new CallFeeder(participants, 10);
    Set<Object> orders = new HashSet<>();
    int hot = 0;
    for (int i = 0; i < 10_000; i++) {
      Map<String, Object> caller = callers.next();
      orders.add(caller.get("orderId"));
      hot += participants.hotMember().equals(caller.get("memberId")) ? 1 : 0;
    }
    assertThat(orders).hasSize(10_000);
    assertThat(hot).isBetween(800, 1_200);
  }

  @Test
  void options_are_given_with_a_blank_or_with_an_equals_sign() {
    PromotionDayCommand command = new PromotionDayCommand();
    PromotionDayCommand.commandLine(command).parseArgs("--rate=10", "--ramp", "3", "--hot=0");
    assertThat(command.properties())
        .isEqualTo(
            Map.of(
                "url",
                "http://127.0.0.1:8080",
                "rate",
                "10",
                "rampSeconds",
                "3",
                "hotPercent",
                "0"));
  }

  @Test
  void an_unknown_option_and_a_number_out_of_range_exit_with_three() {
    assertThat(exit("--rat=10")).isEqualTo(3);
    assertThat(exit("--rate")).isEqualTo(3);
    assertThat(exit("--help")).isZero();
  }

  private static int exit(String... arguments) {
    return PromotionDayCommand.commandLine(new PromotionDayCommand())
        .setErr(new PrintWriter(new StringWriter()))
        .setOut(new PrintWriter(new StringWriter()))
        .execute(arguments);
  }

  private PromotionPlan plan() {
    return PromotionPlan.from(
        name -> Optional.ofNullable(properties.get(name)), Map.of("POINTS_KEY", "pk_test"));
  }
}
