import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Card, Flex, Form, Input, InputNumber, Select, Space, Switch } from 'antd';
import type { NamePath } from 'antd/es/form/interface';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NEW_EARNING } from './form';

export function Section({ name, children }: { name: string; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Card size="small" title={t(`program:sections.${name}.title`)}>
      <p className="muted">{t(`program:sections.${name}.text`)}</p>
      <div className="fields">{children}</div>
    </Card>
  );
}

interface FieldProps {
  name: NamePath;
  label: string;
}

function useLabels(label: string) {
  const { t, i18n } = useTranslation();
  const help = `program:help.${label}`;
  return { label: t(`program:labels.${label}`), ...(i18n.exists(help) ? { extra: t(help) } : {}) };
}

export function Text({ name, label, optional }: FieldProps & { optional?: boolean }) {
  const { t } = useTranslation();
  return (
    <Form.Item name={name} {...useLabels(label)} rules={optional ? [] : [{ required: true, whitespace: true, message: t('required') }]}>
      <Input maxLength={100} />
    </Form.Item>
  );
}

export function Whole({ name, label }: FieldProps) {
  const { t } = useTranslation();
  return (
    <Form.Item name={name} {...useLabels(label)} rules={[{ required: true, message: t('required') }]}>
      <InputNumber min={0} precision={0} className="full-width" />
    </Form.Item>
  );
}

export function Money({ name, label, currency }: FieldProps & { currency: string }) {
  const { t } = useTranslation();
  return (
    <Form.Item name={name} {...useLabels(label)} rules={[{ required: true, message: t('required') }]}>
      <InputNumber min={0} suffix={currency} className="full-width" />
    </Form.Item>
  );
}

export function Choice({ name, label, of }: FieldProps & { of: string[] }) {
  const { t } = useTranslation();
  return (
    <Form.Item name={name} {...useLabels(label)}>
      <Select options={of.map((value) => ({ value, label: t(`program:choices.${label}.${value}`) }))} />
    </Form.Item>
  );
}

export function OnOff({ name, label }: FieldProps) {
  return (
    <Form.Item name={name} valuePropName="checked" {...useLabels(label)}>
      <Switch />
    </Form.Item>
  );
}

/** Chooses among many names, such as time zones. */
export function OneOf({ name, label, of }: FieldProps & { of: { value: string; label: string }[] }) {
  const { t } = useTranslation();
  return (
    <Form.Item name={name} {...useLabels(label)} rules={[{ required: true, message: t('required') }]}>
      <Select options={of} showSearch={{ optionFilterProp: 'label' }} />
    </Form.Item>
  );
}

/** A time such as twelve months. */
export function Period({ name, label, optional }: FieldProps & { optional?: boolean }) {
  const { t } = useTranslation();
  return (
    <Form.Item name={name} {...useLabels(label)} rules={optional ? [] : [{ required: true, message: t('required') }]}>
      <PeriodInput />
    </Form.Item>
  );
}

/** Months or days, as `P12M` and `P90D` in the API. */
function PeriodInput({ id, value, onChange }: { id?: string; value?: string; onChange?: (value: string | undefined) => void }) {
  const { t } = useTranslation();
  const read = /^P(\d+)([MD])$/.exec(value ?? '');
  const [unit, setUnit] = useState(read?.[2] ?? 'M');
  const count = read === null ? null : Number(read[1]);
  const changed = (now: number | null, of: string) => onChange?.(now === null ? undefined : `P${now}${of}`);
  return (
    <Space.Compact block>
      <InputNumber {...(id === undefined ? {} : { id })} className="full-width" min={1} precision={0} value={count} onChange={(now) => changed(now, unit)} />
      <Select
        aria-label={t('program:period.unit')}
        value={unit}
        options={['M', 'D'].map((each) => ({ value: each, label: t(`program:period.${each}`) }))}
        onChange={(of) => {
          setUnit(of);
          changed(count, of);
        }}
      />
    </Space.Compact>
  );
}

/** A rule of earning: so many points for so much money. */
export function Earning({ name, currency }: { name: (string | number)[]; at?: (string | number)[]; currency: string }) {
  const initial = NEW_EARNING();
  return (
    <>
      <Whole name={[...name, 'points']} label="points" />
      <Money name={[...name, 'perAmount']} label="perAmount" currency={currency} />
      <Choice name={[...name, 'per']} label="per" of={['proRata', 'fullStep']} />
      <Choice name={[...name, 'rounding']} label="rounding" of={[initial.rounding, 'halfUp', 'halfEven', 'ceiling']} />
    </>
  );
}

/** How long points are valid. `at` is where the rule is in the whole form, if `name` is within a row. */
export function Validity({ name, at = name }: { name: (string | number)[]; at?: (string | number)[] }) {
  return (
    <>
      <Choice name={[...name, 'kind']} label="validityKind" of={['rolling', 'endOf', 'never']} />
      <Form.Item noStyle shouldUpdate>
        {({ getFieldValue }) => {
          const kind: unknown = getFieldValue([...at, 'kind']);
          return kind === 'rolling' ? (
            <Period name={[...name, 'period']} label="period" />
          ) : kind === 'endOf' ? (
            <>
              <Choice name={[...name, 'unit']} label="unit" of={['month', 'quarter', 'year']} />
              <Whole name={[...name, 'after']} label="after" />
            </>
          ) : null;
        }}
      </Form.Item>
    </>
  );
}

export function Rows({ name, add, children }: { name: string; add: () => object; children: (row: number) => ReactNode }) {
  const { t } = useTranslation();
  return (
    <Form.List name={name}>
      {(rows, actions) => (
        <div className="rows">
          {rows.map((row) => (
            <Flex key={row.key} gap={8} align="start">
              <div className="fields">{children(row.name)}</div>
              <Button icon={<DeleteOutlined />} aria-label={t('program:remove')} onClick={() => actions.remove(row.name)} />
            </Flex>
          ))}
          <Space>
            <Button icon={<PlusOutlined />} onClick={() => actions.add(add())}>
              {t(`program:add.${name}`)}
            </Button>
          </Space>
        </div>
      )}
    </Form.List>
  );
}
