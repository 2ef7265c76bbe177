import { Alert, Button, Flex, Modal, Progress as Bar } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../../api/problem';
import { ProblemAlert, fieldText, useProblemText } from '../../parts/ProblemView';
import { FILE_MAX_MB, LineTooLong, NOTHING_YET, partsOf, upload, type Part, type Progress } from './upload';

const EXAMPLE = '{"productId": "6901234567892", "name": "Milk 1 l", "category": "food/milk", "marginClass": "B", "tags": ["fresh"], "price": 1280}';

interface Chosen {
  parts: Part[];
  lines: number;
}

/** Uploads a file of products part by part, and names the lines that are wrong. */
export function Upload({ onDone, onClose }: { onDone: () => void; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const problemText = useProblemText();
  const [chosen, setChosen] = useState<Chosen>();
  const [refused, setRefused] = useState<string>();
  const [now, setNow] = useState<Progress>(NOTHING_YET);
  const [state, setState] = useState<'choosing' | 'running' | 'done' | 'stopped'>('choosing');
  const [problem, setProblem] = useState<ProblemError>();
  const stop = useRef<AbortController>(undefined);

  const choose = async (file: File | undefined) => {
    setChosen(undefined);
    setRefused(undefined);
    setState('choosing');
    setProblem(undefined);
    setNow(NOTHING_YET);
    if (file === undefined) {
      return;
    }
    if (file.size > FILE_MAX_MB * 1024 * 1024) {
      setRefused(t('products:upload.tooLarge', { max: FILE_MAX_MB }));
      return;
    }
    try {
      const parts = partsOf(await file.text());
      setChosen({ parts, lines: parts.reduce((sum, it) => sum + it.lines.length, 0) });
    } catch (cause) {
      setRefused(cause instanceof LineTooLong ? t('products:upload.lineTooLong', { line: cause.line }) : String(cause));
    }
  };

  const start = async (file: Chosen) => {
    const controller = new AbortController();
    stop.current = controller;
    setState('running');
    setProblem(undefined);
    try {
      await upload(file.parts, controller.signal, setNow);
      setState('done');
    } catch (cause) {
      setState('stopped');
      setProblem(controller.signal.aborted ? undefined : ProblemError.from(cause));
    } finally {
      onDone();
    }
  };

  const running = state === 'running';
  const words = ({ problem: its }: Progress['wrong'][number]) =>
    its.wrongFields.length === 0 ? problemText(its) : its.wrongFields.map((it) => `${it.pointer} ${fieldText(i18n, it)}`).join('; ');
  return (
    <Modal open title={t('products:upload.title')} footer={null} onCancel={onClose} closable={!running} keyboard={!running} mask={{ closable: false }} destroyOnHidden>
      <p>{t('products:upload.text')}</p>
      <pre className="content space-below" tabIndex={0}>
        {EXAMPLE}
      </pre>
      <label className="space-below file">
        {t('products:upload.choose')}{' '}
        <input type="file" accept=".ndjson,.jsonl,.txt,application/x-ndjson" disabled={running} onChange={(event) => void choose(event.target.files?.[0])} />
      </label>
      {refused !== undefined && <Alert type="error" showIcon className="space-below" title={refused} />}
      {problem !== undefined && <ProblemAlert problem={problem} />}
      {chosen !== undefined && (
        <div role="status" className="space-below">
          {state !== 'choosing' && <Bar percent={chosen.lines === 0 ? 100 : Math.floor((now.done / chosen.lines) * 100)} status={running ? 'active' : state === 'done' ? 'success' : 'exception'} aria-label={t('products:upload.title')} />}
          <p>{t('products:upload.lines', { done: now.done, all: chosen.lines })}</p>
          {(state === 'done' || state === 'stopped') && <p>{t(`products:upload.${state}`)}</p>}
          {state !== 'choosing' && (
            <dl className="cards">
              {(['created', 'changed', 'unchanged', 'rejected'] as const).map((it) => (
                <div key={it} className="stat">
                  <dt>{t(`products:upload.${it}`)}</dt>
                  <dd>{now[it]}</dd>
                </div>
              ))}
            </dl>
          )}
        </div>
      )}
      {now.wrong.length > 0 && (
        <ul className="rules differences" tabIndex={0} aria-label={t('products:upload.rejected')}>
          {now.wrong.map((it) => (
            <li key={it.line} className="difference-removed">
              <strong>{t('products:upload.line', { line: it.line })}</strong> {words(it)}
            </li>
          ))}
        </ul>
      )}
      {now.rejected > now.wrong.length && <p className="muted">{t('products:upload.moreRejected')}</p>}
      <Flex justify="end" gap={8}>
        {running ? (
          <Button danger onClick={() => stop.current?.abort()}>
            {t('products:upload.stop')}
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>{t('products:upload.close')}</Button>
            <Button type="primary" disabled={chosen === undefined || chosen.lines === 0 || state === 'done'} onClick={() => chosen !== undefined && void start(chosen)}>
              {t('products:upload.start')}
            </Button>
          </>
        )}
      </Flex>
    </Modal>
  );
}
