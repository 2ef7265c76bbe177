import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Form, Input } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate } from 'react-router';
import { api, content, type Schemas } from '../../api/client';
import { Loaded } from '../../parts/Loaded';
import { programQuery } from '../../parts/program';
import { WriteForm } from '../../parts/WriteForm';
import { bookQuery } from './queries';

type Document = Schemas['RuleBookDocument'];
type Fields = { ruleBookId: string; title?: string };

/**
 * Makes a draft as a copy of a book.
 *
 * @param copied the book; undefined for the ratio of the program
 */
export function NewDraft({ copied, onClose }: { copied: string | undefined; onClose: () => void }) {
  const book = useQuery({ ...bookQuery(copied ?? ''), enabled: copied !== undefined });
  const program = useQuery(programQuery);
  if (copied !== undefined && book.data === undefined) {
    return <Loaded query={book}>{() => null}</Loaded>;
  }
  if (program.data === undefined) {
    return <Loaded query={program}>{() => null}</Loaded>;
  }
  return <DraftForm copied={copied} document={book.data?.value.document ?? ofProgram(program.data)} onClose={onClose} />;
}

/** The book that gives what the program gives without one. */
function ofProgram({ earning }: Schemas['Program']): Document {
  return { ruleBookId: '', rounding: { mode: earning.rounding }, base: { points: earning.points, perAmount: earning.perAmount, per: earning.per } };
}

function DraftForm({ copied, document, onClose }: { copied: string | undefined; document: Document; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [made, setMade] = useState<string>();
  const isMade = useRef(false);
  if (made !== undefined) {
    return <Navigate to={`/rule-books/${encodeURIComponent(made)}`} />; // In place of the form, which would ask whether to leave it.
  }
  return (
    <WriteForm<Fields, Document, Schemas['RuleBookSummary']>
      name="rule-book"
      title={t('rulebooks:draft.add')}
      deed={t('rulebooks:draft.add')}
      toBody={({ ruleBookId, title }) => {
        const { ruleBookId: _, title: __, ...rules } = document;
        return { ruleBookId: ruleBookId.trim(), ...((title ?? '').trim() === '' ? {} : { title: title!.trim() }), ...rules } as Document;
      }}
      call={(key, body) => content(api.POST('/v1/rule-books', { params: { header: { 'Idempotency-Key': key } }, body }))}
      fields={() => (
        <>
          <p>{t('rulebooks:draft.text')}</p>
          <p>
            {t('rulebooks:draft.from')} <strong>{copied ?? t('rulebooks:draft.fromProgram')}</strong>
          </p>
          <Form.Item name="ruleBookId" label={t('rulebooks:draft.id')} extra={t('rulebooks:draft.idHelp')} rules={[{ required: true, whitespace: true, message: t('required') }]}>
            <Input maxLength={64} autoFocus />
          </Form.Item>
          <Form.Item name="title" label={t('rulebooks:name')}>
            <Input maxLength={200} />
          </Form.Item>
        </>
      )}
      effect={({ ruleBookId }) => <p>{copied === undefined ? t('rulebooks:draft.effectProgram', { id: ruleBookId }) : t('rulebooks:draft.effect', { id: ruleBookId, from: copied })}</p>}
      onDone={({ ruleBookId }) => {
        void client.invalidateQueries({ queryKey: ['rule-books'] });
        isMade.current = true;
        setMade(ruleBookId);
      }}
      onClose={() => isMade.current || onClose()}
    />
  );
}
