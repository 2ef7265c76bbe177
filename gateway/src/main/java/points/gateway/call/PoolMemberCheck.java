package points.gateway.call;

import io.vertx.core.Future;
import java.util.Optional;
import points.gateway.web.Problem;
import points.gateway.web.Problem.Code;
import points.ledger.member.FamilyPool;
import points.ledger.member.FamilyPools;
import points.ledger.model.MemberKey;

/** Whether a member may put into a pool and take out of it. */
public final class PoolMemberCheck {

  public static final Problem POOL_NOT_FOUND =
      Problem.of(Code.POOL_NOT_FOUND, "The program has no such pool.");

  private final FamilyPools pools;

  public PoolMemberCheck(FamilyPools pools) {
    this.pools = pools;
  }

  /** Empty when it may. */
  public Future<Optional<Problem>> check(MemberKey pool, String memberId) {
    return pools
        .find(pool)
        .map(
            found -> {
              FamilyPool shared = found.orElse(null);
              if (shared == null) {
                return Optional.of(POOL_NOT_FOUND);
              }
              return shared.memberIds().contains(memberId)
                  ? Optional.empty()
                  : Optional.of(
                      Problem.of(
                          Code.NOT_IN_POOL, "Member " + memberId + " does not share this pool."));
            });
  }
}
