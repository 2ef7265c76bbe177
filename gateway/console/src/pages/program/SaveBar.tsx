import { Button, Form, Space, type FormInstance } from 'antd';
import { useTranslation } from 'react-i18next';
import { Unsaved } from '../../parts/Unsaved';
import { differences, type ProgramFields } from './form';

interface SaveBarProps {
  form: FormInstance<ProgramFields>;
  /** The program as it is saved. */
  before: ProgramFields;
  onDiscard: () => void;
}

/** Stays at the foot of the window while there are changes: names them, saves them, drops them. */
export function SaveBar({ form, before, onDiscard }: SaveBarProps) {
  const { t } = useTranslation();
  Form.useWatch([], form); // Shows this anew with each change; the fields are read from the form, the hidden ones too.
  const now = form.getFieldsValue(true) as ProgramFields;
  const changes = now.name === undefined ? [] : differences(before, now);
  const names = [...new Set(changes.map(({ section, label }) => `${t(`program:sections.${section}.title`)} · ${t(`program:labels.${label}`)}`))];
  return (
    <>
      <Unsaved when={changes.length > 0} />
      {changes.length > 0 && (
        <div className="save-bar" role="region" aria-label={t('program:unsaved')}>
          <span className="save-bar-text" role="status">
            {t('program:changed', { count: names.length, names: names.join(t('program:join')) })}
          </span>
          <Space>
            <Button onClick={onDiscard}>{t('program:reset')}</Button>
            <Button type="primary" htmlType="submit">
              {t('save')}
            </Button>
          </Space>
        </div>
      )}
    </>
  );
}
