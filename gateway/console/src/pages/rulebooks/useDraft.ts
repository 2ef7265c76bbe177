import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, versioned, type Schemas } from '../../api/client';
import { ProblemError } from '../../api/problem';
import type { Book } from './document';
import { format, read } from './positions';
import { bookQuery, type StoredBook } from './queries';
import { BYTES_MAX, useReview } from './review';

/**
 * The one state of a document that is edited: its text. The forms show what the text says, and write the text anew, so that they
 * and the JSON never disagree.
 *
 * @param book as the gateway has it
 */
export function useDraft(book: StoredBook, mayEdit: boolean) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [base, setBase] = useState(book);
  const [text, setText] = useState(() => format(book.value.document));
  const [formed, setFormed] = useState(text);
  const [theirs, setTheirs] = useState<StoredBook>();
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<ProblemError>();

  const seen = useMemo(() => read(text), [text]);
  const document = seen.ok && typeof seen.value === 'object' && seen.value !== null && !Array.isArray(seen.value) ? (seen.value as Book) : undefined;
  const compact = useMemo(() => (document === undefined ? undefined : JSON.stringify(document)), [document]);
  const tooLong = compact !== undefined && new TextEncoder().encode(compact).length > BYTES_MAX;
  const dirty = compact === undefined || compact !== JSON.stringify(base.value.document);
  const reviewed = useReview(text, mayEdit && !tooLong ? document : undefined);
  const faultless = reviewed.text === text && reviewed.review?.errors.length === 0;

  /** Whether the forms can show it: the gateway has read it, or a form has written it. */
  const readable = document !== undefined && (text === formed || faultless);
  const [shown, setShown] = useState(document);
  if (readable && shown !== document) {
    setShown(document);
  }

  const begin = (from: StoredBook) => {
    const its = format(from.value.document);
    setBase(from);
    setText(its);
    setFormed(its);
    setTheirs(undefined);
    setProblem(undefined);
  };
  useEffect(() => {
    if (!dirty && book.tag !== base.tag) {
      begin(book); // Somebody else has changed it, and nothing is lost.
    }
  });

  const save = async () => {
    setSaving(true);
    setProblem(undefined);
    try {
      const params = { path: { ruleBookId: base.value.ruleBookId }, header: { 'If-Match': base.tag } };
      const saved = await versioned(api.PUT('/v1/rule-books/{ruleBookId}', { params, body: document as Schemas['RuleBookDocument'] }));
      const { title: _, ...rest } = base.value;
      const now = { tag: saved.tag, value: { ...rest, ...saved.value, document: document as Schemas['RuleBookDocument'] } };
      client.setQueryData(bookQuery(now.value.ruleBookId).queryKey, now);
      setBase(now);
      setTheirs(undefined);
      void client.invalidateQueries({ queryKey: ['rule-books', 'pages'] });
      void message.success(t('done'));
    } catch (cause) {
      const failed = ProblemError.from(cause);
      if (failed.code === 'changed_meanwhile') {
        setTheirs(await client.fetchQuery({ ...bookQuery(base.value.ruleBookId), staleTime: 0 }).catch(() => undefined));
      }
      setProblem(failed.status === 401 ? undefined : failed); // The sign-in says that the session has ended.
    } finally {
      setSaving(false);
    }
  };

  return {
    text,
    seen,
    reviewed,
    tooLong,
    dirty,
    readable,
    /** What the forms show: the newest text that they can. */
    shown: shown ?? (base.value.document as Book),
    saving,
    problem,
    theirs,
    type: setText,
    /** Writes the text anew from what a form says. */
    apply: (changed: Book) => {
      const its = format(changed);
      setText(its);
      setFormed(its);
    },
    tidy: document === undefined ? undefined : () => setText(format(document)),
    save,
    discard: () => begin(base),
    keepMine: () => theirs !== undefined && (setBase(theirs), setTheirs(undefined), setProblem(undefined)),
    takeTheirs: () => theirs !== undefined && begin(theirs),
  };
}
