import { queryOptions, useQuery } from '@tanstack/react-query';
import { Select, type SelectProps } from 'antd';
import { api, content, type Schemas } from '../api/client';

type Store = Schemas['Store'];

/** Stores that choices offer at most; a chain with more finds a store on its page. */
const STORES_MAX = 2_000;

/** The stores of the program by id. */
export const storesQuery = queryOptions({
  queryKey: ['stores', 'all'],
  staleTime: 30_000,
  queryFn: async (): Promise<Store[]> => {
    const stores: Store[] = [];
    let cursor: string | undefined;
    do {
      const page = await content(api.GET('/v1/stores', { params: { query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) } } }));
      stores.push(...page.items);
      cursor = page.hasMore ? (page.nextCursor ?? undefined) : undefined;
    } while (cursor !== undefined && stores.length < STORES_MAX);
    return stores;
  },
});

/** Chooses a store by id or name. */
export function StoreSelect(props: SelectProps) {
  const stores = useQuery(storesQuery);
  return (
    <Select
      className="filter"
      loading={stores.isLoading}
      showSearch={{ optionFilterProp: 'label' }}
      options={(stores.data ?? []).map((store) => ({ value: store.storeId, label: `${store.storeId} · ${store.name}` }))}
      {...props}
    />
  );
}
