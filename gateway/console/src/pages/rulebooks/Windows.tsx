import { useTranslation } from 'react-i18next';
import type { Promotion } from './document';
import { useNow } from './queries';
import { bar, spanOf } from './timeline';
import { toInstant } from './zoned';
import type { Words } from './words';

const ROWS_MAX = 20;

/** When promotions run: a bar for each on one time line, which goes to the edge where there is no end. */
export function Windows({ promotions, words }: { promotions: Promotion[]; words: Words }) {
  const { t } = useTranslation();
  const now = useNow();
  const windows = promotions.slice(0, ROWS_MAX).map((it) => windowOf(it, words.timeZone));
  if (!windows.some((it) => it.from !== undefined || it.to !== undefined)) {
    return null;
  }
  const span = spanOf(windows, now);
  const share = (part: number) => `${(part * 100).toFixed(2)}%`;
  return (
    <figure className="windows" aria-label={t('rulebooks:windows')}>
      {windows.map((it, i) => {
        const its = bar(it, span);
        return (
          <div key={i} className="window-row">
            <span className="window-name">{promotions[i]!.id}</span>
            <div className="window-line">
              {its !== undefined && (
                <i
                  className={`window-bar${it.from === undefined ? ' window-open-from' : ''}${it.to === undefined ? ' window-open-to' : ''}`}
                  style={{ left: share(its.left), width: share(its.width) }}
                />
              )}
              <i className="window-now" style={{ left: share(bar({ from: now, to: undefined }, span)?.left ?? 1) }} />
            </div>
          </div>
        );
      })}
      <div className="window-row">
        <span className="window-name" />
        <div className="window-scale muted">
          <span>{words.day(span.from)}</span>
          <span className="window-now-name">{t('rulebooks:now')}</span>
          <span>{words.day(span.to)}</span>
        </div>
      </div>
    </figure>
  );
}

/** The time of a promotion by its instants and its days; within it hours and weekdays may leave some out. */
function windowOf({ when = {} }: Promotion, timeZone: string): { from: number | undefined; to: number | undefined } {
  const instants = (name: 'from' | 'to') =>
    [when[name], when.days?.[name] === undefined ? undefined : toInstant(`${when.days[name]}T00:00`, timeZone)]
      .filter((it) => it !== undefined)
      .map((it) => Date.parse(it))
      .filter((it) => !Number.isNaN(it));
  const from = instants('from');
  const to = instants('to');
  return { from: from.length === 0 ? undefined : Math.max(...from), to: to.length === 0 ? undefined : Math.min(...to) };
}
