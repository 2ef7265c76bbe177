import { queryOptions, useQuery } from '@tanstack/react-query';
import { Form, Select, type SelectProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, content, type Schemas } from '../api/client';
import { storesFor, useSession, type Permission, type Session } from '../api/session';
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

/**
 * Asks for which store a deed is done, when the person has several. Head office does it for none.
 *
 * @param deed the permission that the deed needs
 */
export function OwnStoreField({ name = 'storeId', deed }: { name?: string; deed: Permission }) {
  const { t } = useTranslation();
  const stores = storesFor(useSession(), deed);
  return (stores?.length ?? 0) < 2 ? null : (
    <Form.Item name={name} label={t('forStore')} rules={[{ required: true, message: t('required') }]}>
      <StoreSelect className="full-width" only={stores} />
    </Form.Item>
  );
}

/** The store for which a deed is done: the chosen one, or the only one that the person has. */
export function ownStore(session: Session, deed: Permission, chosen: string | undefined): { storeId?: string } {
  const stores = storesFor(session, deed);
  const storeId = stores?.length === 1 ? stores[0] : chosen;
  return storeId === undefined ? {} : { storeId };
}
