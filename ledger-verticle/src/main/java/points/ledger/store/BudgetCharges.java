package points.ledger.store;

import io.vertx.core.json.JsonArray;
import io.vertx.pgclient.PgException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import points.ledger.budget.BudgetCharge;
import points.ledger.budget.BudgetKey;
import points.ledger.budget.BudgetState;
import points.ledger.commit.Batch;
import points.ledger.model.Entry;

/** The charges of a batch to budgets, as parameters of {@link BatchStatement}. */
final class BudgetCharges {

  private record Charge(
      int memberNo, BudgetKey key, BudgetCharge charge, Batch.@Nullable BudgetLimit limit) {}

  private record Parameter(String name, String type, Function<Charge, @Nullable Object> value) {}

  private static final List<Parameter> ALL =
      List.of(
          new Parameter("budget_member_nos", "int8[]", it -> (long) it.memberNo),
          new Parameter("budget_program_ids", "text[]", it -> it.key.programId()),
          new Parameter("budget_ids", "text[]", it -> it.key.budgetId()),
          new Parameter("budget_scopes", "text[]", it -> it.key.scope()),
          new Parameter("budget_issued", "int8[]", it -> it.charge.issued()),
          new Parameter("budget_reversed", "int8[]", it -> it.charge.reversed()),
          new Parameter("budget_lapsed", "int8[]", it -> it.charge.lapsed()),
          new Parameter("budget_max", "int8[]", it -> it.limit == null ? null : it.limit.points()),
          new Parameter("budget_stops", "bool[]", it -> it.limit == null ? null : it.limit.stops()),
          new Parameter("budget_used_up", "bool[]", it -> it.charge.usedUp()),
          new Parameter(
              "budget_warn_at", "text[]", it -> it.limit == null ? null : it.limit.warnAt()));

  static final List<BatchParameter> PARAMETERS =
      ALL.stream().map(it -> new BatchParameter(it.name, it.type)).toList();

  private BudgetCharges() {}

  static void bind(Batch batch, List<Object> arguments) {
    List<Charge> charges = of(batch);
    for (Parameter parameter : ALL) {
      arguments.add(array(parameter, charges));
    }
  }

  private static Object array(Parameter parameter, List<Charge> charges) {
    return switch (parameter.type) {
      case "int8[]" -> charges.stream().map(parameter.value).toArray(Long[]::new);
      case "bool[]" -> charges.stream().map(parameter.value).toArray(Boolean[]::new);
      default -> charges.stream().map(parameter.value).toArray(String[]::new);
    };
  }

  private static List<Charge> of(Batch batch) {
    var charges = new ArrayList<Charge>(0);
    int memberNo = 0;
    for (Batch.Member member : batch.members()) {
      memberNo++;
      for (Batch.Decided decided : member.decided()) {
        for (Entry entry : decided.entries()) {
          for (BudgetCharge it : entry.factsChange().charges()) {
            var key = new BudgetKey(member.key().programId(), it.budgetId(), it.scope());
            charges.add(new Charge(memberNo, key, it, batch.budgets().get(key)));
          }
        }
      }
    }
    return charges;
  }

  static List<BudgetState> states(JsonArray states) {
    return states.stream().map(it -> state((JsonArray) it)).toList();
  }

  /** Returns the budget that a batch was wrong about. */
  static BudgetState state(PgException refused) {
    return state(new JsonArray(refused.getDetail()));
  }

  private static BudgetState state(JsonArray json) {
    return new BudgetState(
        new BudgetKey(json.getString(0), json.getString(1), json.getString(2)),
        json.getLong(3),
        json.getLong(4),
        json.getLong(5));
  }
}
