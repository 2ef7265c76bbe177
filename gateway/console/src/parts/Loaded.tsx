import type { UseQueryResult } from '@tanstack/react-query';
import { Alert, Skeleton, Spin } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../api/problem';
import { ProblemAlert, ProblemResult } from './ProblemView';

/** What a query answered; until then its outline, and the problem if there is one. */
export function Loaded<T>({ query, children }: { query: UseQueryResult<T>; children: (data: T) => ReactNode }) {
  if (query.data !== undefined) {
    return (
      <>
        {query.error !== null && (
          <ProblemAlert problem={ProblemError.from(query.error)} retry={() => void query.refetch()} />
        )}
        {children(query.data)}
      </>
    );
  }
  return query.error === null ? (
    <Skeleton active title={false} paragraph={{ rows: 5 }} />
  ) : (
    <ProblemResult problem={ProblemError.from(query.error)} retry={() => void query.refetch()} />
  );
}

/** Stands where a page will be. */
export function Wait() {
  const { t } = useTranslation();
  return (
    <div className="frame-wait" role="status" aria-label={t('loading')}>
      <Spin />
    </div>
  );
}

/** A line of text that explains a page or a part of it. */
export function Hint({ children }: { children: ReactNode }) {
  return <Alert type="info" className="space-below" title={children} />;
}
