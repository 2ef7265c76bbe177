import { Alert, Button, Result, Typography } from 'antd';
import type { i18n as I18n } from 'i18next';
import { useTranslation } from 'react-i18next';
import { fieldPath, type ProblemError, type WrongField } from '../api/problem';

/** What went wrong in the person's words: our text where we have one, else the gateway's. */
export function useProblemText(): (problem: ProblemError) => string {
  const { t, i18n } = useTranslation();
  return (problem) => {
    const key = `problem.${problem.code}`;
    return i18n.exists(key)
      ? t(key, { available: problem.document.available, memberId: problem.document.memberId })
      : problem.message;
  };
}

/** What is wrong with a field in the person's words; the gateway's where a later one found what this console does not know. */
export function fieldText(i18n: I18n, field: WrongField): string {
  const values = Object.fromEntries(Object.entries(field.values).map(([name, value]) => [name, grouped(i18n.language, value)]));
  const key = [`field:${field.code}`, `problem.${field.code}`].find((it) => i18n.exists(it));
  return key === undefined ? field.message : i18n.t(key, values);
}

/** Long numbers are read in groups of three; anything else stays as it is. */
const grouped = (language: string, value: string) => (/^-?\d{5,15}$/.test(value) ? new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en-GB').format(Number(value)) : value);

/** The errors of a form's fields, as the gateway's pointers name them. */
export function useFieldErrors(toPath = fieldPath): (problem: ProblemError) => never {
  const { i18n } = useTranslation();
  return (problem) => problem.wrongFields.map((field) => ({ name: toPath(field.pointer), errors: [fieldText(i18n, field)] })) as never;
}

function RequestName({ problem }: { problem: ProblemError }) {
  const { t } = useTranslation();
  return problem.requestId === undefined ? null : (
    <Typography.Text type="secondary" copyable={{ text: problem.requestId, tooltips: false }}>
      {t('requestId', { id: problem.requestId })}
    </Typography.Text>
  );
}

/** A problem within a page or form. */
export function ProblemAlert({ problem, retry }: { problem: ProblemError; retry?: () => void }) {
  const { t, i18n } = useTranslation();
  const text = useProblemText();
  return (
    <Alert
      type="error"
      showIcon
      className="space-below"
      title={text(problem)}
      description={
        <>
          {problem.wrongFields.length > 0 && (
            <ul>
              {problem.wrongFields.map((field) => (
                <li key={field.pointer + field.message}>
                  <code>{field.pointer}</code> {fieldText(i18n, field)}
                </li>
              ))}
            </ul>
          )}
          <RequestName problem={problem} />
        </>
      }
      action={retry === undefined ? undefined : <Button size="small" onClick={retry}>{t('retry')}</Button>}
    />
  );
}

/** A problem in place of a page. */
export function ProblemResult({ problem, retry }: { problem: ProblemError; retry?: () => void }) {
  const { t } = useTranslation();
  const text = useProblemText();
  return (
    <Result
      status={problem.status === 404 ? '404' : problem.status === 403 ? '403' : 'warning'}
      title={text(problem)}
      subTitle={<RequestName problem={problem} />}
      extra={retry === undefined ? undefined : <Button onClick={retry}>{t('retry')}</Button>}
    />
  );
}
