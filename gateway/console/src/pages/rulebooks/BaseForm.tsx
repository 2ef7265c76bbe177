import { Form, InputNumber, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { minorDigits, toMajor, toMinor, useShown } from '../../parts/numbers';
import { changed, type Book } from './document';

type Fields = { points: number; perAmount: number; per: string };

/** Edits the ratio of goods for which no other counts. */
export function BaseForm({ book, onApply, onClose }: { book: Book; onApply: (book: Book) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const { currency } = useShown();
  const [form] = Form.useForm<Fields>();
  const { base } = book;
  const apply = ({ points, perAmount, per }: Fields) =>
    onApply({ ...book, base: changed(base, { points, perAmount: toMinor(perAmount, currency), per: per === 'proRata' && base.per === undefined ? undefined : per }) });
  return (
    <Modal open title={t('rulebooks:form.base')} okText={t('rulebooks:apply')} cancelText={t('cancel')} mask={{ closable: false }} destroyOnHidden onOk={() => form.submit()} onCancel={onClose}>
      <Form<Fields> form={form} layout="vertical" initialValues={{ points: base.points, perAmount: toMajor(base.perAmount ?? 100, currency), per: base.per ?? 'proRata' }} onFinish={apply}>
        <div className="fields">
          <Form.Item name="points" label={t('rulebooks:form.points')} rules={[{ required: true, message: t('required') }]}>
            <InputNumber min={1} max={1_000_000} precision={0} className="full-width" />
          </Form.Item>
          <Form.Item name="perAmount" label={t('rulebooks:form.perAmount')} rules={[{ required: true, message: t('required') }]}>
            <InputNumber min={toMajor(1, currency)} precision={minorDigits(currency)} suffix={currency} className="full-width" />
          </Form.Item>
          <Form.Item name="per" label={t('rulebooks:form.per')}>
            <Select options={['proRata', 'fullStep'].map((value) => ({ value, label: t(`rulebooks:form.pers.${value}`) }))} />
          </Form.Item>
        </div>
      </Form>
    </Modal>
  );
}
