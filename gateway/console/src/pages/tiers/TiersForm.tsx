import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Flex, Form, Input, InputNumber, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { minorDigits, useShown } from '../../parts/numbers';
import { changed, type Book } from '../rulebooks/document';
import { toTierFields, withTiers, type TierFields } from './tierFields';

const LEVELS_MAX = 12;
const RULES_MAX = 10;
const CODE = /^[A-Za-z0-9][A-Za-z0-9._:@+~-]{0,31}$/;

/** Edits the tiers of a book, their factors, and the rules by which growth is earned. Benefits are edited in the JSON. */
export function TiersForm({ book, onApply, onClose }: { book: Book; onApply: (book: Book) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const { currency } = useShown();
  const [form] = Form.useForm<TierFields>();
  const account = Form.useWatch('account', form) ?? toTierFields(book, currency).account;
  const period = Form.useWatch('period', form);
  const onRefund = Form.useWatch('onRefund', form);
  const required = { required: true, message: t('required') };
  const code = { pattern: CODE, message: t('tiers:form.code') };
  const options = (group: string, values: string[]) => values.map((value) => ({ value, label: t(`tiers:${group}.${value}`) }));
  const spend = account === 'spend' ? { precision: minorDigits(currency), suffix: currency } : { precision: 0 };
  return (
    <Modal
      open
      width={860}
      title={t('tiers:title')}
      okText={t('rulebooks:apply')}
      cancelText={t('cancel')}
      mask={{ closable: false }}
      destroyOnHidden
      onOk={() => form.submit()}
      onCancel={onClose}
      footer={(buttons) => (
        <Flex justify="space-between" gap={8} wrap>
          {book.tiers === undefined ? (
            <span />
          ) : (
            <Button danger onClick={() => onApply(changed(book, { tiers: undefined, tierFactors: undefined, growth: undefined }))}>
              {t('tiers:form.none')}
            </Button>
          )}
          <Flex gap={8}>{buttons}</Flex>
        </Flex>
      )}
    >
      <Form<TierFields> form={form} layout="vertical" initialValues={toTierFields(book, currency)} onFinish={() => onApply(withTiers(book, form.getFieldsValue(true) as TierFields, currency))}>
        <div className="fields">
          <Form.Item name="account" label={t('tiers:form.account')}>
            <Select options={options('accounts', ['growth', 'visits', 'spend'])} />
          </Form.Item>
          <Form.Item name="period" label={t('tiers:form.period')}>
            <Select options={[{ value: 'rolling', label: t('tiers:form.rolling') }, { value: 'calendarYear', label: t('tiers:calendarYear') }]} />
          </Form.Item>
          {period !== 'calendarYear' && (
            <Form.Item name="months" label={t('tiers:form.months')} rules={[required]}>
              <InputNumber min={1} max={36} precision={0} className="full-width" />
            </Form.Item>
          )}
          <Form.Item name="up" label={t('tiers:form.up')}>
            <Select options={options('ups', ['immediate', 'review'])} />
          </Form.Item>
          <Form.Item name="on" label={t('tiers:form.on')}>
            <Select options={options('reviews', ['anniversary', 'yearEnd'])} />
          </Form.Item>
          <Form.Item name="down" label={t('tiers:form.down')}>
            <Select options={options('downs', ['oneStep', 'toEarned'])} />
          </Form.Item>
          <Form.Item name="grace" label={t('tiers:form.grace')}>
            <InputNumber min={1} max={366} precision={0} className="full-width" placeholder={t('tiers:form.noGrace')} />
          </Form.Item>
          <Form.Item name="onRefund" label={t('tiers:form.onRefund')}>
            <Select options={[...options('refunds', ['review', 'immediate']), { value: 'ifWithin', label: t('tiers:form.ifWithin') }]} />
          </Form.Item>
          {onRefund === 'ifWithin' && (
            <Form.Item name="within" label={t('tiers:form.within')} rules={[required]}>
              <InputNumber min={1} max={366} precision={0} className="full-width" />
            </Form.Item>
          )}
        </div>
        <h3>{t('tiers:form.levels')}</h3>
        <Form.List name="levels">
          {(rows, { add, remove }) => (
            <>
              {rows.map(({ key, name }, i) => (
                <Flex key={key} gap={8} align="end" className="step-row" role="group" aria-label={t('tiers:form.level', { level: i + 1 })}>
                  <div className="fields">
                    <Form.Item name={[name, 'id']} label={t('tiers:form.id')} rules={[required, code]}>
                      <Input maxLength={32} />
                    </Form.Item>
                    {i === 0 ? (
                      <Form.Item label={t('tiers:form.from')}>{t('tiers:everybody')}</Form.Item>
                    ) : (
                      <Form.Item name={[name, 'from']} label={t('tiers:form.from')} rules={[required]}>
                        <InputNumber min={0} className="full-width" {...spend} />
                      </Form.Item>
                    )}
                    <Form.Item name={[name, 'zh']} label={t('tiers:form.zh')}>
                      <Input maxLength={100} />
                    </Form.Item>
                    <Form.Item name={[name, 'en']} label={t('tiers:form.en')}>
                      <Input maxLength={100} />
                    </Form.Item>
                    <Form.Item name={[name, 'factor']} label={t('tiers:form.factor')} rules={[{ pattern: /^\d{1,3}(\.\d{1,4})?$/, message: t('tiers:form.decimal') }]}>
                      <Input inputMode="decimal" placeholder="1" />
                    </Form.Item>
                    {i > 0 && (
                      <>
                        <Form.Item name={[name, 'price']} label={t('tiers:form.price')}>
                          <InputNumber min={1} precision={0} className="full-width" placeholder={t('tiers:form.noPrice')} />
                        </Form.Item>
                        <Form.Item name={[name, 'months']} label={t('tiers:form.validity')}>
                          <InputNumber min={1} max={36} precision={0} className="full-width" placeholder="12" />
                        </Form.Item>
                        <Form.Item name={[name, 'neverFalls']} valuePropName="checked">
                          <Checkbox>{t('tiers:neverFalls')}</Checkbox>
                        </Form.Item>
                      </>
                    )}
                  </div>
                  <Button className="step-remove" icon={<DeleteOutlined />} aria-label={t('tiers:form.removeLevel', { level: i + 1 })} disabled={i === 0} onClick={() => remove(name)} />
                </Flex>
              ))}
              <Button icon={<PlusOutlined />} disabled={rows.length >= LEVELS_MAX} onClick={() => add({ id: '' })}>
                {t('tiers:form.addLevel')}
              </Button>
            </>
          )}
        </Form.List>
        <h3>{t('tiers:form.growth')}</h3>
        <Form.List name="growth">
          {(rows, { add, remove }) => (
            <>
              {rows.map(({ key, name }, i) => (
                <Flex key={key} gap={8} align="end" className="step-row" role="group" aria-label={t('tiers:form.rule', { rule: i + 1 })}>
                  <div className="fields">
                    <Form.Item name={[name, 'id']} label={t('tiers:form.id')} rules={[required]}>
                      <Input maxLength={64} />
                    </Form.Item>
                    <Form.Item name={[name, 'points']} label={t('tiers:form.points')}>
                      <InputNumber min={1} max={1_000_000} precision={0} className="full-width" />
                    </Form.Item>
                    <Form.Item name={[name, 'perAmount']} label={t('tiers:form.perAmount')}>
                      <InputNumber min={0} precision={minorDigits(currency)} suffix={currency} className="full-width" />
                    </Form.Item>
                    <Form.Item name={[name, 'fixed']} label={t('tiers:form.fixed')}>
                      <InputNumber min={1} max={1_000_000} precision={0} className="full-width" />
                    </Form.Item>
                    <Form.Item name={[name, 'perDay']} label={t('tiers:form.perDay')}>
                      <InputNumber min={1} max={100} precision={0} className="full-width" />
                    </Form.Item>
                  </div>
                  <Button className="step-remove" icon={<DeleteOutlined />} aria-label={t('tiers:form.removeRule', { rule: i + 1 })} onClick={() => remove(name)} />
                </Flex>
              ))}
              <Button icon={<PlusOutlined />} disabled={rows.length >= RULES_MAX} onClick={() => add({ id: rows.length === 0 ? 'spend' : '', points: 1, perAmount: 1 })}>
                {t('tiers:form.addRule')}
              </Button>
            </>
          )}
        </Form.List>
      </Form>
    </Modal>
  );
}
