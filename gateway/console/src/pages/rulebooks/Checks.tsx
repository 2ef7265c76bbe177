import { Button, Flex, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { ProblemAlert, fieldText } from '../../parts/ProblemView';
import { lineOf, placeOf, type Range, type Read } from './positions';
import type { Reviewed } from './review';

/** Something that is to be said of a document, at its place. */
export interface Remark {
  key: string;
  pointer: string;
  words: string;
  kind: 'fault' | 'stops' | 'warns';
  place: Range;
}

/** The remarks on a text: that it is no JSON, else what the gateway says of it. */
export function useRemarks(text: string, read: Read, { review, text: of }: Reviewed): Remark[] {
  const { t, i18n } = useTranslation();
  if (!read.ok) {
    return [{ key: 'json', pointer: '', words: t(`rulebooks:json.${read.fault}`), kind: 'fault', place: { from: read.at, to: Math.min(read.at + 1, text.length) } }];
  }
  if (typeof read.value !== 'object' || read.value === null || Array.isArray(read.value)) {
    return [{ key: 'json', pointer: '', words: t('rulebooks:json.noObject'), kind: 'fault', place: { from: 0, to: 0 } }];
  }
  if (review === undefined || of !== text) {
    return [];
  }
  const errors = review.errors.map((it, i) => ({
    key: `error ${i}`,
    pointer: it.pointer,
    words: fieldText(i18n, { pointer: it.pointer, code: it.code, values: it.values ?? {}, message: it.message }),
    kind: 'fault' as const,
    place: placeOf(read.places, it.pointer),
  }));
  const findings = review.findings.map((it, i) => ({
    key: `finding ${i}`,
    pointer: it.pointer,
    words: i18n.language === 'zh' ? it.zh : it.en,
    kind: it.stopsPublishing ? ('stops' as const) : ('warns' as const),
    place: placeOf(read.places, it.pointer),
  }));
  return [...errors, ...findings];
}

const REMARKS_SHOWN = 50;

interface ChecksProps {
  text: string;
  remarks: Remark[];
  reviewed: Reviewed & { again: () => void };
  /** Whether the gateway is to be asked at all. */
  checked: boolean;
  onShow: (place: Range) => void;
}

/** What is wrong with a document, each at its place in the text. */
export function Checks({ text, remarks, reviewed, checked, onShow }: ChecksProps) {
  const { t } = useTranslation();
  const waits = checked && remarks.length === 0 && reviewed.text !== text;
  return (
    <div role="status" aria-live="polite">
      {reviewed.problem !== undefined && reviewed.text === text && reviewed.problem.status !== 401 && <ProblemAlert problem={reviewed.problem} retry={reviewed.again} />}
      {remarks.length === 0 && reviewed.problem === undefined && <p className="muted">{t(waits ? 'rulebooks:checking' : checked ? 'rulebooks:good' : 'rulebooks:notChecked')}</p>}
      <ul className="remarks">
        {remarks.slice(0, REMARKS_SHOWN).map((it) => (
          <li key={it.key}>
            <Flex gap={8} wrap align="baseline">
              <Tag color={it.kind === 'warns' ? 'orange' : 'red'}>{t(it.kind === 'fault' ? 'rulebooks:faults' : `rulebooks:${it.kind}`)}</Tag>
              <Button type="link" size="small" className="inline-link" onClick={() => onShow(it.place)}>
                {t('rulebooks:line', { line: lineOf(text, it.place.from) })}
                {it.pointer !== '' && ` · ${it.pointer}`}
              </Button>
            </Flex>
            <div>{it.words}</div>
          </li>
        ))}
      </ul>
      {remarks.length > REMARKS_SHOWN && <p className="muted">{t('rulebooks:andMore', { count: remarks.length - REMARKS_SHOWN })}</p>}
    </div>
  );
}
