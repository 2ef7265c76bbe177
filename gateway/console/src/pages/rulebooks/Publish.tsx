import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Form, Input, Radio, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, content, type Schemas } from '../../api/client';
import { may, useSession } from '../../api/session';
import { Loaded } from '../../parts/Loaded';
import { programQuery } from '../../parts/program';
import { WriteForm } from '../../parts/WriteForm';
import { useNow, type StoredBook, type useTimeline } from './queries';
import { mayWithdraw } from './timeline';
import type { Words } from './words';
import { toInstant } from './zoned';

type Publication = Schemas['Publication'];

interface PublishProps {
  book: StoredBook;
  timeline: ReturnType<typeof useTimeline>;
  words: Words;
  /** Why the button has to wait; undefined when it has not. */
  waits: string | undefined;
}

/** What a book changes, the button that publishes it, and its publications. */
export function Publish({ book, timeline, words, waits }: PublishProps) {
  const { t } = useTranslation();
  const session = useSession();
  const [publishing, setPublishing] = useState(false);
  const [withdrawing, setWithdrawing] = useState<Publication>();
  const now = useNow();
  const { ruleBookId, publications } = book.value;
  const mayEdit = may(session, 'editRuleBooks');
  const inForce = timeline.inForce?.publication.ruleBookId;
  return (
    <Card size="small" title={<h2 className="card-title">{t('rulebooks:sections.publish')}</h2>}>
      <Differences of={book} from={inForce} known={timeline.all !== undefined} />
      {mayEdit && (
        <>
          <Button type="primary" disabled={waits !== undefined} onClick={() => setPublishing(true)}>
            {t('rulebooks:publish.deed')}
          </Button>
          {waits !== undefined && <span className="muted beside"> {waits}</span>}
        </>
      )}
      {publications.length > 0 && (
        <>
          <h3 className="card-title">{t('rulebooks:sections.publications')}</h3>
          <ul className="rules">
            {publications.map((it) => (
              <li key={it.number}>
                {t('rulebooks:number', { number: it.number })} · {t('rulebooks:fromOn', { time: words.time(it.inForceFrom) })} <PublicationState of={it} timeline={timeline} now={now} />
                {mayEdit && mayWithdraw(it, now) && (
                  <Button size="small" danger aria-label={t('rulebooks:withdraw.named', { number: it.number })} onClick={() => setWithdrawing(it)}>
                    {t('rulebooks:withdraw.deed')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {publishing && <PublishForm ruleBookId={ruleBookId} book={book} inForce={inForce} words={words} onClose={() => setPublishing(false)} />}
      {withdrawing !== undefined && <Withdraw publication={withdrawing} words={words} onClose={() => setWithdrawing(undefined)} />}
    </Card>
  );
}

function PublicationState({ of, timeline, now }: { of: Publication; timeline: PublishProps['timeline']; now: number }) {
  const { t } = useTranslation();
  const its = timeline.all?.find((it) => it.publication.number === of.number)?.state;
  const state = of.withdrawnAt !== undefined ? 'withdrawn' : (its ?? (Date.parse(of.inForceFrom) > now ? 'scheduled' : 'over'));
  return <Tag color={state === 'inForce' ? 'green' : state === 'scheduled' ? 'blue' : 'default'}>{t(`rulebooks:states.${state}`)}</Tag>;
}

const DIFFERENCES_SHOWN = 40;

/** What a book as it is saved says other than the book in force. */
function Differences({ of, from, known }: { of: StoredBook; from: string | undefined; known: boolean }) {
  const { t, i18n } = useTranslation();
  const { ruleBookId, hash } = of.value;
  const compared = from !== undefined && from !== ruleBookId;
  const diff = useQuery({
    queryKey: ['rule-books', 'diff', ruleBookId, hash, from],
    enabled: compared,
    queryFn: () => content(api.GET('/v1/rule-books/{ruleBookId}/diff', { params: { path: { ruleBookId }, query: { from: from! } } })),
  });
  if (!known) {
    return null;
  }
  if (!compared) {
    return <p>{t(from === undefined ? 'rulebooks:diffFirst' : 'rulebooks:diffSelf')}</p>;
  }
  return (
    <section aria-label={t('rulebooks:diff', { id: from })}>
      <h3 className="card-title">{t('rulebooks:diff', { id: from })}</h3>
      <Loaded query={diff}>
        {({ changes, total }) =>
          total === 0 ? (
            <p className="muted">{t('rulebooks:diffNone')}</p>
          ) : (
            <ul className="rules differences" tabIndex={0} aria-label={t('rulebooks:diff', { id: from })}>
              {changes.slice(0, DIFFERENCES_SHOWN).map((it, i) => (
                <li key={i} className={`difference-${it.kind}`}>
                  {i18n.language === 'zh' ? it.zh : it.en}
                </li>
              ))}
              {total > DIFFERENCES_SHOWN && <li className="muted">{t('rulebooks:diffMore', { count: total - DIFFERENCES_SHOWN })}</li>}
            </ul>
          )
        }
      </Loaded>
    </section>
  );
}

type Fields = { when: 'now' | 'at'; time?: string };

interface PublishFormProps {
  ruleBookId: string;
  book: StoredBook;
  inForce: string | undefined;
  words: Words;
  onClose: () => void;
}

function PublishForm({ ruleBookId, book, inForce, words, onClose }: PublishFormProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return (
    <WriteForm<Fields, Schemas['PublishRequest'], unknown>
      name={`rule-book/${ruleBookId}/publish`}
      title={`${t('rulebooks:publish.deed')} · ${ruleBookId}`}
      deed={t('rulebooks:publish.deed')}
      initial={{ when: 'now' }}
      toBody={({ when, time }) => (when === 'now' ? {} : { at: toInstant(time!, words.timeZone) })}
      call={(key, body) => content(api.POST('/v1/rule-books/{ruleBookId}/publish', { params: { path: { ruleBookId }, header: { 'Idempotency-Key': key } }, body }))}
      fields={() => (
        <>
          <Form.Item name="when" label={t('rulebooks:publish.when')}>
            <Radio.Group className="choices" options={(['now', 'at'] as const).map((value) => ({ value, label: t(`rulebooks:publish.${value}`) }))} />
          </Form.Item>
          <Form.Item noStyle dependencies={['when']}>
            {({ getFieldValue }) =>
              getFieldValue('when') === 'at' && (
                <Form.Item name="time" label={t('rulebooks:publish.time')} extra={t('rulebooks:publish.timeHelp', { zone: words.timeZone })} rules={[{ required: true, message: t('required') }]}>
                  <Input type="datetime-local" max="2199-12-31T23:59" />
                </Form.Item>
              )
            }
          </Form.Item>
        </>
      )}
      effect={({ at }) => (
        <>
          <p>
            <strong>{at === undefined ? t('rulebooks:publish.effectNow', { id: ruleBookId }) : t('rulebooks:publish.effectAt', { id: ruleBookId, time: words.time(at) })}</strong>
          </p>
          <Differences of={book} from={inForce} known />
          <p className="muted">{t('rulebooks:publish.frozen')}</p>
        </>
      )}
      onDone={() => {
        void client.invalidateQueries({ queryKey: ['rule-books'] });
        void client.invalidateQueries({ queryKey: programQuery.queryKey });
      }}
      onClose={onClose}
    />
  );
}

function Withdraw({ publication, words, onClose }: { publication: Publication; words: Words; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { ruleBookId, number, inForceFrom } = publication;
  const effect = <p>{t('rulebooks:withdraw.effect', { id: ruleBookId, number, time: words.time(inForceFrom) })}</p>;
  return (
    <WriteForm<object, Schemas['WithdrawalOfPublication'], unknown>
      name={`rule-book/${ruleBookId}/withdraw/${number}`}
      title={t('rulebooks:withdraw.named', { number })}
      deed={t('rulebooks:withdraw.deed')}
      danger
      toBody={() => ({ number })}
      call={(key, body) => content(api.POST('/v1/rule-books/{ruleBookId}/withdraw', { params: { path: { ruleBookId }, header: { 'Idempotency-Key': key } }, body }))}
      fields={() => effect}
      effect={() => effect}
      onDone={() => void client.invalidateQueries({ queryKey: ['rule-books'] })}
      onClose={onClose}
    />
  );
}
