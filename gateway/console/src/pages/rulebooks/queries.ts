import { queryOptions, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, content, versioned, type Schemas, type Versioned } from '../../api/client';
import { useShown } from '../../parts/numbers';
import { segments, type Segment } from './timeline';
import { Words } from './words';

export type StoredBook = Versioned<Schemas['RuleBook']>;

/** Publications that the picture of the timeline knows: the newest ones. */
const PUBLICATIONS = 50;

const AGAIN_MS = 15_000;

export const bookQuery = (ruleBookId: string) =>
  queryOptions({
    queryKey: ['rule-books', 'one', ruleBookId],
    queryFn: () => versioned(api.GET('/v1/rule-books/{ruleBookId}', { params: { path: { ruleBookId } } })),
  });

const timelineQuery = queryOptions({
  queryKey: ['rule-books', 'timeline'],
  refetchInterval: AGAIN_MS,
  queryFn: () => content(api.GET('/v1/rule-book-timeline', { params: { query: { limit: PUBLICATIONS } } })),
});

/** The time, anew every few seconds: what is in force changes by itself. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 5_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** What is in force when, by the newest publications. */
export function useTimeline(): { all: Segment[] | undefined; inForce: Segment | undefined; before: Segment | undefined; complete: boolean; query: ReturnType<typeof useQuery<Schemas['PublicationPage']>> } {
  const now = useNow();
  const query = useQuery(timelineQuery);
  const all = query.data === undefined ? undefined : segments(query.data.items, now);
  const inForce = all?.find((it) => it.state === 'inForce');
  const before = all?.filter((it) => it.state === 'over' && it.publication.ruleBookId !== inForce?.publication.ruleBookId).at(-1);
  return { all, inForce, before, complete: query.data?.hasMore === false, query };
}

/** The words of a book whose days and hours are those of a zone. */
export function useWords(timeZone: string | undefined): Words {
  const { t, i18n } = useTranslation();
  const shown = useShown();
  return new Words(t, shown, timeZone ?? shown.timeZone, i18n.language === 'zh' ? 'zh-CN' : 'en-GB');
}
