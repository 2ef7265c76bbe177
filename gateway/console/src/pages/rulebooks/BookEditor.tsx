import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Modal, Space } from 'antd';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api, content } from '../../api/client';
import { ProblemError } from '../../api/problem';
import { may, useSession } from '../../api/session';
import { Hint } from '../../parts/Loaded';
import { Page } from '../../parts/Page';
import { ProblemAlert } from '../../parts/ProblemView';
import { Unsaved } from '../../parts/Unsaved';
import { BaseForm } from './BaseForm';
import { BracketsForm } from './BracketsForm';
import { CapsForm } from './CapsForm';
import { Checks, useRemarks } from './Checks';
import { withoutPromotion, withPromotion, type Book } from './document';
import { JsonEditor, showPlace } from './JsonEditor';
import { NewDraft } from './NewDraft';
import { lineOf } from './positions';
import { PromotionForm } from './PromotionForm';
import { Publish } from './Publish';
import { useTimeline, useWords, type StoredBook } from './queries';
import { BYTES_MAX, stops } from './review';
import { BookState } from './RuleBooksPage';
import { Summary, type Part } from './Summary';
import { TiersForm } from '../tiers/TiersForm';
import { useDraft } from './useDraft';

/** A rule book in words beside its JSON, both of one text; what is wrong with it; what it changes. */
export function BookEditor({ book }: { book: StoredBook }) {
  const { t } = useTranslation();
  const session = useSession();
  const timeline = useTimeline();
  const { ruleBookId, state, title } = book.value;
  const mayEdit = may(session, 'editRuleBooks');
  const isDraft = state === 'draft';
  const draft = useDraft(book, mayEdit);
  const area = useRef<HTMLTextAreaElement>(null);
  const [part, setPart] = useState<Part>();
  const [copying, setCopying] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const { text, shown, reviewed } = draft;
  const words = useWords(shown.timeZone);
  const remarks = useRemarks(text, draft.seen, reviewed);
  const marks = useMemo(() => {
    const lines = remarks.map((it) => ({ line: lineOf(text, it.place.from), severe: it.kind !== 'warns' }));
    return lines.filter((it, i) => lines.findIndex((other) => other.line === it.line && other.severe === it.severe) === i);
  }, [remarks, text]);
  const faulty = remarks.some((it) => it.kind === 'fault') || draft.tooLong;
  const apply = (changed: Book) => (draft.apply(changed), setPart(undefined));
  const close = () => setPart(undefined);
  const waits = draft.dirty ? t('rulebooks:saveFirst') : reviewed.text !== text ? t('rulebooks:checking') : stops(reviewed.review) ? t('rulebooks:stops') : undefined;
  return (
    <Page
      title={title === undefined ? ruleBookId : `${title} · ${ruleBookId}`}
      extra={
        <>
          <BookState book={book.value} all={timeline.all ?? []} />
          {mayEdit && <Button onClick={() => setCopying(true)}>{t('rulebooks:draft.copy')}</Button>}
          {mayEdit && isDraft && (
            <Button danger onClick={() => setDeleting(true)}>
              {t('rulebooks:draft.delete')}
            </Button>
          )}
        </>
      }
    >
      <Unsaved when={draft.dirty} />
      {!mayEdit ? <Hint>{t('rulebooks:readOnly')}</Hint> : !isDraft && <Hint>{t('rulebooks:final')}</Hint>}
      {draft.problem !== undefined && <ProblemAlert problem={draft.problem} />}
      {draft.theirs !== undefined && (
        <Alert
          type="warning"
          showIcon
          className="space-below"
          title={t('rulebooks:meanwhile.title')}
          description={
            <>
              <p>{t('rulebooks:meanwhile.text')}</p>
              <Space wrap>
                <Button type="primary" onClick={draft.keepMine}>
                  {t('rulebooks:meanwhile.keep')}
                </Button>
                <Button onClick={draft.takeTheirs}>{t('rulebooks:meanwhile.drop')}</Button>
              </Space>
            </>
          }
        />
      )}
      <div className="book">
        <div>
          {!draft.readable && faulty && <Alert type="warning" showIcon className="space-below" title={t('rulebooks:unreadable')} />}
          <Summary
            book={shown}
            words={words}
            waits={!draft.readable}
            onEdit={mayEdit && isDraft ? setPart : undefined}
            onRemove={(promotion) => draft.apply(withoutPromotion(shown, promotion))}
          />
        </div>
        <div className="book-side">
          <Card size="small" title={<h2 className="card-title">{t('rulebooks:sections.json')}</h2>}>
            <JsonEditor text={text} marks={marks} readOnly={!mayEdit || !isDraft} area={area} onChange={draft.type} onTidy={draft.tidy} />
          </Card>
          {mayEdit && (
            <Card size="small" title={<h2 className="card-title">{t('rulebooks:sections.check')}</h2>}>
              {draft.tooLong && <Alert type="error" showIcon title={t('rulebooks:json.tooLong', { max: BYTES_MAX / 1024 })} />}
              <Checks text={text} remarks={remarks} reviewed={reviewed} checked={draft.seen.ok && !draft.tooLong} onShow={(place) => showPlace(area.current, text, place)} />
            </Card>
          )}
          <Publish book={book} timeline={timeline} words={words} waits={waits} />
        </div>
      </div>
      {draft.dirty && (
        <div className="save-bar" role="region" aria-label={t('rulebooks:unsaved')}>
          <span className="save-bar-text" role="status">
            {t(faulty ? 'rulebooks:unsound' : 'rulebooks:changed')}
          </span>
          <Space>
            <Button onClick={draft.discard}>{t('rulebooks:discard')}</Button>
            <Button type="primary" disabled={faulty} loading={draft.saving} onClick={() => void draft.save()}>
              {t('rulebooks:save')}
            </Button>
          </Space>
        </div>
      )}
      {part === 'base' && <BaseForm book={shown} onApply={apply} onClose={close} />}
      {part === 'brackets' && <BracketsForm book={shown} onApply={apply} onClose={close} />}
      {part === 'tiers' && <TiersForm book={shown} onApply={apply} onClose={close} />}
      {part === 'caps' && <CapsForm book={shown} onApply={apply} onClose={close} />}
      {typeof part === 'number' && <PromotionForm book={shown} index={part} words={words} onApply={(it) => apply(withPromotion(shown, part, it))} onClose={close} />}
      {copying && <NewDraft copied={ruleBookId} onClose={() => setCopying(false)} />}
      {deleting && <DeleteDraft book={book} onClose={() => setDeleting(false)} />}
    </Page>
  );
}

function DeleteDraft({ book, onClose }: { book: StoredBook; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<ProblemError>();
  const { ruleBookId } = book.value;
  const remove = async () => {
    setSending(true);
    try {
      await content(api.DELETE('/v1/rule-books/{ruleBookId}', { params: { path: { ruleBookId }, header: { 'If-Match': book.tag } } }));
      await navigate('/rule-books');
      client.removeQueries({ queryKey: ['rule-books', 'one', ruleBookId] });
      void client.invalidateQueries({ queryKey: ['rule-books', 'pages'] });
    } catch (cause) {
      setProblem(ProblemError.from(cause));
      setSending(false);
    }
  };
  return (
    <Modal open title={t('rulebooks:draft.delete')} okText={t('rulebooks:draft.delete')} cancelText={t('cancel')} okButtonProps={{ danger: true }} confirmLoading={sending} onOk={() => void remove()} onCancel={onClose}>
      {problem !== undefined && <ProblemAlert problem={problem} />}
      <p>{t('rulebooks:draft.deleteText', { id: ruleBookId })}</p>
    </Modal>
  );
}
