package points.ledger.feed;

import java.util.List;

/**
 * Events of a program that follow a place in the feed.
 *
 * @param next the place after the last of them; where there is none, the place that was asked for
 * @param hasMore whether more events follow for certain; there may be more in any case
 */
public record FeedPage(List<FeedItem> items, FeedCursor next, boolean hasMore) {}
