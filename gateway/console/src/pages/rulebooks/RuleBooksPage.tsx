import { useQueryClient } from '@tanstack/react-query';
import { Button, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, content, type Schemas } from '../../api/client';
import { may, useSession } from '../../api/session';
import { DataTable } from '../../parts/DataTable';
import { Hint, Loaded } from '../../parts/Loaded';
import { Page } from '../../parts/Page';
import { pageOf, usePages } from '../../parts/pages';
import { WriteForm } from '../../parts/WriteForm';
import { maySeeBudgets } from '../budgets/access';
import { NewDraft } from './NewDraft';
import { useTimeline, useWords } from './queries';
import { Timeline } from './Timeline';
import type { Segment } from './timeline';
import './late';

type Book = Schemas['RuleBookSummary'];

/** All rule books of the program, and what is in force when. */
export default function RuleBooksPage() {
  const { t } = useTranslation();
  const session = useSession();
  const words = useWords(undefined);
  const [drafting, setDrafting] = useState(false);
  const [rollingBack, setRollingBack] = useState<Segment>();
  const { all, inForce, before, complete, query } = useTimeline();
  const books = usePages<Book>(['rule-books', 'pages'], (cursor, limit) => content(api.GET('/v1/rule-books', { params: { query: pageOf(cursor, limit) } })));
  const mayEdit = may(session, 'editRuleBooks');
  return (
    <Page
      title={t('rulebooks:title')}
      extra={
        <>
          {maySeeBudgets(session) && <Link to="/budgets">{t('budgets:title')}</Link>}
          {mayEdit && (
            <>
              {before !== undefined && <Button onClick={() => setRollingBack(before)}>{t('rulebooks:rollBack.deed')}</Button>}
              <Button type="primary" onClick={() => setDrafting(true)}>
                {t('rulebooks:draft.add')}
              </Button>
            </>
          )}
        </>
      }
    >
      <Hint>{t('rulebooks:text')}</Hint>
      <section className="panel space-below" aria-label={t('rulebooks:timeline')}>
        <Typography.Title level={2} className="subtitle">
          {t('rulebooks:timeline')}
        </Typography.Title>
        <Loaded query={query}>{() => <Timeline all={all ?? []} complete={complete} words={words} />}</Loaded>
        <p className="muted last">{t('rulebooks:zoneHelp', { zone: words.timeZone })}</p>
      </section>
      <DataTable<Book>
        name={t('rulebooks:title')}
        {...books}
        rowKey={(book) => book.ruleBookId}
        empty={t('rulebooks:none')}
        columns={[
          {
            key: 'id',
            title: t('rulebooks:id'),
            show: (book) => <Link to={`/rule-books/${encodeURIComponent(book.ruleBookId)}`}>{book.ruleBookId}</Link>,
            csv: (book) => book.ruleBookId,
            sort: (book) => book.ruleBookId,
          },
          { key: 'name', title: t('rulebooks:name'), show: (book) => book.title ?? '–', csv: (book) => book.title },
          { key: 'state', title: t('rulebooks:state'), show: (book) => <BookState book={book} all={all ?? []} />, csv: (book) => t(`rulebooks:states.${stateOf(book, all ?? [])}`) },
          { key: 'changedAt', title: t('rulebooks:changedAt'), time: (book) => book.changedAt, sort: (book) => book.changedAt },
        ]}
      />
      {drafting && <NewDraft copied={inForce?.publication.ruleBookId} onClose={() => setDrafting(false)} />}
      {rollingBack !== undefined && <RollBack to={rollingBack} onClose={() => setRollingBack(undefined)} />}
    </Page>
  );
}

/** The state of a book: that of the best of its publications. */
export function stateOf({ ruleBookId, state }: Pick<Book, 'ruleBookId' | 'state'>, all: Segment[]): string {
  const its = all.filter((it) => it.publication.ruleBookId === ruleBookId).map((it) => it.state);
  return (['inForce', 'scheduled', 'over'] as const).find((it) => its.includes(it)) ?? state;
}

const COLORS: Record<string, string> = { draft: 'orange', inForce: 'green', scheduled: 'blue' };

export function BookState({ book, all }: { book: Pick<Book, 'ruleBookId' | 'state'>; all: Segment[] }) {
  const { t } = useTranslation();
  const state = stateOf(book, all);
  return <Tag color={COLORS[state] ?? 'default'}>{t(`rulebooks:states.${state}`, { defaultValue: state })}</Tag>;
}

function RollBack({ to, onClose }: { to: Segment; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const effect = <p>{t('rulebooks:rollBack.effect', { id: to.publication.ruleBookId })}</p>;
  return (
    <WriteForm<object, Schemas['PublishRequest'], unknown>
      name="rule-book/rollback"
      title={t('rulebooks:rollBack.deed')}
      deed={t('rulebooks:rollBack.deed')}
      danger
      toBody={() => ({})}
      call={(key, body) => content(api.POST('/v1/rule-book-timeline/rollback', { params: { header: { 'Idempotency-Key': key } }, body }))}
      fields={() => effect}
      effect={() => effect}
      onDone={() => void client.invalidateQueries({ queryKey: ['rule-books'] })}
      onClose={onClose}
    />
  );
}
