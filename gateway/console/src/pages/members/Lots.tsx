import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, content, type Schemas } from '../../api/client';
import { useAddress } from '../../parts/address';
import { DataTable } from '../../parts/DataTable';
import { useShown } from '../../parts/numbers';
import { pageOf, usePages } from '../../parts/pages';

type Lot = Schemas['Lot'];

/** The points that the member has, by the day on which they expire: spent in this order. */
export function Lots({ memberId, balance }: { memberId: string; balance: Schemas['Balance'] }) {
  const { t } = useTranslation();
  const shown = useShown();
  const [address, setAddress] = useAddress();
  const currency = address('currency');
  const lots = usePages<Lot>(['member', memberId, 'lots', currency], (cursor, limit) =>
    content(
      api.GET('/v1/members/{memberId}/lots', {
        params: {
          path: { memberId },
          query: { ...pageOf(cursor, limit), ...(currency === undefined ? {} : { currency }) },
        },
      }),
    ),
  );
  return (
    <>
      {balance.accounts.length > 0 && (
        <Segmented
          className="space-below"
          value={currency ?? ''}
          options={[{ value: '', label: t('members:accountNames.points') }, ...balance.accounts.map((it) => it.currency)]}
          onChange={(value) => setAddress({ currency: value })}
        />
      )}
      <DataTable<Lot>
        name={t('members:tabs.lots')}
        {...lots}
        empty={t('members:noLots')}
        rowKey={(lot) => String(lot.expiresAt)}
        columns={[
          { key: 'expires', title: t('members:expiresAt'), show: (lot) => (lot.expiresAt === null ? t('members:never') : shown.day(lot.expiresAt)), csv: (lot) => shown.sheetTime(lot.expiresAt) },
          { key: 'points', title: t('members:points'), points: (lot) => lot.points },
        ]}
      />
    </>
  );
}
