package points.gateway.setup;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.SqlClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import points.gateway.access.Permission;
import points.gateway.call.OutcomeMapping;
import points.gateway.json.TransferJson;
import points.gateway.web.ApiRouter;
import points.gateway.web.Authentication;
import points.gateway.web.JsonRequest;
import points.gateway.web.Problem;
import points.gateway.web.Problem.Code;
import points.gateway.web.RefusalProblem;
import points.gateway.web.Responses;
import points.ledger.Ledger;
import points.ledger.account.Limits;
import points.ledger.command.Precondition;
import points.ledger.command.Refusal;
import points.ledger.command.TransferCommand.Send;
import points.ledger.form.FieldError;
import points.ledger.form.FieldFault;
import points.ledger.form.Formats;
import points.ledger.member.FamilyPool;
import points.ledger.member.FamilyPools;
import points.ledger.member.FamilyPools.Created;
import points.ledger.model.Fingerprint;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.registry.SetupRequests.Answer;
import points.ledger.trail.AuditTrail;

/** {@code /v1/pools}: points that several members share. */
public final class PoolRoutes {

  private static final Problem POOL_NOT_FOUND = RefusalProblem.of(new Refusal.PoolNotFound());

  private static final String POOL = "/v1/pools/:poolId";

  private final Ledger ledger;
  private final FamilyPools pools;
  private final IdempotentSetup setup;

  public PoolRoutes(Ledger ledger, FamilyPools pools, IdempotentSetup setup) {
    this.ledger = ledger;
    this.pools = pools;
    this.setup = setup;
  }

  public void mount(ApiRouter api) {
    api.post("/v1/pools", Permission.SERVE, this::create);
    api.get(POOL, Permission.READ, this::get);
    api.put(POOL + "/members/:memberId", Permission.SERVE, this::join);
    api.delete(POOL + "/members/:memberId", Permission.SERVE, this::leave);
    api.post(POOL + "/contributions", Permission.SERVE, this::contribute);
    api.post(POOL + "/withdrawals", Permission.SERVE, this::withdraw);
  }

  private void create(RoutingContext ctx) {
    JsonRequest input = JsonRequest.ofWrite(ctx);
    String poolId = input.body().id("poolId");
    String name = input.body().readable("name", Formats.NAME_LENGTH_MAX);
    List<String> memberIds = input.body().ids("memberIds", 1, FamilyPools.MEMBERS_MAX);
    if (input.isWrong()) {
      Responses.problem(ctx, input.problem());
      return;
    }
    var pool = new MemberKey(Authentication.caller(ctx).programId(), poolId);
    Fingerprint content = Fingerprint.of("pool").and(poolId).and(name);
    memberIds.forEach(content::and);
    Responses.answer(
        ctx,
        setup.once(
            ctx,
            input.key(),
            content,
            transaction ->
                pools
                    .create(transaction, pool, name, memberIds)
                    .compose(created -> record(ctx, transaction, created, memberIds))
                    .map(created -> answer(ctx, created, pool, memberIds))));
  }

  private static Future<Created> record(
      RoutingContext ctx, SqlClient transaction, Created created, List<String> memberIds) {
    if (created instanceof Created.Done done) {
      var after =
          new JsonObject()
              .put("name", done.pool().name())
              .put("memberIds", new JsonArray(memberIds));
      return record(ctx, transaction, "pool.create", done.pool().poolId(), null, after)
          .map(created);
    }
    return Future.succeededFuture(created);
  }

  /** Appends what head office does with a pool to the audit trail. Tills do so all day. */
  private static Future<Void> record(
      RoutingContext ctx,
      SqlClient transaction,
      String action,
      String poolId,
      @Nullable JsonObject before,
      @Nullable JsonObject after) {
    return Authentication.caller(ctx).stores() == null
        ? AuditTrail.append(
            transaction, Authentication.change(ctx, action, "pool", poolId).with(before, after))
        : Future.succeededFuture();
  }

  private static Answer answer(
      RoutingContext ctx, Created created, MemberKey pool, List<String> memberIds) {
    if (created instanceof Created.Done done) {
      return Answer.first(201, json(done.pool()).toBuffer());
    }
    return IdempotentSetup.refusal(
        ctx,
        created instanceof Created.UnknownMembers some
            ? unknown(memberIds, some.known())
            : MemberRoutes.exists(pool));
  }

  private static Problem unknown(List<String> memberIds, Set<String> known) {
    var errors = new ArrayList<FieldError>();
    for (int i = 0; i < memberIds.size(); i++) {
      if (!known.contains(memberIds.get(i))) {
        errors.add(FieldError.of("/memberIds/" + i, FieldFault.POOL_MEMBER));
      }
    }
    String detail = errors.get(0).pointer() + " " + errors.get(0).message() + ".";
    return new Problem(Code.INVALID_REQUEST, detail, errors, new JsonObject());
  }

  private void get(RoutingContext ctx) {
    Responses.when(
        ctx,
        pools.find(pool(ctx)),
        found ->
            found.ifPresentOrElse(
                it -> Responses.json(ctx, 200, json(it)),
                () -> Responses.problem(ctx, POOL_NOT_FOUND)));
  }

  private void join(RoutingContext ctx) {
    MemberKey member = Authentication.member(ctx);
    if (member == null) {
      Responses.memberNotFound(ctx);
      return;
    }
    var after = new JsonObject().put("memberId", member.memberId());
    Responses.when(
        ctx,
        pools.join(
            pool(ctx),
            member.memberId(),
            transaction -> record(ctx, transaction, "pool.join", id(ctx, "poolId"), null, after)),
        joined -> reply(ctx, joined));
  }

  private static void reply(RoutingContext ctx, FamilyPools.Joined joined) {
    switch (joined) {
      case DONE -> Responses.noContent(ctx);
      case NO_POOL -> Responses.problem(ctx, POOL_NOT_FOUND);
      case NO_MEMBER -> Responses.memberNotFound(ctx);
      case FULL ->
          Responses.problem(
              ctx, Code.POOL_FULL, "A pool has at most " + FamilyPools.MEMBERS_MAX + " members.");
    }
  }

  private void leave(RoutingContext ctx) {
    var before = new JsonObject().put("memberId", id(ctx, "memberId"));
    Responses.when(
        ctx,
        pools.leave(
            pool(ctx),
            id(ctx, "memberId"),
            transaction -> record(ctx, transaction, "pool.leave", id(ctx, "poolId"), before, null)),
        isPool -> {
          if (isPool) {
            Responses.noContent(ctx);
          } else {
            Responses.problem(ctx, POOL_NOT_FOUND);
          }
        });
  }

  private void contribute(RoutingContext ctx) {
    share(ctx, true);
  }

  private void withdraw(RoutingContext ctx) {
    share(ctx, false);
  }

  private void share(RoutingContext ctx, boolean in) {
    JsonRequest input = JsonRequest.ofWrite(ctx);
    MemberKey pool = pool(ctx);
    var member = new MemberKey(pool.programId(), input.body().id("memberId"));
    long points = input.body().integer("points", 1, Limits.POINTS_MAX);
    if (input.isWrong()) {
      Responses.problem(ctx, input.problem());
      return;
    }
    if (pool.memberId().isEmpty()) {
      Responses.problem(ctx, POOL_NOT_FOUND);
      return;
    }
    String reason = in ? "contribution" : "withdrawal";
    Origin origin = Origin.sharer(member.memberId(), reason).sentBy(input.actor());
    MemberKey from = in ? member : pool;
    MemberKey to = in ? pool : member;
    OutcomeMapping.reply(
        ctx,
        ledger.submit(
            Send.of(from, input.key(), origin, to.memberId(), points),
            new Precondition.SharesPool(pool, member.memberId())),
        201,
        in ? TransferJson::contribution : TransferJson::withdrawal);
  }

  /** Returns the key of the pool. A name that is no id belongs to no pool. */
  private static MemberKey pool(RoutingContext ctx) {
    return new MemberKey(Authentication.caller(ctx).programId(), id(ctx, "poolId"));
  }

  private static String id(RoutingContext ctx, String name) {
    String given = ctx.pathParam(name);
    return given != null && Formats.isId(given) ? given : "";
  }

  private static JsonObject json(FamilyPool pool) {
    return new JsonObject()
        .put("poolId", pool.poolId())
        .put("name", pool.name())
        .put("memberIds", new JsonArray(pool.memberIds()))
        .put("createdAt", pool.createdAt().toString());
  }
}
