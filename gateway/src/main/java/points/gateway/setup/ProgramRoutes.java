package points.gateway.setup;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.SqlClient;
import java.util.function.Predicate;
import points.gateway.access.ApiKeys;
import points.gateway.access.ApiKeys.NewKey;
import points.gateway.access.Permission;
import points.gateway.access.Role;
import points.gateway.web.ApiRouter;
import points.gateway.web.Authentication;
import points.gateway.web.JsonRequest;
import points.gateway.web.Problem;
import points.gateway.web.Problem.Code;
import points.gateway.web.Responses;
import points.ledger.Ledger;
import points.ledger.Registry;
import points.ledger.form.Formats;
import points.ledger.model.Fingerprint;
import points.ledger.program.Program;
import points.ledger.registry.Programs;
import points.ledger.registry.SetupChange;
import points.ledger.registry.SetupRequests.Answer;
import points.ledger.rulebook.InForce;
import points.ledger.rulebook.Timelines;
import points.ledger.trail.AuditTrail;
import points.ledger.trail.TrailChange;

/** {@code /v1/program}, the caller's own, and {@code /v1/programs}. */
public final class ProgramRoutes {

  private final Ledger ledger;
  private final Programs programs;
  private final Timelines timelines;
  private final ApiKeys keys;
  private final IdempotentSetup setup;

  public ProgramRoutes(Ledger ledger, Registry registry, ApiKeys keys, IdempotentSetup setup) {
    this.ledger = ledger;
    this.programs = registry.programs();
    this.timelines = registry.timelines();
    this.keys = keys;
    this.setup = setup;
  }

  public void mount(ApiRouter api) {
    api.get("/v1/program", Permission.READ_CHAIN, this::get);
    api.put("/v1/program", Permission.SET_UP, this::put);
    api.post("/v1/programs", Permission.RUN_DEPLOYMENT, this::create);
  }

  private void get(RoutingContext ctx) {
    Program program = programs.find(Authentication.caller(ctx).programId());
    if (program == null) {
      Responses.problem(ctx, Code.NOT_FOUND, "The program is not known to this node yet.");
    } else {
      answer(ctx, program);
    }
  }

  private void put(RoutingContext ctx) {
    JsonRequest input = JsonRequest.ofBody(ctx);
    Program program = ProgramJson.read(Authentication.caller(ctx).programId(), input.body());
    if (input.isWrong()) {
      Responses.problem(ctx, input.problem());
      return;
    }
    TrailChange change =
        Authentication.change(ctx, "program.change", "program", program.programId());
    Predicate<JsonObject> wanted = VersionTag.wantedBy(ctx);
    Responses.when(
        ctx,
        programs.update(
            program,
            before -> wanted.test(ProgramJson.write(before)),
            (transaction, before, after) ->
                ChangedFields.of(ProgramJson.write(before), ProgramJson.write(after))
                    .record(transaction, change)),
        result -> answer(ctx, result));
  }

  /** The version is that of the rules: a rule book comes into force without a change of them. */
  private void answer(RoutingContext ctx, Program program) {
    JsonObject json = ProgramJson.write(program);
    VersionTag.put(ctx, json);
    InForce book = timelines.shown(program.programId(), ledger.time().instant());
    if (book != null) {
      json.put(
          "ruleBookInForce",
          new JsonObject()
              .put("number", book.number())
              .put("ruleBookId", book.ruleBookId())
              .put("inForceFrom", book.inForceFrom().toString()));
    }
    Responses.json(ctx, 200, json);
  }

  private void answer(RoutingContext ctx, SetupChange<Program> result) {
    if (result instanceof SetupChange.Done<Program> done) {
      answer(ctx, done.now());
    } else if (result instanceof SetupChange.Outdated) {
      VersionTag.refuse(ctx);
    } else if (result instanceof SetupChange.RuleBookInForce) {
      Responses.problem(
          ctx,
          Problem.at(
              Code.RULE_BOOK_IN_FORCE,
              "/earning",
              "must be as it is: orders earn by the rule book in force; publish another one"));
    } else if (result instanceof SetupChange.CurrencyInUse) {
      Responses.problem(
          ctx, Code.CURRENCY_IN_USE, "A currency that was there stays: send it again.");
    } else {
      Responses.problem(ctx, Code.NOT_FOUND, "There is no such program.");
    }
  }

  private void create(RoutingContext ctx) {
    JsonRequest input = JsonRequest.ofWrite(ctx);
    String programId = input.body().id("programId");
    String name = input.body().readable("name", Formats.NAME_LENGTH_MAX);
    if (input.isWrong()) {
      Responses.problem(ctx, input.problem());
      return;
    }
    Fingerprint content = Fingerprint.of("program").and(programId).and(name);
    Responses.answer(
        ctx,
        setup
            .once(
                ctx,
                input.key(),
                content,
                transaction -> create(ctx, transaction, Programs.fresh(programId, name)))
            .compose(answer -> programs.changed().map(answer)));
  }

  private Future<Answer> create(RoutingContext ctx, SqlClient transaction, Program program) {
    return programs
        .create(transaction, program)
        .compose(
            created -> {
              if (!created) {
                String detail = "There is a program " + program.programId() + " already.";
                return Future.succeededFuture(
                    IdempotentSetup.refusal(ctx, Problem.of(Code.PROGRAM_EXISTS, detail)));
              }
              var made = new JsonObject().put("name", program.name());
              TrailChange change =
                  Authentication.change(ctx, "program.create", "program", program.programId());
              return firstKey(transaction, program)
                  .compose(
                      answer ->
                          AuditTrail.append(transaction, change.with(null, made)).map(answer));
            });
  }

  private Future<Answer> firstKey(SqlClient transaction, Program program) {
    String key = keys.newKey();
    var wanted = new NewKey(program.programId(), "first admin", Role.ADMIN, null);
    return keys.create(transaction, wanted, key)
        .map(
            made ->
                Answer.first(
                    201,
                    new JsonObject()
                        .put("programId", program.programId())
                        .put("name", program.name())
                        .put("keyId", made.keyId())
                        .put("key", key)
                        .toBuffer()));
  }
}
