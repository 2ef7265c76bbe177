import { useInfiniteQuery, type QueryKey } from '@tanstack/react-query';
import { ProblemError } from '../api/problem';

export interface PageOf<T> {
  items: T[];
  hasMore: boolean;
  nextCursor: string | null;
}

/** Rows per page that the tables ask for. */
export const PAGE_ROWS = 50;

/** Rows per page where all of them are read: as many as the API gives. */
export const PAGE_ROWS_MAX = 200;

/** Reads one page of a list. */
export type ReadPage<T> = (cursor: string | undefined, limit: number) => Promise<PageOf<T>>;

/** The parameters of one page. */
export const pageOf = (cursor: string | undefined, limit: number) => ({ limit, ...(cursor === undefined ? {} : { cursor }) });

const TRIES_MAX = 5;

/** Waits between the tries of a page: half a second, then twice as long each time. */
const WAIT_MS = 500;

/**
 * Reads all rows of a list, page by page.
 *
 * @param rowsMax rows after which it stops, and says so by `complete: false`
 * @param onRows called with the rows so far
 */
export async function readAll<T>(
  read: ReadPage<T>,
  rowsMax: number,
  { signal, onRows, waitMs = WAIT_MS }: { signal?: AbortSignal; onRows?: (rows: number) => void; waitMs?: number } = {},
): Promise<{ rows: T[]; complete: boolean }> {
  const rows: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await tried(() => read(cursor, PAGE_ROWS_MAX), waitMs, signal);
    signal?.throwIfAborted();
    rows.push(...page.items);
    onRows?.(Math.min(rows.length, rowsMax));
    cursor = page.hasMore ? (page.nextCursor ?? undefined) : undefined;
  } while (cursor !== undefined && rows.length < rowsMax);
  const complete = cursor === undefined && rows.length <= rowsMax;
  return { rows: rows.slice(0, rowsMax), complete };
}

async function tried<T>(read: () => Promise<T>, waitMs: number, signal: AbortSignal | undefined): Promise<T> {
  for (let tries = 1; ; tries++) {
    signal?.throwIfAborted();
    try {
      return await read();
    } catch (cause) {
      if (tries >= TRIES_MAX || !ProblemError.from(cause).mayRetry) {
        throw cause;
      }
      await new Promise((resolve) => setTimeout(resolve, waitMs * 2 ** (tries - 1)));
    }
  }
}

/** A list that the API gives in pages, as the props of a DataTable. */
export function usePages<T>(key: QueryKey, read: ReadPage<T>, enabled = true) {
  const query = useInfiniteQuery({
    queryKey: key,
    enabled,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => read(pageParam, PAGE_ROWS),
    getNextPageParam: (page: PageOf<T>) => (page.hasMore ? (page.nextCursor ?? undefined) : undefined),
  });
  return {
    rows: query.data?.pages.flatMap((page) => page.items),
    loading: query.isLoading,
    problem: query.error === null ? undefined : ProblemError.from(query.error),
    retry: () => void query.refetch(),
    more: query.hasNextPage ? () => void query.fetchNextPage() : undefined,
    loadingMore: query.isFetchingNextPage,
    readPage: read,
  };
}
