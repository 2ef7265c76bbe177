import { useQueryClient } from '@tanstack/react-query';
import { Button, Select, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, content, type Schemas } from '../../api/client';
import { may, useSession } from '../../api/session';
import { useAddress } from '../../parts/address';
import { DataTable } from '../../parts/DataTable';
import { Hint } from '../../parts/Loaded';
import { Page } from '../../parts/Page';
import { pageOf, usePages } from '../../parts/pages';
import { WriteForm } from '../../parts/WriteForm';
import { MemberLink, OrderLink } from '../members/links';

type Parked = Schemas['ParkedRefund'];
const STATUSES = ['parked', 'applying', 'refused', 'withdrawn', 'lapsed'];

/** Refunds that came before their sale and wait for it. */
export default function ParkedPage() {
  const { t } = useTranslation();
  const session = useSession();
  const [address, setAddress] = useAddress();
  const [withdrawing, setWithdrawing] = useState<Parked>();
  const status = address('status');
  const parked = usePages<Parked>(['parked', status], (cursor, limit) =>
    content(
      api.GET('/v1/refunds/parked', {
        params: { query: { ...pageOf(cursor, limit), ...(status === undefined ? {} : { status }) } },
      }),
    ),
  );
  return (
    <Page title={t('parked:title')}>
      <Hint>{t('parked:text')}</Hint>
      <Select
        className="filter space-below"
        allowClear
        aria-label={t('parked:status')}
        placeholder={t('parked:all')}
        value={status ?? null}
        options={STATUSES.map((value) => ({ value, label: t(`parked:statuses.${value}`) }))}
        onChange={(value: string | null) => setAddress({ status: value ?? undefined })}
      />
      <DataTable<Parked>
        name={t('parked:title')}
        {...parked}
        rowKey={(it) => `${it.storeId}/${it.orderId}/${it.refundId}`}
        empty={t('parked:none')}
        columns={[
          { key: 'parkedAt', title: t('parked:parkedAt'), time: (it) => it.parkedAt },
          { key: 'status', title: t('parked:status'), show: (it) => <Tag>{t(`parked:statuses.${it.status}`, { defaultValue: it.status })}</Tag>, csv: (it) => it.status },
          { key: 'order', title: t('members:order'), show: (it) => <OrderLink entry={it} />, csv: (it) => `${it.storeId}/${it.orderId}` },
          { key: 'refund', title: t('parked:refundId'), show: (it) => it.refundId, csv: (it) => it.refundId },
          { key: 'member', title: t('orders:member'), show: (it) => <MemberLink memberId={it.memberId} />, csv: (it) => it.memberId },
          { key: 'amount', title: t('orders:amount'), money: (it) => it.amount },
          { key: 'lapses', title: t('parked:lapsesAt'), time: (it) => it.lapsesAt },
          {
            key: 'do',
            title: t('actions'),
            show: (it) =>
              it.status === 'parked' && may(session, 'refund') ? (
                <Button size="small" onClick={() => setWithdrawing(it)}>
                  {t('parked:withdraw')}
                </Button>
              ) : null,
          },
        ]}
      />
      {withdrawing !== undefined && <Withdraw parked={withdrawing} onClose={() => setWithdrawing(undefined)} />}
    </Page>
  );
}

function Withdraw({ parked, onClose }: { parked: Parked; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { storeId, orderId, refundId } = parked;
  return (
    <WriteForm<object, Schemas['WithdrawalRequest'], unknown>
      name={`withdraw/${storeId}/${orderId}/${refundId}`}
      title={t('parked:withdraw')}
      deed={t('parked:withdraw')}
      danger
      toBody={() => ({ storeId, orderId, refundId })}
      call={(key, body) => content(api.POST('/v1/refunds/parked/withdraw', { params: { header: { 'Idempotency-Key': key } }, body }))}
      fields={() => <p>{t('parked:withdrawText')}</p>}
      effect={() => <p>{t('parked:withdrawEffect', { order: `${storeId} / ${orderId}`, refundId })}</p>}
      onDone={() => void client.invalidateQueries({ queryKey: ['parked'] })}
      onClose={onClose}
    />
  );
}
