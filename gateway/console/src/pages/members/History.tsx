import { Select, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, content, type Schemas } from '../../api/client';
import { useAddress } from '../../parts/address';
import { DataTable } from '../../parts/DataTable';
import { useShown } from '../../parts/numbers';
import { pageOf, usePages } from '../../parts/pages';
import { explain, kindName } from './entries';
import { EntryView } from './EntryView';
import { OrderLink } from './links';

type Entry = Schemas['Entry'];

const KINDS = [
  'accrual', 'deduction', 'gift', 'adjustment', 'refund', 'reversal', 'expiry', 'top_up', 'payment', 'hold', 'capture', 'release',
  'exchange', 'activation', 'cancellation', 'transfer_out', 'transfer_in', 'transfer_return', 'merge_out', 'merge_in', 'freeze',
  'unfreeze', 'closing', 'opening', 'move_out', 'move_in', 'move_return', 'tier_review',
  'tier_grant', 'tier_withdrawal',
]; // prettier-ignore

/** All that happened to a member, newest first, each in a sentence. */
export function History({ memberId }: { memberId: string }) {
  const { t } = useTranslation();
  const shown = useShown();
  const [address, setAddress] = useAddress();
  const kind = address('kind');
  const entries = usePages<Entry>(['member', memberId, 'entries', kind], (cursor, limit) =>
    content(
      api.GET('/v1/members/{memberId}/entries', {
        params: {
          path: { memberId },
          query: { ...pageOf(cursor, limit), ...(kind === undefined ? {} : { kind }) },
        },
      }),
    ),
  );
  return (
    <>
      <Select
        className="filter space-below"
        allowClear
        aria-label={t('members:kind')}
        placeholder={t('members:allKinds')}
        value={kind ?? null}
        options={KINDS.map((value) => ({ value, label: kindName(t, value) }))}
        onChange={(value: string | null) => setAddress({ kind: value ?? undefined })}
      />
      <DataTable<Entry>
        name={t('members:tabs.history')}
        {...entries}
        rowKey={(entry) => entry.transactionId}
        expanded={(entry) => <EntryView entry={entry} />}
        columns={[
          { key: 'at', title: t('members:at'), time: (entry) => entry.recordedAt, width: 215 },
          { key: 'kind', title: t('members:kind'), show: (entry) => <Tag>{kindName(t, entry.kind)}</Tag>, csv: (entry) => entry.kind },
          {
            key: 'points',
            title: t('members:points'),
            number: true,
            show: (entry) => <span className={entry.points < 0 ? 'minus' : entry.points > 0 ? 'plus' : ''}>{shown.signed(entry.points)}</span>,
            csv: (entry) => entry.points,
          },
          { key: 'balance', title: t('members:balanceAfter'), points: (entry) => entry.balance },
          {
            key: 'what',
            title: t('members:what'),
            show: (entry) => (
              <>
                {explain(t, shown, entry)}
                {entry.reason !== undefined && <div className="muted">{entry.reason}{entry.operator === undefined ? '' : ` · ${entry.operator}`}</div>}
              </>
            ),
            csv: (entry) => [explain(t, shown, entry), entry.reason, entry.operator].filter((it) => it !== undefined).join(' · '),
          },
          { key: 'order', title: t('members:order'), show: (entry) => <OrderLink entry={entry} />, csv: (entry) => (entry.orderId === undefined ? '' : `${entry.storeId}/${entry.orderId}`) },
        ]}
      />
    </>
  );
}
