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

type Review = Schemas['Review'];
const STATUSES = ['review', 'accepting', 'accepted', 'rejected'] as const;

/** Orders that came too late and refunds whose sale did not come: a person decides. */
export default function ReviewsPage() {
  const { t } = useTranslation();
  const [address, setAddress] = useAddress();
  const status = address('status') ?? 'review';
  const reviews = usePages<Review>(['reviews', status], (cursor, limit) =>
    content(api.GET('/v1/reviews', { params: { query: { status, ...pageOf(cursor, limit) } } })),
  );
  return (
    <Page title={t('reviews:title')}>
      <Segmented
        className="space-below"
        aria-label={t('reviews:status')}
        value={status}
        options={STATUSES.map((value) => ({ value, label: t(`reviews:statuses.${value}`) }))}
        onChange={(value) => setAddress({ status: value === 'review' ? undefined : value })}
      />
      <DataTable<Review>
        name={t('reviews:title')}
        {...reviews}
        rowKey={(review) => String(review.reviewId)}
        empty={t(`reviews:empty.${status}`, { defaultValue: t('empty') })}
        expanded={(review) => <ReviewView review={review} />}
        columns={[
          { key: 'received', title: t('reviews:received'), time: (it) => it.receivedAt },
          { key: 'type', title: t('reviews:type'), show: (it) => <Tag>{t(`reviews:types.${it.type}`, { defaultValue: it.type })}</Tag>, csv: (it) => it.type },
          { key: 'order', title: t('members:order'), show: (it) => <OrderLink entry={it} />, csv: (it) => `${it.storeId}/${it.orderId}` },
          {
            key: 'member',
            title: t('orders:member'),
            show: (it) => <MemberLink memberId={it.memberId} />,
            csv: (it) => it.memberId,
          },
          { key: 'occurred', title: t('orders:at'), time: (it) => it.occurredAt },
          { key: 'amount', title: t('orders:amount'), money: amountOf },
        ]}
      />
    </Page>
  );
}

const amountOf = ({ content: { amount } }: Review) => (typeof amount === 'number' ? amount : undefined);

function ReviewView({ review }: { review: Review }) {
  const { t } = useTranslation();
  const session = useSession();
  const [decision, setDecision] = useState<'accept' | 'reject'>();
  return (
    <Flex vertical gap={12} align="start">
      {review.reason !== undefined && (
        <Descriptions
          size="small"
          items={[
            { key: 'reason', label: t('reason'), children: review.reason },
            { key: 'by', label: t('reviews:by'), children: review.operator },
            { key: 'entry', label: t('members:transactionId'), children: review.transactionId ?? '–' },
          ]}
        />
      )}
      <pre className="content">{JSON.stringify(review.content, null, 2)}</pre>
      {(review.status === 'review' || review.status === 'accepting') && may(session, 'review') && (
        <Flex gap={8}>
          <Button type="primary" onClick={() => setDecision('accept')}>
            {t('reviews:accept.menu')}
          </Button>
          <Button danger onClick={() => setDecision('reject')}>
            {t('reviews:reject.menu')}
          </Button>
        </Flex>
      )}
      {decision !== undefined && <Decide review={review} decision={decision} onClose={() => setDecision(undefined)} />}
    </Flex>
  );
}

function Decide({ review, decision, onClose }: { review: Review; decision: 'accept' | 'reject'; onClose: () => void }) {
  const { t } = useTranslation();
  const shown = useShown();
  const session = useSession();
  const client = useQueryClient();
  const path = decision === 'accept' ? '/v1/reviews/{reviewId}/accept' : '/v1/reviews/{reviewId}/reject';
  return (
    <WriteForm<{ reason: string }, Schemas['ReviewDecision'], unknown>
      name={`review/${decision}/${review.reviewId}`}
      title={t(`reviews:${decision}.title`)}
      deed={t(`reviews:${decision}.menu`)}
      danger={decision === 'reject'}
      toBody={({ reason }) => ({ reason, operator: session.name })}
      call={(key, body) => content(api.POST(path, { params: { path: { reviewId: review.reviewId }, header: { 'Idempotency-Key': key } }, body }))}
      fields={() => <ReasonField />}
      effect={(body) => (
        <>
          <p>{t(`reviews:${decision}.effect`, { order: `${review.storeId} / ${review.orderId}`, amount: shown.money(amountOf(review)), member: review.memberId ?? '–' })}</p>
          <p className="muted">{body.reason}</p>
        </>
      )}
      onDone={() => void client.invalidateQueries({ queryKey: ['reviews'] })}
      onClose={onClose}
    />
  );
}
