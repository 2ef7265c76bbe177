import { Form, InputNumber, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { changed, PERIODS, type Book } from './document';
import { capFields, withCaps, type CapFields } from './promotionFields';

/** The fields of caps, of a promotion or of the book. */
export function CapInputs() {
  const { t } = useTranslation();
  const cap = (name: string, label: string) => (
    <Form.Item key={name} name={name} label={label}>
      <InputNumber min={0} max={1_000_000_000_000} precision={0} className="full-width" placeholder={t('rulebooks:form.any')} />
    </Form.Item>
  );
  return (
    <div className="fields" role="group" aria-label={t('rulebooks:form.caps')}>
      {cap('perOrder', t('rulebooks:form.capOrder'))}
      {PERIODS.map((it) => cap(it, t('rulebooks:form.capMember', { period: t(`rulebooks:periods.${it}`) })))}
    </div>
  );
}

/** Edits the caps of the whole book. */
export function CapsForm({ book, onApply, onClose }: { book: Book; onApply: (book: Book) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<CapFields>();
  return (
    <Modal open title={t('rulebooks:sections.caps')} okText={t('rulebooks:apply')} cancelText={t('cancel')} mask={{ closable: false }} destroyOnHidden onOk={() => form.submit()} onCancel={onClose}>
      <Form<CapFields> form={form} layout="vertical" initialValues={capFields(book.caps)} onFinish={(fields) => onApply(changed(book, { caps: withCaps(book.caps ?? {}, fields) }))}>
        <CapInputs />
      </Form>
    </Modal>
  );
}
