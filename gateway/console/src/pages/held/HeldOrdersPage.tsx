import { useQueryClient } from '@tanstack/react-query';
import { Button, Descriptions, Flex, Segmented, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, content, type Schemas } from '../../api/client';
import { may, useSession } from '../../api/session';
import { useAddress } from '../../parts/address';
import { DataTable } from '../../parts/DataTable';
import { useShown } from '../../parts/numbers';
import { Page } from '../../parts/Page';
import { pageOf, usePages } from '../../parts/pages';
import { ReasonField, WriteForm } from '../../parts/WriteForm';
import { MemberLink, OrderLink } from '../members/links';

type Held = Schemas['HeldOrder'];
const STATUSES = ['open', 'accepted', 'rejected', 'undone'] as const;

/** Orders beyond a limit against abuse: a person decides. */
export default function HeldOrdersPage() {
  const { t } = useTranslation();
  const [address, setAddress] = useAddress();
  const status = address('status') ?? 'open';
  const orders = usePages<Held>(['held-orders', status], (cursor, limit) =>
    content(api.GET('/v1/held-orders', { params: { query: { status, ...pageOf(cursor, limit) } } })),
  );
  return (
    <Page title={t('held:title')}>
      <p className="muted">{t('held:about')}</p>
      <Segmented
        className="space-below"
        aria-label={t('reviews:status')}
        value={status}
        options={STATUSES.map((value) => ({ value, label: value === 'undone' ? t('held:undone') : t(`reviews:statuses.${value === 'open' ? 'review' : value}`) }))}
        onChange={(value) => setAddress({ status: value === 'open' ? undefined : value })}
      />
      <DataTable<Held>
        name={t('held:title')}
        {...orders}
        rowKey={(order) => order.heldOrderId}
        empty={t(`reviews:empty.${status === 'open' ? 'review' : status}`, { defaultValue: t('empty') })}
        expanded={(order) => <HeldView order={order} />}
        columns={[
          { key: 'occurred', title: t('orders:at'), time: (it) => it.occurredAt },
          { key: 'limits', title: t('held:limits'), show: (it) => it.limits.map((limit) => <Tag key={limit}>{limit}</Tag>), csv: (it) => it.limits.join(' ') },
          { key: 'order', title: t('members:order'), show: (it) => <OrderLink entry={it} />, csv: (it) => `${it.storeId}/${it.orderId}` },
          { key: 'member', title: t('orders:member'), show: (it) => <MemberLink memberId={it.memberId} />, csv: (it) => it.memberId },
          { key: 'cashier', title: t('held:cashier'), show: (it) => it.cashierId ?? '–', csv: (it) => it.cashierId },
          { key: 'amount', title: t('orders:amount'), money: (it) => it.amount },
          { key: 'points', title: t('members:points'), points: (it) => it.points },
        ]}
      />
    </Page>
  );
}

function HeldView({ order }: { order: Held }) {
  const { t } = useTranslation();
  const shown = useShown();
  const session = useSession();
  const [decision, setDecision] = useState<'accept' | 'reject'>();
  return (
    <Flex vertical gap={12} align="start">
      <Descriptions
        size="small"
        items={[
          { key: 'entry', label: t('members:transactionId'), children: order.transactionId },
          { key: 'terminal', label: t('held:till'), children: order.terminalId ?? '–' },
          { key: 'ended', label: t('held:ended'), children: order.endedAt === undefined ? '–' : shown.time(order.endedAt) },
        ]}
      />
      {order.status === 'open' && may(session, 'review') && (
        <Flex gap={8}>
          <Button type="primary" onClick={() => setDecision('accept')}>
            {t('reviews:accept.menu')}
          </Button>
          <Button danger onClick={() => setDecision('reject')}>
            {t('reviews:reject.menu')}
          </Button>
        </Flex>
      )}
      {decision !== undefined && <Decide order={order} decision={decision} onClose={() => setDecision(undefined)} />}
    </Flex>
  );
}

function Decide({ order, decision, onClose }: { order: Held; decision: 'accept' | 'reject'; onClose: () => void }) {
  const { t } = useTranslation();
  const shown = useShown();
  const session = useSession();
  const client = useQueryClient();
  const path = decision === 'accept' ? '/v1/held-orders/{heldOrderId}/accept' : '/v1/held-orders/{heldOrderId}/reject';
  return (
    <WriteForm<{ reason: string }, Schemas['ReviewDecision'], unknown>
      name={`held/${decision}/${order.heldOrderId}`}
      title={t(`reviews:${decision}.title`)}
      deed={t(`reviews:${decision}.menu`)}
      danger={decision === 'reject'}
      toBody={({ reason }) => ({ reason, operator: session.name })}
      call={(key, body) => content(api.POST(path, { params: { path: { heldOrderId: order.heldOrderId }, header: { 'Idempotency-Key': key } }, body }))}
      fields={() => <ReasonField />}
      effect={(body) => (
        <>
          <p>{t(`held:${decision}`, { order: `${order.storeId} / ${order.orderId}`, points: shown.points(order.points), member: order.memberId })}</p>
          <p className="muted">{body.reason}</p>
        </>
      )}
      onDone={() => void client.invalidateQueries({ queryKey: ['held-orders'] })}
      onClose={onClose}
    />
  );
}
