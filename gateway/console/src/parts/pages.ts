import { useInfiniteQuery, type QueryKey } from '@tanstack/react-query';
import { ProblemError } from '../api/problem';

interface PageOf<T> {
  items: T[];
  hasMore: boolean;
  nextCursor: string | null;
}

/** Rows per page that the tables ask for. */
export const PAGE_ROWS = 50;

/** A list that the API gives in pages, as the props of a DataTable. */
export function usePages<T>(key: QueryKey, read: (cursor: string | undefined) => Promise<PageOf<T>>, enabled = true) {
  const query = useInfiniteQuery({
    queryKey: key,
    enabled,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => read(pageParam),
    getNextPageParam: (page: PageOf<T>) => (page.hasMore ? (page.nextCursor ?? undefined) : undefined),
  });
  return {
    rows: query.data?.pages.flatMap((page) => page.items),
    loading: query.isLoading,
    problem: query.error === null ? undefined : ProblemError.from(query.error),
    retry: () => void query.refetch(),
    more: query.hasNextPage ? () => void query.fetchNextPage() : undefined,
    loadingMore: query.isFetchingNextPage,
  };
}
