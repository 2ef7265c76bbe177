import { queryOptions, useQuery } from '@tanstack/react-query';
import { Select, type SelectProps } from 'antd';
import { api, content, type Schemas } from '../api/client';
import { pageOf, readAll } from './pages';

type Store = Schemas['Store'];

/** Stores that choices offer at most; a chain with more finds a store on its page. */
const STORES_MAX = 2_000;

/** The stores of the program by id. */
export const storesQuery = queryOptions({
  queryKey: ['stores', 'all'],
  staleTime: 30_000,
  queryFn: async () => {
    const all = await readAll<Store>((cursor, limit) => content(api.GET('/v1/stores', { params: { query: pageOf(cursor, limit) } })), STORES_MAX);
    return all.rows;
  },
});

/**
 * Chooses a store by id or name.
 *
 * @param only offers these stores; all of them if it is null or left out
 */
export function StoreSelect({ only, ...props }: SelectProps & { only?: string[] | null }) {
  const stores = useQuery(storesQuery);
  const offered = (stores.data ?? []).filter(({ storeId }) => !only || only.includes(storeId));
  return (
    <Select
      className="filter"
      loading={stores.isLoading}
      showSearch={{ optionFilterProp: 'label' }}
      options={offered.map((store) => ({ value: store.storeId, label: `${store.storeId} · ${store.name}` }))}
      {...props}
    />
  );
}
