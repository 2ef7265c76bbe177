import { Form, type FormInstance } from 'antd';
import { useTranslation } from 'react-i18next';
import { accountName } from '../members/entries';
import { Choice, Earning, Money, OneOf, OnOff, Period, Rows, Section, Text, Validity, Whole } from './fields';
import { NEW_EARNING, type ProgramFields } from './form';

/** All settings of a program, in parts that say what they are for. */
export function ProgramSections({ form, currency: saved }: { form: FormInstance<ProgramFields>; currency: string }) {
  const { t, i18n } = useTranslation();
  const currency = Form.useWatch('currency', form) ?? saved;
  const currencies = Form.useWatch('currencies', form) ?? [];
  const accounts = ['points', ...currencies.map((it) => it?.code).filter((code) => code !== undefined && code !== '')].map((code) => ({
    value: code as string,
    label: accountName(t, code as string),
  }));
  return (
    <>
      <Section name="general">
        <Text name="name" label="name" />
        <OneOf name="currency" label="currency" of={named('currency', i18n.language)} />
        <OneOf name="timeZone" label="timeZone" of={Intl.supportedValuesOf('timeZone').map((value) => ({ value, label: value }))} />
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
        <Period name={['refunds', 'returnGrace']} label="returnGrace" optional />
      </Section>
      <Section name="currencies">
        <Rows name="currencies" add={() => ({ code: '', name: '', earns: false, earning: NEW_EARNING(), validity: { kind: 'never' as const } })}>
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
              <OneOf name={[row, 'from']} label="exchangeFrom" of={accounts} />
              <Whole name={[row, 'give']} label="give" />
              <OneOf name={[row, 'to']} label="exchangeTo" of={accounts} />
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
    </>
  );
}

/** Currencies by their code and their name in the person's language. */
function named(kind: 'currency', language: string): { value: string; label: string }[] {
  const names = new Intl.DisplayNames([language], { type: kind });
  return Intl.supportedValuesOf(kind).map((value) => ({ value, label: `${value} · ${names.of(value) ?? value}` }));
}
