package points.load.bench.client;

import java.util.List;

/**
 * The state of the members that requests are about, so that the price of a large state shows. Each
 * lot has a million points, more than a run takes from it: members keep their lots.
 *
 * @param what the state in words
 * @param suffix of the run in ids
 * @param hasMoreThanPoints whether a member has a hold, stored value and growth besides
 */
public record MemberShape(
    String what, String suffix, int members, int stores, int lots, boolean hasMoreThanPoints) {
  /** The members of most measurements. */
  public static final MemberShape PLAIN = new MemberShape("points", "", 20_000, 100, 1, false);

  public static final MemberShape ONE_LOT = few("1 lot", "a", 1, false);

  /** Larger states, compared with {@link #ONE_LOT}. */
  public static final List<MemberShape> LARGE =
      List.of(
          few("12 lots", "b", 12, false),
          few("365 lots", "c", 365, false),
          few("1 lot, a hold, stored value, growth", "d", 1, true));

  private static MemberShape few(String what, String suffix, int lots, boolean more) {
    return new MemberShape(what, suffix, 500, 10, lots, more);
  }
}
