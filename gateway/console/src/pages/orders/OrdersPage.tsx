import { useQuery } from '@tanstack/react-query';
import { Button, Descriptions, Empty, Flex, Form, Input, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, content, type Schemas } from '../../api/client';
import { may, useSession } from '../../api/session';
import { useAddress } from '../../parts/address';
import { DataTable } from '../../parts/DataTable';
import { Hint, Loaded } from '../../parts/Loaded';
import { useShown } from '../../parts/numbers';
import { Page } from '../../parts/Page';
import { StoreSelect } from '../../parts/stores';
import { explain, kindName } from '../members/entries';
import { RefundForm } from './RefundForm';

type Transaction = Schemas['Transaction'];
const SALES = new Set(['accrual', 'deduction', 'payment', 'top_up', 'capture']);

/** Finds an order by its store and number, shows what it did, and takes it back. */
export default function OrdersPage() {
  const { t } = useTranslation();
  const session = useSession();
  const [address, setAddress] = useAddress();
  const storeId = address('storeId');
  const orderId = address('orderId');
  const only = session.stores?.length === 1 ? session.stores[0] : undefined;
  return (
    <Page title={t('orders:title')}>
      <search className="space-below">
        <Form<{ storeId: string; orderId: string }>
          layout="inline"
          key={`${storeId}/${orderId}`}
          initialValues={{ storeId: storeId ?? only, orderId }}
          onFinish={(fields) => setAddress({ storeId: fields.storeId.trim(), orderId: fields.orderId.trim() })}
        >
          <Form.Item name="storeId" label={t('orders:store')} rules={[{ required: true, message: t('required') }]}>
            {may(session, 'readChain') ? <StoreSelect /> : <Input maxLength={64} />}
          </Form.Item>
          <Form.Item name="orderId" label={t('orders:number')} rules={[{ required: true, whitespace: true, message: t('required') }]}>
            <Input maxLength={64} autoFocus />
          </Form.Item>
          <Button type="primary" htmlType="submit">
            {t('search')}
          </Button>
        </Form>
      </search>
      {storeId === undefined || orderId === undefined ? <Hint>{t('orders:findFirst')}</Hint> : <Order key={`${storeId}/${orderId}`} storeId={storeId} orderId={orderId} />}
    </Page>
  );
}

function Order({ storeId, orderId }: { storeId: string; orderId: string }) {
  const { t } = useTranslation();
  const transactions = useQuery({
    queryKey: ['order', storeId, orderId],
    queryFn: () => content(api.GET('/v1/transactions', { params: { query: { storeId, orderId } } })),
  });
  return (
    <Loaded query={transactions}>
      {(page) =>
        page.items.length === 0 ? (
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('orders:notFound', { storeId, orderId })} />
        ) : (
          <OrderView storeId={storeId} orderId={orderId} transactions={page.items} />
        )
      }
    </Loaded>
  );
}

function OrderView({ storeId, orderId, transactions }: { storeId: string; orderId: string; transactions: Transaction[] }) {
  const { t } = useTranslation();
  const shown = useShown();
  const session = useSession();
  const [refunding, setRefunding] = useState(false);
  const sale = transactions.find((it) => it.kind === 'accrual') ?? transactions.find((it) => SALES.has(it.kind));
  const members = [...new Set(transactions.map((it) => it.memberId))];
  const earned = transactions.filter((it) => it.kind === 'accrual').reduce((sum, it) => sum + it.points, 0);
  const whole = sale?.undone?.how === 'refunded';
  return (
    <>
      <Flex className="panel space-below" justify="space-between" align="start" gap={16}>
        <Descriptions
          size="small"
          column={{ xs: 1, sm: 2, md: 3 }}
          items={[
            { key: 'order', label: t('orders:number'), children: `${storeId} / ${orderId}` },
            { key: 'member', label: t('orders:member'), children: members.map((it) => <MemberLink key={it} memberId={it} />) },
            { key: 'at', label: t('orders:at'), children: shown.time(sale?.occurredAt) },
            { key: 'amount', label: t('orders:amount'), children: shown.money(sale?.amount) },
            { key: 'earned', label: t('orders:earned'), children: shown.points(earned) },
            {
              key: 'state',
              label: t('orders:state'),
              children: sale?.undone === undefined ? <Tag color="green">{t('orders:stands')}</Tag> : <Tag color="orange">{t(`orders:undone.${sale.undone.how}`, { defaultValue: sale.undone.how })}</Tag>,
            },
          ]}
        />
        {may(session, 'refund') && sale !== undefined && !whole && (
          <Button type="primary" onClick={() => setRefunding(true)}>
            {t('orders:refund.title')}
          </Button>
        )}
      </Flex>
      {(sale?.lines?.length ?? 0) > 0 && (
        <div className="panel space-below">
          <DataTable<Schemas['LinePoints']>
            name={t('orders:lines')}
            rows={sale!.lines}
            rowKey={(line) => line.lineId}
            columns={[
              { key: 'line', title: t('orders:line'), show: (line) => line.lineId, csv: (line) => line.lineId },
              { key: 'points', title: t('orders:earned'), number: true, show: (line) => shown.points(line.points), csv: (line) => line.points },
            ]}
          />
        </div>
      )}
      <DataTable<Transaction>
        name={`${storeId} ${orderId}`}
        rows={transactions}
        rowKey={(it) => it.transactionId}
        columns={[
          { key: 'at', title: t('members:at'), show: (it) => shown.time(it.recordedAt), csv: (it) => it.recordedAt },
          { key: 'kind', title: t('members:kind'), show: (it) => <Tag>{kindName(t, it.kind)}</Tag>, csv: (it) => it.kind },
          { key: 'member', title: t('orders:member'), show: (it) => <MemberLink memberId={it.memberId} />, csv: (it) => it.memberId },
          {
            key: 'points',
            title: t('members:points'),
            number: true,
            show: (it) => <span className={it.points < 0 ? 'minus' : it.points > 0 ? 'plus' : ''}>{shown.signed(it.points)}</span>,
            csv: (it) => it.points,
          },
          { key: 'what', title: t('members:what'), show: (it) => explain(t, shown, it), csv: (it) => explain(t, shown, it) },
          { key: 'id', title: t('members:transactionId'), show: (it) => it.transactionId, csv: (it) => it.transactionId },
        ]}
      />
      {refunding && <RefundForm storeId={storeId} orderId={orderId} lines={sale?.lines ?? []} hasMoney={sale?.amount !== undefined} onClose={() => setRefunding(false)} />}
    </>
  );
}

function MemberLink({ memberId }: { memberId: string }) {
  return <Link to={`/members/${encodeURIComponent(memberId)}`}>{memberId} </Link>;
}
