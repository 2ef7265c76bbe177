import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Flex, Form, InputNumber, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { minorDigits, toMajor, useShown } from '../../parts/numbers';
import { toBrackets, toBracketFields, type BracketFields } from './bracketFields';
import { changed, type Book } from './document';

const STEPS_MAX = 50;

/** Edits the steps of ratios by amount; the last one has no end. */
export function BracketsForm({ book, onApply, onClose }: { book: Book; onApply: (book: Book) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const { currency } = useShown();
  const [form] = Form.useForm<BracketFields>();
  const begin = book.brackets?.steps.some((it) => it.from !== undefined) ?? false;
  const required = [{ required: true, message: t('required') }];
  const money = <InputNumber min={toMajor(1, currency)} precision={minorDigits(currency)} suffix={currency} className="full-width" />;
  return (
    <Modal
      open
      width={720}
      title={t('rulebooks:form.brackets')}
      okText={t('rulebooks:apply')}
      cancelText={t('cancel')}
      mask={{ closable: false }}
      destroyOnHidden
      onOk={() => form.submit()}
      onCancel={onClose}
      footer={(buttons) => (
        <Flex justify="space-between" gap={8} wrap>
          {book.brackets === undefined ? (
            <span />
          ) : (
            <Button danger onClick={() => onApply(changed(book, { brackets: undefined }))}>
              {t('rulebooks:form.noBrackets')}
            </Button>
          )}
          <Flex gap={8}>{buttons}</Flex>
        </Flex>
      )}
    >
      <Form<BracketFields>
        form={form}
        layout="vertical"
        initialValues={toBracketFields(book, currency)}
        onFinish={() => onApply({ ...book, brackets: toBrackets(book, form.getFieldsValue(true) as BracketFields, currency) })}
      >
        <Form.Item name="mode" label={t('rulebooks:form.mode')}>
          <Select options={['marginal', 'whole'].map((value) => ({ value, label: t(`rulebooks:bracketModes.${value}`) }))} />
        </Form.Item>
        <Form.List name="steps">
          {(rows, { add, remove }) => (
            <>
              {rows.map(({ key, name }, i) => {
                const step = i + 1;
                const bounded = begin ? i > 0 : i < rows.length - 1;
                return (
                  <Flex key={key} gap={8} align="end" className="step-row">
                    <div className="fields">
                      {bounded ? (
                        <Form.Item name={[name, 'bound']} label={t(begin ? 'rulebooks:form.stepBegin' : 'rulebooks:form.stepEnd', { step })} rules={required}>
                          {money}
                        </Form.Item>
                      ) : (
                        <Form.Item label={`${t('rulebooks:step')} ${step}`}>{t(begin ? 'rulebooks:above' : 'rulebooks:form.lastStep', { from: 0 })}</Form.Item>
                      )}
                      <Form.Item name={[name, 'points']} label={t('rulebooks:form.stepPoints', { step })} rules={required}>
                        <InputNumber min={0} max={1_000_000} precision={0} className="full-width" />
                      </Form.Item>
                      <Form.Item name={[name, 'perAmount']} label={t('rulebooks:form.stepAmount', { step })} rules={required}>
                        {money}
                      </Form.Item>
                    </div>
                    <Button className="step-remove" icon={<DeleteOutlined />} aria-label={t('rulebooks:form.removeStep', { step })} disabled={rows.length === 1} onClick={() => remove(name)} />
                  </Flex>
                );
              })}
              <Button icon={<PlusOutlined />} disabled={rows.length >= STEPS_MAX} onClick={() => add({ points: 1, perAmount: 1 })}>
                {t('rulebooks:form.addStep')}
              </Button>
            </>
          )}
        </Form.List>
      </Form>
    </Modal>
  );
}
