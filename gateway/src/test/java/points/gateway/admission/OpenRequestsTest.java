package points.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OpenRequestsTest {

  private final OpenRequests<String> open = new OpenRequests<>();

  @Test
  void names_overdue_requests_once() {
    open.add("first", 100);
    open.add("second", 150);
    open.add("third", 300);

    assertThat(open.takeOlderThan(100, 250)).containsExactly("first", "second");
    assertThat(open.takeOlderThan(100, 250)).isEmpty();
    assertThat(open.takeOlderThan(100, 400)).containsExactly("third");
  }

  @Test
  void forgets_answered_requests() {
    open.add("answered", 0);
    open.remove("answered");

    assertThat(open.takeOlderThan(1, 1_000)).isEmpty();
  }
}
