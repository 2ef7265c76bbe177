package points.ledger.store;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Accounts;
import points.ledger.account.Movement.Place;
import points.ledger.commit.Batch;
import points.ledger.model.MemberState;
import points.ledger.store.Column.Taken;
import points.ledger.store.json.ExtraJson;

/**
 * The columns of {@code member}, each declared once. A new one is a line here and a migration; the
 * text and the parameters of {@link BatchStatement} follow.
 */
final class MemberColumns {

  static final Columns<Batch.Member> ALL =
      new Columns<>("member", it -> after(it).lots().byExpiry());

  static final Column<Batch.Member, String> PROGRAM_ID =
      ALL.key("program_id", it -> it.key().programId());
  static final Column<Batch.Member, String> MEMBER_ID =
      ALL.key("member_id", it -> it.key().memberId());

  static final Column<Batch.Member, Long> SEQUENCE =
      ALL.int8("sequence", Batch.Member::sequenceAfter);
  static final Column<Batch.Member, String> STATUS =
      ALL.text("status", it -> after(it).status().name());
  static final Column<Batch.Member, Long> LIFETIME_EARNED =
      ALL.int8("lifetime_earned", of(MemberState::lifetimeEarned));
  static final Column<Batch.Member, Long> LIFETIME_SPENT =
      ALL.int8("lifetime_spent", of(MemberState::lifetimeSpent));
  static final Column<Batch.Member, Long> DEBT =
      ALL.int8("debt", of(it -> it.accounts().points().debt()));
  static final Column<Batch.Member, JsonObject> EXTRA =
      ALL.json("extra", it -> text(ExtraJson.of(after(it))), it -> (JsonObject) it);

  static {
    ALL.int8("previous_sequence", Batch.Member::sequenceBefore);
    ALL.bool("bought", of(it -> it.facts().hasBought()));
    // In numbers what the state says in lots, for reports and for checks of the database.
    ALL.int8("available", of(it -> it.lots().total()));
    ALL.int8("held", of(it -> it.setAside(Accounts.POINTS, Place.HELD)));
    ALL.int8("pending", of(it -> it.setAside(Accounts.POINTS, Place.PENDING)));
    ALL.int8("stored_value", of(it -> it.accounts().of(Accounts.STORED_VALUE).lots().total()));
  }

  private MemberColumns() {}

  private static <T> Taken<Batch.Member, T> of(Taken<MemberState, T> value) {
    return it -> value.of(after(it));
  }

  /** Returns the state after the batch; any state where nothing is written. */
  private static MemberState after(Batch.Member member) {
    return member.after() == null ? MemberState.ENROLLED : member.after();
  }

  private static @Nullable String text(@Nullable JsonObject json) {
    return json == null ? null : json.encode();
  }
}
