import { useQuery } from '@tanstack/react-query';
import { Button, Descriptions, Empty, Flex, Form, Input, Space, Tag, Typography } from 'antd';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, content, type Schemas } from '../../api/client';
import { may, mayFor, storesFor, useSession } from '../../api/session';
import { useAddress } from '../../parts/address';
import { DataTable } from '../../parts/DataTable';
import { Hint, Loaded } from '../../parts/Loaded';
import { useShown, type Shown } from '../../parts/numbers';
import { Page } from '../../parts/Page';
import { StoreSelect } from '../../parts/stores';
import { explain, kindName } from '../members/entries';
import { EntryView } from '../members/EntryView';
import { MemberLink } from '../members/links';
import { OrderRating } from '../ratings/OrderRating';
import { useForeignRefunds } from './foreign';
import { RefundForm } from './RefundForm';
import { lineColumns, soldLines, type SoldLine } from './soldLines';

type Transaction = Schemas['Transaction'];
const SALES = new Set(['accrual', 'deduction', 'payment', 'top_up', 'capture']);

/** Finds an order by its store and number, shows what it did, and takes it back. */
export default function OrdersPage() {
  const { t } = useTranslation();
  const session = useSession();
  const [address, setAddress] = useAddress();
  const storeId = address('storeId');
  const orderId = address('orderId');
  const stores = storesFor(session, 'read');
  const only = stores?.length === 1 ? stores[0] : undefined;
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
      {storeId === undefined || orderId === undefined ? (
        <Hint>{t('orders:findFirst')}</Hint>
      ) : mayFor(session, 'read', storeId) ? (
        <Order key={`${storeId}/${orderId}`} storeId={storeId} orderId={orderId} />
      ) : (
        <ForeignOrder key={`${storeId}/${orderId}`} storeId={storeId} orderId={orderId} />
      )}
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

/** An order of a store that the person does not work for: its entries are not shown, but it may be taken back. */
function ForeignOrder({ storeId, orderId }: { storeId: string; orderId: string }) {
  const { t } = useTranslation();
  const mayRefund = useForeignRefunds();
  const [refunding, setRefunding] = useState(false);
  return (
    <>
      <Hint>{t(mayRefund ? 'orders:foreign.refundable' : 'orders:foreign.closed', { storeId })}</Hint>
      {mayRefund && (
        <Button type="primary" onClick={() => setRefunding(true)}>
          {t('orders:refund.title')}
        </Button>
      )}
      {refunding && <RefundForm storeId={storeId} orderId={orderId} onClose={() => setRefunding(false)} />}
    </>
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
  const paid = paidWith(transactions, shown, t);
  const lines = soldLines(sale, transactions);
  const whole = sale?.undone?.how === 'refunded';
  return (
    <>
      <Flex className="panel space-below" justify="space-between" align="start" gap={16}>
        <Descriptions
          size="small"
          column={{ xs: 1, sm: 2, md: 3 }}
          items={[
            { key: 'order', label: t('orders:number'), children: `${storeId} / ${orderId}` },
            { key: 'member', label: t('orders:member'), children: <Space wrap>{members.map((it) => <MemberLink key={it} memberId={it} />)}</Space> },
            { key: 'at', label: t('orders:at'), children: shown.time(sale?.occurredAt) },
            { key: 'amount', label: t('orders:amount'), children: shown.money(sale?.amount) },
            ...(paid.length === 0 ? [] : [{ key: 'paid', label: t('orders:paid'), children: paid.join(' + ') }]),
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
      <OrderRating storeId={storeId} orderId={orderId} />
      {lines.length > 0 && (
        <div className="panel space-below">
          <Typography.Title level={2} className="subtitle">
            {t('orders:lines')}
          </Typography.Title>
          <DataTable<SoldLine> name={`${t('orders:lines')} ${storeId} ${orderId}`} rows={lines} rowKey={(line) => line.lineId} columns={lineColumns(t, shown, lines)} />
        </div>
      )}
      <DataTable<Transaction>
        name={`${storeId} ${orderId}`}
        rows={transactions}
        rowKey={(it) => it.transactionId}
        expanded={(it) => <EntryView entry={it} />}
        columns={[
          { key: 'at', title: t('members:at'), time: (it) => it.recordedAt },
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
      {refunding && <RefundForm storeId={storeId} orderId={orderId} sold={{ lines, hasMoney: sale?.amount !== undefined }} onClose={() => setRefunding(false)} />}
    </>
  );
}

/** The points and the stored value that an order was paid with, beside money. */
function paidWith(transactions: Transaction[], shown: Shown, t: TFunction): string[] {
  const spent = transactions.filter((it) => ['deduction', 'capture'].includes(it.kind)).reduce((sum, it) => sum - it.points, 0);
  const value = transactions
    .filter((it) => ['payment', 'accrual', 'capture'].includes(it.kind))
    .flatMap((it) => it.accounts ?? [])
    .reduce((sum, it) => sum + (it.currency === 'storedValue' && it.points < 0 ? -it.points : 0), 0);
  return [...(spent > 0 ? [t('orders:paidPoints', { points: shown.points(spent) })] : []), ...(value > 0 ? [t('orders:paidValue', { amount: shown.money(value) })] : [])];
}
