import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Checkbox, Form, InputNumber, Segmented, Select, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, content, type Schemas } from '../../api/client';
import { ProblemError } from '../../api/problem';
import { mayFor, useSession } from '../../api/session';
import { toMinor, useShown } from '../../parts/numbers';
import { ProblemAlert } from '../../parts/ProblemView';
import { ownStore, OwnStoreField } from '../../parts/stores';
import { Change, WriteForm } from '../../parts/WriteForm';

type RefundRequest = Schemas['RefundRequest'];
type How = 'whole' | 'lines' | 'amount';
interface Fields {
  how: How;
  lines?: string[];
  amount?: number;
  refundStoreId?: string;
}

interface RefundFormProps {
  storeId: string;
  orderId: string;
  /** What the order has that can come back; left out for an order that the person may not see. */
  sold?: { lines: Schemas['EntryLine'][]; hasMoney: boolean };
  onClose: () => void;
}

/** Takes an order back: whole, by lines or by amount. The gateway's preview is shown before anything is booked. */
export function RefundForm({ storeId, orderId, sold, onClose }: RefundFormProps) {
  const { t } = useTranslation();
  const shown = useShown();
  const session = useSession();
  const client = useQueryClient();
  const ways: How[] = ['whole', ...(sold === undefined || sold.lines.length > 0 ? (['lines'] as const) : []), ...(sold?.hasMoney !== false ? (['amount'] as const) : [])];
  const elsewhere = !mayFor(session, 'refund', storeId);
  return (
    <WriteForm<Fields, RefundRequest, unknown>
      name={`refund/${storeId}/${orderId}`}
      title={t('orders:refund.title')}
      deed={t('orders:refund.deed')}
      danger
      initial={{ how: 'whole' }}
      toBody={(fields) => ({
        storeId,
        orderId,
        refundId: `console-${crypto.randomUUID().slice(0, 13)}`,
        ...(elsewhere ? { refundStoreId: ownStore(session, 'refund', fields.refundStoreId).storeId! } : {}),
        ...(fields.how === 'lines' ? { lines: (fields.lines ?? []).map((lineId) => ({ lineId })) } : {}),
        ...(fields.how === 'amount' ? { amount: toMinor(fields.amount ?? 0, shown.currency) } : {}),
      })}
      call={(key, body) => content(api.POST('/v1/refunds', { params: { header: { 'Idempotency-Key': key } }, body }))}
      fields={() => (
        <>
          <Form.Item name="how" label={t('orders:refund.how')}>
            <Segmented block options={ways.map((value) => ({ value, label: t(`orders:refund.${value}`) }))} />
          </Form.Item>
          <Form.Item noStyle dependencies={['how']}>
            {({ getFieldValue }) =>
              getFieldValue('how') === 'lines' ? (
                <Form.Item name="lines" label={t('orders:lines')} rules={[{ required: true, message: t('required') }]}>
                  {sold === undefined ? (
                    <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', '，', ' ']} placeholder={t('orders:refund.linesTyped')} />
                  ) : (
                    <Checkbox.Group options={sold.lines.map((line) => ({ value: line.lineId, label: t('orders:refund.line', { line: line.lineId, product: line.productId ?? '–', amount: shown.money(line.amount), points: shown.points(line.points) }) }))} />
                  )}
                </Form.Item>
              ) : getFieldValue('how') === 'amount' ? (
                <Form.Item name="amount" label={t('orders:amount')} rules={[{ required: true, message: t('required') }]}>
                  <InputNumber className="full-width" min={0.01} precision={2} suffix={shown.currency} />
                </Form.Item>
              ) : null
            }
          </Form.Item>
          {elsewhere && <OwnStoreField name="refundStoreId" deed="refund" />}
        </>
      )}
      effect={(body) => <Preview body={body} />}
      onDone={() => {
        void client.invalidateQueries({ queryKey: ['order'] });
        void client.invalidateQueries({ queryKey: ['member'] });
      }}
      onClose={onClose}
    />
  );
}

/** What the refund would do, as the gateway says. */
function Preview({ body }: { body: RefundRequest }) {
  const { t } = useTranslation();
  const shown = useShown();
  const preview = useQuery({
    queryKey: ['refund-preview', body],
    staleTime: 0,
    gcTime: 0,
    queryFn: () => content(api.POST('/v1/refunds/preview', { body })),
  });
  if (preview.error !== null) {
    return <ProblemAlert problem={ProblemError.from(preview.error)} />;
  }
  const seen = preview.data;
  if (seen === undefined) {
    return <Skeleton active title={false} />;
  }
  const rows: [string, string, boolean][] = [
    ['money', shown.money(seen.amount), true],
    ['takenBack', shown.signed(-seen.pointsTakenBack), seen.pointsTakenBack !== 0],
    ['givenBack', shown.signed(seen.pointsGivenBack), seen.pointsGivenBack !== 0],
    ['expired', shown.points(seen.expiredOnReturn), seen.expiredOnReturn !== 0],
    ['debt', shown.points(seen.debt), seen.debt !== 0],
    ['shortfall', shown.money(seen.shortfall.amount), seen.shortfall.amount !== 0],
    ['storedValueGiven', shown.money(seen.storedValueGivenBack), seen.storedValueGivenBack !== 0],
    ['storedValueTaken', shown.money(seen.storedValueTakenBack), seen.storedValueTakenBack !== 0],
    ['growth', shown.signed(-seen.growthTakenBack), seen.growthTakenBack !== 0],
  ];
  return (
    <>
      <p>{t('orders:refund.effect', { member: seen.memberId })}</p>
      {rows
        .filter(([, , there]) => there)
        .map(([name, text]) => (
          <div key={name} className="change">
            <span>{t(`orders:refund.rows.${name}`)}</span> <strong className="number">{text}</strong>
          </div>
        ))}
      <Change label={t('members:available')} before={shown.points(seen.balance + seen.pointsTakenBack - seen.debt - seen.pointsGivenBack + seen.expiredOnReturn)} after={shown.points(seen.balance)} />
      {(seen.others?.length ?? 0) > 0 && <Alert type="info" className="space-below" title={t('orders:refund.others', { count: seen.others!.length })} />}
    </>
  );
}
