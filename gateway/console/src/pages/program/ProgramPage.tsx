import { useQuery, useQueryClient } from '@tanstack/react-query';
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Alert, App, Button, Card, Flex, Form, Input, InputNumber, Modal, Select, Space, Switch } from 'antd';
import type { NamePath } from 'antd/es/form/interface';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api, content, type Schemas } from '../../api/client';
import { fieldPath, ProblemError } from '../../api/problem';
import { may, useSession } from '../../api/session';
import { Hint, Loaded } from '../../parts/Loaded';
import { Page } from '../../parts/Page';
import { ProblemAlert } from '../../parts/ProblemView';
import { programQuery } from '../../parts/program';
import { changes, NEW_EARNING, toFields, toRequest, type ProgramFields } from './form';

type ProgramRequest = Schemas['ProgramRequest'];

/** All rules of the program, each with what it means. */
export default function ProgramPage() {
  const program = useQuery(programQuery);
  return <Loaded query={program}>{(seen) => <ProgramForm key={JSON.stringify(seen)} program={seen} />}</Loaded>;
}

function ProgramForm({ program }: { program: Schemas['Program'] }) {
  const { t } = useTranslation();
  const session = useSession();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [form] = Form.useForm<ProgramFields>();
  const [wanted, setWanted] = useState<ProgramRequest>();
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<ProblemError>();
  const [changedMeanwhile, setChangedMeanwhile] = useState(false);
  const mayChange = may(session, 'setUp');
  const before = toRequest(toFields(program));
  const currency = Form.useWatch('currency', form) ?? program.currency;

  const save = async (body: ProgramRequest) => {
    setSaving(true);
    setProblem(undefined);
    try {
      const now = await content(api.GET('/v1/program'));
      if (changes(before, toRequest(toFields(now))).length > 0) {
        setChangedMeanwhile(true);
        setWanted(undefined);
        return;
      }
      await content(api.PUT('/v1/program', { body }));
      void message.success(t('done'));
      setWanted(undefined);
      await client.invalidateQueries({ queryKey: programQuery.queryKey });
    } catch (cause) {
      const failed = ProblemError.from(cause);
      setProblem(failed);
      setWanted(undefined);
      form.setFields(failed.wrongFields.map((field) => ({ name: fieldPath(field.pointer), errors: [field.message] })) as never);
    } finally {
      setSaving(false);
    }
  };

  return (
    <Form<ProgramFields>
      form={form}
      layout="vertical"
      disabled={!mayChange}
      initialValues={toFields(program)}
      scrollToFirstError
      onFinish={() => setWanted(toRequest(form.getFieldsValue(true) as ProgramFields))}
    >
      <Page
        title={t('program:title')}
        extra={
          mayChange && (
            <>
              <Button onClick={() => form.resetFields()}>{t('program:reset')}</Button>
              <Button type="primary" htmlType="submit">
                {t('save')}
              </Button>
            </>
          )
        }
      >
        {!mayChange && <Hint>{t('program:readOnly')}</Hint>}
        {changedMeanwhile && (
          <Alert
            type="warning"
            showIcon
            className="space-below"
            title={t('program:changedMeanwhile')}
            action={
              <Button size="small" disabled={false} onClick={() => void client.invalidateQueries({ queryKey: programQuery.queryKey })}>
                {t('program:showNew')}
              </Button>
            }
          />
        )}
        {problem !== undefined && <ProblemAlert problem={problem} />}
        <Flex vertical gap={16}>
          <Section name="general">
            <Text name="name" label="name" />
            <Text name="currency" label="currency" />
            <Text name="timeZone" label="timeZone" />
            <Text name="country" label="country" optional />
            <OnOff name="autoEnrol" label="autoEnrol" />
          </Section>
          <Section name="earning">
            <Earning name={['earning']} currency={currency} />
          </Section>
          <Section name="validity">
            <Validity name={['validity']} />
          </Section>
          <Section name="growth">
            <OnOff name="hasGrowth" label="hasGrowth" />
            <Form.Item noStyle dependencies={['hasGrowth']}>
              {({ getFieldValue }) => getFieldValue('hasGrowth') === true && <Earning name={['growth']} currency={currency} />}
            </Form.Item>
          </Section>
          <Section name="storedValue">
            <OnOff name="topUpEarns" label="topUpEarns" />
            <Form.Item noStyle dependencies={['topUpEarns']}>
              {({ getFieldValue }) => getFieldValue('topUpEarns') === true && <Earning name={['topUpEarning']} currency={currency} />}
            </Form.Item>
            <Rows name="bonuses" add={() => ({ from: 100, bonus: 10 })}>
              {(row) => (
                <>
                  <Money name={[row, 'from']} label="from" currency={currency} />
                  <Money name={[row, 'bonus']} label="bonus" currency={currency} />
                </>
              )}
            </Rows>
          </Section>
          <Section name="refunds">
            <Choice name={['refunds', 'shortfall']} label="shortfall" of={['debt', 'charge']} />
            <Whole name={['refunds', 'pointValue', 'points']} label="pointValuePoints" />
            <Money name={['refunds', 'pointValue', 'amount']} label="pointValueAmount" currency={currency} />
            <Choice name={['refunds', 'stores']} label="refundStores" of={['selling', 'any']} />
            <Text name={['refunds', 'returnGrace']} label="returnGrace" optional />
          </Section>
          <Section name="currencies">
            <Rows name="currencies" add={() => ({ code: '', name: '', earns: false, validity: { kind: 'never' as const } })}>
              {(row) => (
                <>
                  <Text name={[row, 'code']} label="code" />
                  <Text name={[row, 'name']} label="currencyName" />
                  <Validity name={[row, 'validity']} at={['currencies', row, 'validity']} />
                  <OnOff name={[row, 'earns']} label="earns" />
                  <Form.Item noStyle shouldUpdate>
                    {({ getFieldValue }) => getFieldValue(['currencies', row, 'earns']) === true && <Earning name={[row, 'earning']} at={['currencies', row, 'earning']} currency={currency} />}
                  </Form.Item>
                </>
              )}
            </Rows>
          </Section>
          <Section name="exchanges">
            <Rows name="exchanges" add={() => ({ from: 'points', to: '', give: 1, get: 1 })}>
              {(row) => (
                <>
                  <Text name={[row, 'from']} label="exchangeFrom" />
                  <Whole name={[row, 'give']} label="give" />
                  <Text name={[row, 'to']} label="exchangeTo" />
                  <Whole name={[row, 'get']} label="get" />
                </>
              )}
            </Rows>
          </Section>
          <Section name="late">
            <Whole name="lateWindowHours" label="lateWindowHours" />
            <Choice name={['offline', 'uncovered']} label="uncovered" of={['debt', 'claim']} />
            <Choice name={['closing', 'points']} label="closing" of={['forfeit', 'payOut']} />
          </Section>
        </Flex>
      </Page>
      {wanted !== undefined && (
        <Modal
          open
          title={t('program:confirm')}
          okText={t('save')}
          cancelText={t('cancel')}
          confirmLoading={saving}
          okButtonProps={{ disabled: changes(before, wanted).length === 0 }}
          onOk={() => void save(wanted)}
          onCancel={() => setWanted(undefined)}
        >
          {changes(before, wanted).length === 0 ? (
            <p>{t('program:nothing')}</p>
          ) : (
            <>
              <p>{t('program:effect')}</p>
              {changes(before, wanted).map((name) => (
                <div key={name} className="change">
                  <strong>{t(`program:fields.${name}`)}</strong>
                  <pre className="content">
                    {JSON.stringify(before[name])}
                    {'\n→ '}
                    {JSON.stringify(wanted[name])}
                  </pre>
                </div>
              ))}
            </>
          )}
        </Modal>
      )}
    </Form>
  );
}

function Section({ name, children }: { name: string; children: ReactNode }) {
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

function Text({ name, label, optional }: FieldProps & { optional?: boolean }) {
  const { t } = useTranslation();
  return (
    <Form.Item name={name} {...useLabels(label)} rules={optional ? [] : [{ required: true, whitespace: true, message: t('required') }]}>
      <Input maxLength={100} />
    </Form.Item>
  );
}

function Whole({ name, label }: FieldProps) {
  const { t } = useTranslation();
  return (
    <Form.Item name={name} {...useLabels(label)} rules={[{ required: true, message: t('required') }]}>
      <InputNumber min={0} precision={0} className="full-width" />
    </Form.Item>
  );
}

function Money({ name, label, currency }: FieldProps & { currency: string }) {
  const { t } = useTranslation();
  return (
    <Form.Item name={name} {...useLabels(label)} rules={[{ required: true, message: t('required') }]}>
      <InputNumber min={0} suffix={currency} className="full-width" />
    </Form.Item>
  );
}

function Choice({ name, label, of }: FieldProps & { of: string[] }) {
  const { t } = useTranslation();
  return (
    <Form.Item name={name} {...useLabels(label)}>
      <Select options={of.map((value) => ({ value, label: t(`program:choices.${label}.${value}`) }))} />
    </Form.Item>
  );
}

function OnOff({ name, label }: FieldProps) {
  return (
    <Form.Item name={name} valuePropName="checked" {...useLabels(label)}>
      <Switch />
    </Form.Item>
  );
}

/** A rule of earning: so many points for so much money. */
function Earning({ name, currency }: { name: (string | number)[]; at?: (string | number)[]; currency: string }) {
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
function Validity({ name, at = name }: { name: (string | number)[]; at?: (string | number)[] }) {
  return (
    <>
      <Choice name={[...name, 'kind']} label="validityKind" of={['rolling', 'endOf', 'never']} />
      <Form.Item noStyle shouldUpdate>
        {({ getFieldValue }) => {
          const kind: unknown = getFieldValue([...at, 'kind']);
          return kind === 'rolling' ? (
            <Text name={[...name, 'period']} label="period" />
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

function Rows({ name, add, children }: { name: string; add: () => object; children: (row: number) => ReactNode }) {
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
