package points.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.fixture.OpenLedger.await;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import points.ledger.command.SaleTerms;
import points.ledger.fixture.AllPlaces;
import points.ledger.fixture.NoCluster;
import points.ledger.fixture.OpenLedger;
import points.ledger.fixture.OpenLedgers;
import points.ledger.fixture.Tills;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.store.EntrySearch.Part;
import points.ledger.store.EntrySearch.Wanted;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** A search finds each entry once, and looks at no more for a page than it may. */
@WithPostgres
class EntrySearchIT {

  private static final Instant BEGIN = Instant.parse("2026-01-30T15:59:59.123456Z");
  private static final int ENTRIES = 8;

  @RegisterExtension final OpenLedgers ledgers;

  private final Tills tills = new Tills();
  private final AtomicReference<Instant> now = new AtomicReference<>(BEGIN);

  EntrySearchIT(TestDatabase database) {
    this.ledgers = new OpenLedgers(database);
  }

  @Test
  void finds_each_entry_once_and_ends() {
    OpenLedger ledger = ledgers.open(ledgers.options(), new NoCluster(), now::get, tills.program());
    var places = new AllPlaces(ledger, tills.keyPrefix());
    MemberKey member = tills.member("m");
    for (int i = 0; i < ENTRIES; i++) {
      places.accept(places.accrual(member, now.get(), 5, SaleTerms.NONE));
      now.updateAndGet(it -> it.plus(Duration.ofDays(1)));
    }
    var search = new EntrySearch(new PgEntryReader(ledger.pool(), InstantSource.system()), 3);

    assertThat(found(search, member, null, null, Entry.Kind.ACCRUAL))
        .containsExactly(8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L);
    assertThat(found(search, member, null, null, Entry.Kind.REFUND)).isEmpty();
    Instant third = BEGIN.plus(Duration.ofDays(2));
    assertThat(found(search, member, third, null, null)).containsExactly(8L, 7L, 6L, 5L, 4L, 3L);
    assertThat(found(search, member, null, third, null)).containsExactly(2L, 1L);
    assertThat(found(search, member, third, third.plusNanos(1_000), null)).containsExactly(3L);
  }

  private static List<Long> found(
      EntrySearch search,
      MemberKey member,
      @Nullable Instant from,
      @Nullable Instant until,
      Entry.@Nullable Kind kind) {
    var sequences = new ArrayList<Long>();
    Long before = ENTRIES + 1L;
    for (int pages = 0; before != null; pages++) {
      assertThat(pages).as("pages").isLessThanOrEqualTo(ENTRIES);
      Part part = await(search.part(member, new Wanted(from, until, kind), before, 2));
      assertThat(part.items()).hasSizeLessThanOrEqualTo(2);
      part.items().forEach(it -> sequences.add(it.sequence()));
      before = part.next();
    }
    return sequences;
  }
}
