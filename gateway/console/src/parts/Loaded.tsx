import type { UseQueryResult } from '@tanstack/react-query';
import { Alert, Skeleton } from 'antd';
import type { ReactNode } from 'react';
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

/** A line of text that explains a page or a part of it. */
export function Hint({ children }: { children: ReactNode }) {
  return <Alert type="info" className="space-below" title={children} />;
}
