package points.gateway.rulebook;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import points.gateway.access.Permission;
import points.gateway.web.ApiRouter;
import points.gateway.web.Authentication;
import points.gateway.web.GatewayServices;
import points.gateway.web.QueryParameters;
import points.gateway.web.Responses;
import points.ledger.budget.BudgetTerms.Term;
import points.ledger.figure.Figures;
import points.ledger.form.FieldFault;
import points.ledger.program.Program;
import points.ledger.registry.Programs;
import points.ledger.rulebook.BudgetHistory;
import points.ledger.rulebook.BudgetRows;
import points.ledger.rulebook.BudgetRows.Drawn;
import points.ledger.rulebook.Timelines;

/** {@code /v1/budgets/{budgetId}/days}: what a budget issued day by day, and where that leads. */
public final class BudgetHistoryRoutes {

  private static final int DAYS_MAX = 366;
  private static final int DAYS_BY_HOUR_MAX = 31;
  private static final int DAYS = 30;

  private final Timelines timelines;
  private final BudgetRows rows;
  private final BudgetHistory history;
  private final Figures figures;
  private final Programs programs;
  private final InstantSource time;

  public BudgetHistoryRoutes(GatewayServices services) {
    this.timelines = services.registry().timelines();
    this.rows = services.registry().budgets();
    this.history = services.registry().budgetHistory();
    this.figures = services.figures();
    this.programs = services.registry().programs();
    this.time = services.ledger().time();
  }

  public void mount(ApiRouter api) {
    api.get(
        BudgetRoutes.BUDGET + "/days",
        Permission.READ_CHAIN,
        BudgetRoutes.ofChain(this::days),
        "by",
        "from",
        "to");
  }

  private void days(RoutingContext ctx) {
    QueryParameters query = QueryParameters.of(ctx);
    String programId = Authentication.caller(ctx).programId();
    Instant now = time.instant();
    BudgetHistoryJson.Range range = range(query, zoneOf(programId), now);
    @Nullable Term term = timelines.budgets(programId, now).byId().get(ctx.pathParam("budgetId"));
    if (query.isWrong()) {
      Responses.problem(ctx, query.problem());
    } else if (term == null) {
      Responses.problem(ctx, BudgetRoutes.notFound());
    } else {
      Responses.when(
          ctx,
          find(programId, term.budget().id(), range, now),
          found -> Responses.json(ctx, 200, BudgetHistoryJson.of(term, range, found, now)));
    }
  }

  /** The place is read first: all that it names is in what is read after it. */
  private Future<BudgetHistoryJson.Found> find(
      String programId, String budgetId, BudgetHistoryJson.Range range, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, range.zone());
    return figures
        .place()
        .compose(
            place ->
                Future.all(
                        history.parts(
                            programId, budgetId, range.from(), range.to(), range.byHour()),
                        history.sums(programId, budgetId, range.from(), today),
                        rows.of(programId, List.of(budgetId)))
                    .map(
                        all -> {
                          List<Drawn> drawn = all.resultAt(2);
                          return new BudgetHistoryJson.Found(
                              place,
                              all.resultAt(0),
                              all.resultAt(1),
                              drawn.isEmpty() ? Drawn.none(budgetId) : drawn.get(0));
                        }));
  }

  private ZoneId zoneOf(String programId) {
    Program program = programs.find(programId);
    if (program == null) {
      throw new IllegalStateException("no program " + programId);
    }
    return program.timeZone();
  }

  private static BudgetHistoryJson.Range range(QueryParameters query, ZoneId zone, Instant now) {
    LocalDate to = day(query, "to", LocalDate.ofInstant(now, zone));
    LocalDate from = day(query, "from", to.minusDays(DAYS - 1));
    String by = query.get("by");
    boolean byHour = "hour".equals(by);
    if (by != null && !byHour && !by.equals("day")) {
      query.wrong("by", FieldFault.DAY_OR_HOUR);
    }
    int daysMax = byHour ? DAYS_BY_HOUR_MAX : DAYS_MAX;
    if (to.isBefore(from) || !to.isBefore(from.plusDays(daysMax))) {
      query.wrong("to", FieldFault.DAY_RANGE, from, daysMax);
    }
    return new BudgetHistoryJson.Range(from, to, byHour, zone);
  }

  private static LocalDate day(QueryParameters query, String name, LocalDate otherwise) {
    String value = query.get(name);
    if (value == null) {
      return otherwise;
    }
    try {
      if (value.length() == 10) {
        return LocalDate.parse(value);
      }
    } catch (DateTimeException e) {
      // refused below
    }
    query.wrong(name, FieldFault.BUSINESS_DAY);
    return otherwise;
  }
}
