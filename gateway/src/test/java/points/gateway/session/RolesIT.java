package points.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.openapi.contract.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import points.gateway.contract.Contract;
import points.gateway.fixture.Answer;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.Person;
import points.gateway.fixture.WithGateway;

/** Every operation of the contract, called over HTTP by every role of keys and of people. */
@WithGateway
class RolesIT {

  private static final Map<String, String> PATH_PARAMETERS =
      Map.ofEntries(
          Map.entry("{ruleBookId}", "none"),
          Map.entry("{budgetId}", "none"),
          Map.entry("{simulationId}", "none"),
          Map.entry("{storeId}", "S1"),
          Map.entry("{productId}", "P-1"),
          Map.entry("{keyId}", "key_aaaaaaaaaaaaaaaa"),
          Map.entry("{staffId}", "stf_aaaaaaaaaaaaaaaa"),
          Map.entry("{reviewId}", "1"),
          Map.entry("{heldOrderId}", "1"),
          Map.entry("{ratingId}", "1"),
          Map.entry("{holdId}", "m-1"),
          Map.entry("{transactionId}", "m-1"),
          Map.entry("{poolId}", "p"),
          Map.entry("{memberId}", "m"));

  private static final Map<String, String> QUERIES =
      Map.of(
          "findMembers", "?phone=13800000000",
          "findTransactions", "?storeId=S1&orderId=1",
          "listClaims", "?storeId=S1");

  private static final Set<String> ENDS_THE_SESSION = Set.of("signOut", "signOutEverywhere");

  private final LocalGateway gateway;
  private final Chain chain;
  private final Map<String, Caller> keys = new LinkedHashMap<>();
  private final Map<String, Person> people = new LinkedHashMap<>();

  RolesIT(LocalGateway gateway, Chain chain) {
    this.gateway = gateway;
    this.chain = chain;
  }

  @Test
  void each_role_makes_its_calls_and_no_others() {
    keys.put("operator", gateway.operator());
    keys.put("admin", chain.admin());
    keys.put("store", chain.key("store", Chain.STORE));
    keys.put("reader", chain.key("reader"));
    for (String role : List.of("headOffice", "marketing", "support", "auditor")) {
      people.put(role, Person.of(gateway, chain, List.of(role)));
    }
    people.put("storeManager", Person.of(gateway, chain, List.of("storeManager"), Chain.STORE));
    Map<String, Set<String>> table = RoleTable.read();
    Map<String, String> bonds = BondTable.read();
    Set<String> operations = new TreeSet<>();
    List<String> faults = new ArrayList<>();
    Map<String, Caller> sessions = new LinkedHashMap<>(keys);
    people.forEach((role, person) -> sessions.put(role, person.signIn()));

    for (Operation operation : operations()) {
      operations.add(operation.getOperationId());
      Set<String> allowed = table.getOrDefault(operation.getOperationId(), Set.of());
      for (Map.Entry<String, Caller> session : List.copyOf(sessions.entrySet())) {
        String role = session.getKey();
        boolean ends = ENDS_THE_SESSION.contains(operation.getOperationId());
        Person person = people.get(role);
        Answer answer =
            call(operation, ends && person != null ? person.signIn() : session.getValue());
        boolean isBound =
            "refused".equals(bonds.get(operation.getOperationId()))
                && Set.of("store", "storeManager").contains(role);
        boolean isRight =
            allowed.contains(role)
                ? isBound == (answer.status() == 403) && answer.status() != 401
                : answer.status() == 403 && answer.body().contains("\"code\":\"forbidden\"");
        if (!isRight) {
          faults.add("%s as %s: %s".formatted(operation.getOperationId(), role, answer));
        }
        if (operation.getOperationId().equals("signOutEverywhere") && person != null) {
          sessions.put(role, person.signIn());
        }
      }
    }

    assertThat(faults).isEmpty();
    assertThat(table.keySet()).isEqualTo(operations);
  }

  private static List<Operation> operations() {
    Vertx vertx = Vertx.vertx();
    try {
      return Contract.load(vertx).openApi().operations().stream()
          .filter(it -> !it.getSecurityRequirements().isEmpty())
          .toList();
    } finally {
      vertx.close().await();
    }
  }

  /** Makes a call that nobody's rights let change anything: its body cannot be read. */
  private static Answer call(Operation operation, Caller caller) {
    String path = operation.getOpenAPIPath();
    for (Map.Entry<String, String> parameter : PATH_PARAMETERS.entrySet()) {
      path = path.replace(parameter.getKey(), parameter.getValue());
    }
    path += QUERIES.getOrDefault(operation.getOperationId(), "");
    boolean hasBody = operation.getRequestBody() != null;
    Caller with = caller.with("Idempotency-Key", Caller.newKey());
    return hasBody
        ? with.breaking().send(operation.getHttpMethod().name(), path, "[]")
        : with.send(operation.getHttpMethod().name(), path, null);
  }
}
