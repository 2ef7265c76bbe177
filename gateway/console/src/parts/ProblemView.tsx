import { Alert, Button, Result, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { fieldPath, type ProblemError } from '../api/problem';

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

/** The errors of a form's fields, as the gateway's pointers name them. */
export function useFieldErrors(toPath = fieldPath): (problem: ProblemError) => never {
  const { t } = useTranslation();
  return (problem) =>
    problem.wrongFields.map((field) => ({ name: toPath(field.pointer), errors: [t('wrongField', { message: field.message })] })) as never;
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
  const { t } = useTranslation();
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
                  <code>{field.pointer}</code> {field.message}
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
