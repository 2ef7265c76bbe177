package points.load.bench.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RequestTest {
  private final Population population =
      new Population("localhost", "pk_test", "run", MemberShape.PLAIN);

  @Test
  void a_read_has_no_body() {
    List<String> head =
        List.of(
            "GET /v1/members/run-m000042/balance HTTP/1.1",
            "Host: localhost",
            "Authorization: Bearer pk_test");
    assertThat(population.read(42).text()).isEqualTo(String.join("\r\n", head) + "\r\n\r\n");
  }

  @Test
  void a_body_is_as_long_as_its_header_says() {
    List<Request> writes = List.of(population.accrual(7, 1), population.deduction(7, 1, 5));
    for (Request write : writes) {
      String body = write.text().substring(write.text().indexOf("\r\n\r\n") + 4);
      assertThat(body)
          .startsWith("{\"memberId\":\"run-m000007\",\"storeId\":\"run-s")
          .endsWith("}");
      assertThat(write.text()).contains("Content-Length: " + body.length() + "\r\n");
    }
  }

  @Test
  void members_with_several_lots_are_opened_once_for_each() {
    MemberShape shape = MemberShape.LARGE.get(0);
    Population few = new Population("localhost", "pk_test", "run", shape);
    Population.Opening opening = few.openings().get(0);
    assertThat(opening.requests()).isEqualTo(shape.lots() * shape.members());
    for (int i = 0; i < opening.requests(); i++) {
      assertThat(opening.source().next(1)).isNotNull();
    }
    assertThat(opening.source().next(1)).isNull();
  }
}
