import { Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';

/** The tags and the time zone of a store, by which rules rate its orders. */
export function FactFields() {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item name="tags" label={t('stores:tags')} extra={t('stores:tagsHelp')}>
        <Select mode="tags" maxCount={20} open={false} suffixIcon={null} tokenSeparators={[',', '，']} />
      </Form.Item>
      <Form.Item name="timeZone" label={t('stores:timeZone')} extra={t('stores:timeZoneHelp')}>
        <Select allowClear showSearch options={Intl.supportedValuesOf('timeZone').map((value) => ({ value, label: value }))} />
      </Form.Item>
    </>
  );
}
