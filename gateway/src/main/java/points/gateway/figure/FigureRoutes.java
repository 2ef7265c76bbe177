package points.gateway.figure;

import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.gateway.web.ApiRouter;
import points.gateway.web.Authentication;
import points.gateway.web.GatewayServices;
import points.gateway.web.QueryParameters;
import points.gateway.web.Responses;
import points.gateway.web.StoreScope;
import points.ledger.figure.FigureQuery;
import points.ledger.figure.FigureQuery.By;
import points.ledger.figure.FigureQuery.Group;
import points.ledger.figure.Figures;
import points.ledger.form.FieldFault;
import points.ledger.form.Formats;
import points.ledger.program.Program;
import points.ledger.registry.Programs;

/** {@code /v1/figures} and {@code /v1/liability}: what reports show, added up beforehand. */
public final class FigureRoutes {

  private static final int DAYS_MAX = 366;
  private static final int DAYS_BY_HOUR_MAX = 31;

  /** The groups that are added up by day beforehand; the others are by hour only. */
  private static final Set<By> BY_DAY = Set.of(By.STORE, By.DAY, By.CHANNEL);

  private final Figures figures;
  private final Programs programs;
  private final InstantSource time;

  public FigureRoutes(GatewayServices services) {
    this.figures = services.figures();
    this.programs = services.registry().programs();
    this.time = services.ledger().time();
  }

  public void mount(ApiRouter api) {
    api.get(
        "/v1/figures",
        Permission.READ_FIGURES,
        this::figures,
        "by",
        "from",
        "to",
        "storeId",
        "cursor",
        "limit");
    api.get("/v1/liability", Permission.READ_CHAIN, this::liability);
  }

  private void figures(RoutingContext ctx) {
    QueryParameters parameters = QueryParameters.of(ctx);
    Credential caller = Authentication.caller(ctx);
    Program program = program(caller);
    LocalDate today = LocalDate.ofInstant(time.instant(), program.timeZone());
    By by = by(parameters);
    LocalDate from = day(parameters, "from", today);
    LocalDate to = day(parameters, "to", today);
    int daysMax = BY_DAY.contains(by) ? DAYS_MAX : DAYS_BY_HOUR_MAX;
    if (to.isBefore(from) || !to.isBefore(from.plusDays(daysMax))) {
      parameters.wrong("to", FieldFault.DAY_RANGE, from, daysMax);
    }
    String storeId = parameters.get("storeId");
    if (storeId != null && !Formats.isId(storeId)) {
      parameters.wrong("storeId", FieldFault.NO_ID);
    }
    int limit = parameters.limit();
    @Nullable Group after = parameters.position(it -> FigureCursor.parse(by, it));
    if (parameters.isWrong()) {
      Responses.problem(ctx, parameters.problem());
    } else if (storeId != null && !caller.actsFor(storeId)) {
      Responses.problem(ctx, StoreScope.outOfScope(caller));
    } else {
      Set<String> stores = storeId == null ? caller.stores() : Set.of(storeId);
      var query = new FigureQuery(program.programId(), by, from, to, stores, after, limit + 1);
      Responses.when(
          ctx,
          figures.read(query),
          found ->
              Responses.json(
                  ctx, 200, FigureJson.of(program, query, found, limit, time.instant())));
    }
  }

  private void liability(RoutingContext ctx) {
    Credential caller = Authentication.caller(ctx);
    if (caller.stores() != null) {
      Responses.problem(ctx, StoreScope.outOfScope(caller));
      return;
    }
    Program program = program(caller);
    Instant now = time.instant().truncatedTo(ChronoUnit.MICROS);
    Responses.when(
        ctx,
        figures.outstanding(caller.programId(), now).map(owed -> LiabilityJson.of(owed, program)),
        json -> Responses.json(ctx, 200, json));
  }

  private Program program(Credential caller) {
    Program program = programs.find(caller.programId());
    if (program == null) {
      throw new IllegalStateException("no program " + caller.programId());
    }
    return program;
  }

  private static By by(QueryParameters parameters) {
    String value = parameters.get("by");
    if (value == null) {
      return By.DAY;
    }
    return Arrays.stream(By.values())
        .filter(it -> it.name().toLowerCase(Locale.ROOT).equals(value))
        .findFirst()
        .orElseGet(
            () -> {
              parameters.wrong("by", FieldFault.FIGURES_BY);
              return By.DAY;
            });
  }

  private static LocalDate day(QueryParameters parameters, String name, LocalDate today) {
    @Nullable String value = parameters.get(name);
    if (value == null) {
      return today;
    }
    try {
      if (value.length() == 10) {
        return LocalDate.parse(value);
      }
    } catch (DateTimeException e) {
      // refused below
    }
    parameters.wrong(name, FieldFault.BUSINESS_DAY);
    return today;
  }
}
