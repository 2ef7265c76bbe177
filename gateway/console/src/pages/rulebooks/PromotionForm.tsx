import { useQuery } from '@tanstack/react-query';
import { Form, Input, InputNumber, Modal, Radio, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { storesQuery } from '../../parts/stores';
import { CapInputs } from './CapsForm';
import { CHANNELS, setNames, WEEKDAYS, type Book, type Promotion } from './document';
import { FORM_CONDITIONS, HOURS, toFields, toPromotion, type PromotionFields } from './promotionFields';
import type { Words } from './words';

interface PromotionFormProps {
  book: Book;
  index: number;
  words: Words;
  onApply: (promotion: Promotion) => void;
  onClose: () => void;
}

const FACTOR = /^(?!0*[01]?([.]0*)?$)(?!0*[.])[0-9]{1,3}([.][0-9]{1,4})?$/;
const CODE = /^[A-Za-z0-9][A-Za-z0-9._:@+~-]{0,31}$/;

/** Edits a promotion, or adds one; what the form does not have stays as it is. */
export function PromotionForm({ book, index, words, onApply, onClose }: PromotionFormProps) {
  const { t } = useTranslation();
  const [form] = Form.useForm<PromotionFields>();
  const before = book.promotions?.[index] ?? { id: '' };
  const { timeZone } = words;
  const others = [...(book.promotions ?? []).filter((_, i) => i !== index), ...(book.ratios ?? []), ...(book.brackets === undefined ? [] : [book.brackets]), { id: 'base' }, { id: 'tier' }].map((it) => it.id);
  const kept = words.conditions(Object.fromEntries(Object.entries(before.when ?? {}).filter(([name]) => !(FORM_CONDITIONS as readonly string[]).includes(name))));
  const required = { required: true, message: t('required') };
  const options = (all: string[], label: (it: string) => string = (it) => it) => all.map((value) => ({ value, label: label(value) }));
  const groups = options((book.stacking?.groups ?? []).map((it) => it.id));
  return (
    <Modal
      open
      width={720}
      title={index < (book.promotions?.length ?? 0) ? `${t('rulebooks:form.promotion')} ${before.id}` : t('rulebooks:form.newPromotion')}
      okText={t('rulebooks:apply')}
      cancelText={t('cancel')}
      mask={{ closable: false }}
      destroyOnHidden
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form<PromotionFields>
        form={form}
        layout="vertical"
        initialValues={toFields(before, timeZone)}
        scrollToFirstError
        onFinish={() => onApply(toPromotion(before, form.getFieldsValue(true) as PromotionFields, timeZone))}
      >
        <div className="fields">
          <Form.Item
            name="id"
            label={t('rulebooks:form.id')}
            extra={t('rulebooks:form.idHelp')}
            rules={[{ ...required, whitespace: true }, { pattern: CODE, message: t('rulebooks:draft.idHelp') }, { validator: (_, id: string) => (others.includes(id?.trim()) ? Promise.reject(new Error(t('rulebooks:form.taken'))) : Promise.resolve()) }]}
          >
            <Input maxLength={32} />
          </Form.Item>
          <Form.Item name="effect" label={t('rulebooks:form.effect')}>
            <Select options={options(['multiply', 'fixed', 'perUnit'], (it) => t(`rulebooks:form.effects.${it}`))} />
          </Form.Item>
          <Form.Item noStyle dependencies={['effect']}>
            {({ getFieldValue }) =>
              getFieldValue('effect') === 'multiply' ? (
                <Form.Item name="factor" label={t('rulebooks:form.factor')} extra={t('rulebooks:form.factorHelp')} rules={[required, { pattern: FACTOR, message: t('rulebooks:form.factorHelp') }]}>
                  <Input inputMode="decimal" maxLength={8} />
                </Form.Item>
              ) : (
                <>
                  <Form.Item name="points" label={t('rulebooks:form.points')} rules={[required]}>
                    <InputNumber min={1} max={1_000_000} precision={0} className="full-width" />
                  </Form.Item>
                  {getFieldValue('effect') === 'perUnit' && (
                    <Form.Item name="unitsPerOrder" label={t('rulebooks:form.unitsPerOrder')}>
                      <InputNumber min={1} max={1_000_000} precision={0} className="full-width" placeholder={t('rulebooks:form.any')} />
                    </Form.Item>
                  )}
                </>
              )
            }
          </Form.Item>
        </div>
        <div className="fields">
          <Form.Item name="from" label={t('rulebooks:form.from')} extra={t('rulebooks:zoneHelp', { zone: timeZone })}>
            <Input type="datetime-local" max="2199-12-31T23:59" />
          </Form.Item>
          <Form.Item
            name="to"
            label={t('rulebooks:form.to')}
            dependencies={['from']}
            rules={[({ getFieldValue }) => ({ validator: (_, to: string) => (to && getFieldValue('from') && to <= getFieldValue('from') ? Promise.reject(new Error(t('rulebooks:form.order'))) : Promise.resolve()) })]}
          >
            <Input type="datetime-local" max="2199-12-31T23:59" />
          </Form.Item>
          <Form.Item name="weekdays" label={t('rulebooks:form.weekdays')}>
            <Select mode="multiple" options={options(WEEKDAYS, (it) => t(`rulebooks:weekdays.${it}`))} placeholder={t('rulebooks:form.any')} />
          </Form.Item>
          <Form.Item
            name="hours"
            label={t('rulebooks:form.hours')}
            extra={t('rulebooks:form.hoursHelp')}
            rules={[{ validator: (_, hours: string[]) => (hours.every((it) => HOURS.test(it)) ? Promise.resolve() : Promise.reject(new Error(t('rulebooks:form.hoursForm')))) }]}
          >
            <Select mode="tags" open={false} suffixIcon={null} maxCount={10} tokenSeparators={[',', '，', ' ']} placeholder={t('rulebooks:form.any')} />
          </Form.Item>
        </div>
        <Named name="stores" sets={setNames(book, 'storeIds', 'storeTags')}>
          <Form.Item name={['stores', 'storeIds']} label={t('rulebooks:form.storesList')}>
            <StoreIds />
          </Form.Item>
          <Tags name={['stores', 'storeTags']} label={t('rulebooks:form.storeTags')} />
        </Named>
        <Named name="goods" sets={setNames(book, 'products', 'categories', 'marginClasses', 'tags')}>
          {['products', 'categories', 'marginClasses', 'tags'].map((it) => (
            <Tags key={it} name={['goods', it]} label={t(`rulebooks:form.${it}`)} />
          ))}
        </Named>
        <div className="fields">
          <Form.Item name="channels" label={t('rulebooks:form.channels')}>
            <Select mode="multiple" options={options(CHANNELS, (it) => t(`rulebooks:channels.${it}`))} placeholder={t('rulebooks:form.any')} />
          </Form.Item>
          {groups.length > 0 && (
            <Form.Item name="group" label={t('rulebooks:form.group')}>
              <Select allowClear options={groups} />
            </Form.Item>
          )}
          <Form.Item name="priority" label={t('rulebooks:form.priority')}>
            <InputNumber min={-1000} max={1000} precision={0} className="full-width" placeholder="0" />
          </Form.Item>
        </div>
        <CapInputs />
        <Form.Item name="unit" label={t('rulebooks:form.capUnit')}>
          <Radio.Group options={options(['points', 'uses'], (it) => t(`rulebooks:form.capUnits.${it}`))} />
        </Form.Item>
        {kept.length > 0 && <p className="muted">{t('rulebooks:form.kept', { conditions: kept.join(' · ') })}</p>}
      </Form>
    </Modal>
  );
}

/** All, a set of the book, or names that are listed here. */
function Named({ name, sets, children }: { name: 'stores' | 'goods'; sets: string[]; children: ReactNode }) {
  const { t } = useTranslation();
  const kinds = ['all', ...(sets.length === 0 ? [] : ['set']), 'list'];
  const labels: Record<string, string> = { all: t('rulebooks:form.everywhere'), set: t(`rulebooks:form.${name}Set`), list: t('rulebooks:form.listed') };
  return (
    <>
      <Form.Item name={`${name}Kind`} label={t(`rulebooks:form.${name}`)} className="tight">
        <Radio.Group options={kinds.map((value) => ({ value, label: labels[value] }))} />
      </Form.Item>
      <Form.Item noStyle dependencies={[`${name}Kind`]}>
        {({ getFieldValue }) =>
          getFieldValue(`${name}Kind`) === 'list' ? (
            <div className="fields">{children}</div>
          ) : getFieldValue(`${name}Kind`) === 'set' ? (
            <Form.Item name={`${name}Set`} label={labels.set} rules={[{ required: true, message: t('required') }]}>
              <Select options={sets.map((value) => ({ value, label: value }))} />
            </Form.Item>
          ) : null
        }
      </Form.Item>
    </>
  );
}

function Tags({ name, label }: { name: string[]; label: string }) {
  return (
    <Form.Item name={name} label={label}>
      <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', '，']} />
    </Form.Item>
  );
}

/** Stores of the program; one that is not among them can be typed in. */
function StoreIds(props: { value?: string[]; onChange?: (value: string[]) => void; id?: string }) {
  const stores = useQuery(storesQuery);
  return (
    <Select
      {...props}
      mode="tags"
      loading={stores.isLoading}
      tokenSeparators={[',', '，']}
      showSearch={{ optionFilterProp: 'label' }}
      options={(stores.data ?? []).map((it) => ({ value: it.storeId, label: `${it.storeId} · ${it.name}` }))}
    />
  );
}
