import { useQuery } from '@tanstack/react-query';
import { Button, Descriptions, Flex, Select, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, content, type Schemas } from '../../api/client';
import { may, useSession } from '../../api/session';
import { useAddress } from '../../parts/address';
import { DataTable } from '../../parts/DataTable';
import { Loaded } from '../../parts/Loaded';
import { useShown } from '../../parts/numbers';
import { PAGE_ROWS, usePages } from '../../parts/pages';
import { explain, kindName } from './entries';
import { Undo } from './Undo';

type Entry = Schemas['Entry'];

const KINDS = [
  'accrual', 'deduction', 'gift', 'adjustment', 'refund', 'reversal', 'expiry', 'top_up', 'payment', 'hold', 'capture', 'release',
  'exchange', 'activation', 'cancellation', 'transfer_out', 'transfer_in', 'transfer_return', 'merge_out', 'merge_in', 'freeze',
  'unfreeze', 'closing', 'opening', 'move_out', 'move_in', 'move_return',
]; // prettier-ignore

/** All that happened to a member, newest first, each in a sentence. */
export function History({ memberId }: { memberId: string }) {
  const { t } = useTranslation();
  const shown = useShown();
  const [address, setAddress] = useAddress();
  const kind = address('kind');
  const entries = usePages<Entry>(['member', memberId, 'entries', kind], (cursor) =>
    content(
      api.GET('/v1/members/{memberId}/entries', {
        params: {
          path: { memberId },
          query: { limit: PAGE_ROWS, ...(cursor === undefined ? {} : { cursor }), ...(kind === undefined ? {} : { kind }) },
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
        expanded={(entry) => <EntryView memberId={memberId} entry={entry} />}
        columns={[
          { key: 'at', title: t('members:at'), show: (entry) => shown.time(entry.recordedAt), csv: (entry) => entry.recordedAt, width: 190 },
          { key: 'kind', title: t('members:kind'), show: (entry) => <Tag>{kindName(t, entry.kind)}</Tag>, csv: (entry) => entry.kind },
          {
            key: 'points',
            title: t('members:points'),
            number: true,
            show: (entry) => <span className={entry.points < 0 ? 'minus' : entry.points > 0 ? 'plus' : ''}>{shown.signed(entry.points)}</span>,
            csv: (entry) => entry.points,
          },
          { key: 'balance', title: t('members:balanceAfter'), number: true, show: (entry) => shown.points(entry.balance), csv: (entry) => entry.balance },
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

export function OrderLink({ entry }: { entry: Pick<Entry, 'storeId' | 'orderId'> }) {
  return entry.orderId === undefined || entry.storeId === undefined ? (
    <>{entry.storeId ?? '–'}</>
  ) : (
    <Link to={`/orders?storeId=${encodeURIComponent(entry.storeId)}&orderId=${encodeURIComponent(entry.orderId)}`}>
      {entry.storeId} / {entry.orderId}
    </Link>
  );
}

/** What an entry changed in detail, and what became of it since. */
function EntryView({ memberId, entry }: { memberId: string; entry: Entry }) {
  const { t } = useTranslation();
  const shown = useShown();
  const session = useSession();
  const [undoing, setUndoing] = useState(false);
  const transaction = useQuery({
    queryKey: ['member', memberId, 'transaction', entry.transactionId],
    queryFn: () => content(api.GET('/v1/transactions/{transactionId}', { params: { path: { transactionId: entry.transactionId } } })),
  });
  return (
    <Loaded query={transaction}>
      {(now) => (
        <Flex vertical gap={12} align="start">
          <Descriptions
            size="small"
            column={2}
            items={[
              { key: 'id', label: t('members:transactionId'), children: now.transactionId },
              { key: 'occurred', label: t('members:occurredAt'), children: shown.time(now.occurredAt) },
              ...(now.terminalId === undefined ? [] : [{ key: 'terminal', label: t('members:terminal'), children: now.terminalId }]),
              ...(now.amount === undefined ? [] : [{ key: 'amount', label: t('members:amount'), children: shown.money(now.amount) }]),
              ...(now.refersTo === undefined ? [] : [{ key: 'refersTo', label: t('members:refersTo'), children: now.refersTo }]),
              ...(now.lots.length === 0
                ? []
                : [
                    {
                      key: 'lots',
                      label: t('members:tabs.lots'),
                      children: now.lots.map((lot) => `${shown.signed(lot.points)} (${lot.expiresAt === null ? t('members:never') : shown.day(lot.expiresAt)})`).join(', '),
                    },
                  ]),
              ...(now.undone === undefined
                ? []
                : [{ key: 'undone', label: t(`members:undone.${now.undone.how}`, { defaultValue: now.undone.how }), children: now.undone.by.join(', ') }]),
            ]}
          />
          {may(session, 'reverse') && now.undone === undefined && (
            <Button size="small" onClick={() => setUndoing(true)}>
              {t('members:undo.menu')}
            </Button>
          )}
          {undoing && <Undo memberId={memberId} entry={entry} onClose={() => setUndoing(false)} />}
        </Flex>
      )}
    </Loaded>
  );
}
