import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Segment, SegmentState } from './timeline';
import type { Words } from './words';

const SHOWN = { over: 3, scheduled: 5 };

const COLORS: Record<SegmentState, string> = { over: 'default', inForce: 'green', scheduled: 'blue' };

/** What is in force when, from left to right; from top to bottom where the window is narrow. */
export function Timeline({ all, complete, words }: { all: Segment[]; complete: boolean; words: Words }) {
  const { t } = useTranslation();
  const over = all.filter((it) => it.state === 'over');
  const shown = [...over.slice(-SHOWN.over), ...all.filter((it) => it.state === 'inForce'), ...all.filter((it) => it.state === 'scheduled').slice(0, SHOWN.scheduled)];
  const fromProgram = complete && over.length <= SHOWN.over;
  const programInForce = !all.some((it) => it.state !== 'scheduled');
  return (
    <ol className="timeline" aria-label={t('rulebooks:timeline')}>
      {fromProgram && (
        <li className={`timeline-part ${programInForce ? 'timeline-inForce' : 'timeline-over'}`}>
          <Tag color={COLORS[programInForce ? 'inForce' : 'over']}>{t(`rulebooks:states.${programInForce ? 'inForce' : 'over'}`)}</Tag>
          <strong>{t('rulebooks:ratioOfProgram')}</strong>
          <span className="muted">{all.length === 0 ? t('rulebooks:untilFirst') : t('rulebooks:words.until', { to: words.time(all[0]!.publication.inForceFrom) })}</span>
        </li>
      )}
      {shown.map(({ publication, state, until }) => (
        <li key={publication.number} className={`timeline-part timeline-${state}`}>
          <Tag color={COLORS[state]}>{t(`rulebooks:states.${state}`)}</Tag>
          <Link to={`/rule-books/${encodeURIComponent(publication.ruleBookId)}`}>{publication.ruleBookId}</Link>
          <span className="muted">
            {until === undefined
              ? t('rulebooks:fromOn', { time: words.time(publication.inForceFrom) })
              : t('rulebooks:between', { from: words.time(publication.inForceFrom), to: words.time(until) })}
          </span>
        </li>
      ))}
    </ol>
  );
}
