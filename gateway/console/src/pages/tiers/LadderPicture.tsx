import { useTranslation } from 'react-i18next';
import { useShown } from '../../parts/numbers';
import type { Book } from '../rulebooks/document';
import type { Words } from '../rulebooks/words';
import type { Level, Tiers } from './tierFields';

const HEIGHT = 72;

/** The ladder of tiers: a step for each level, with where it begins, its factor, its price and its benefits. */
export function LadderPicture({ book, words }: { book: Book; words: Words }) {
  const { t, i18n } = useTranslation();
  const shown = useShown();
  const tiers = book.tiers as Tiers;
  const levels: Level[] = tiers.levels ?? [];
  const amount = tiers.measure?.account === 'spend' ? shown.money : shown.points;
  const text = (it: { zh?: string; en?: string } | undefined) => (i18n.language === 'zh' ? it?.zh : it?.en) ?? '';
  return (
    <>
      <p className="muted">{rules(tiers, t)}</p>
      <ol className="brackets ladder">
        {levels.map((level, i) => (
          <li key={level.id}>
            <div className="ladder-step" aria-hidden="true">
              <i style={{ height: Math.round(((i + 1) / levels.length) * HEIGHT) }} />
            </div>
            <strong>{words.level(level)}</strong>
            <span>{level.from === 0 ? t('tiers:everybody') : t('tiers:from', { amount: amount(level.from) })}</span>
            {book.tierFactors?.[level.id] !== undefined && <span>× {book.tierFactors[level.id]}</span>}
            {level.upgradePrice !== undefined && (
              <span>{t('tiers:price', { points: shown.points(level.upgradePrice.points), months: /\d+/.exec(level.upgradePrice.validity ?? 'P12M')?.[0] })}</span>
            )}
            {level.neverFalls === true && <span>{t('tiers:neverFalls')}</span>}
            {level.benefits?.map((it, at) => (
              <span className="muted" key={at}>
                {text(it.text)}
              </span>
            ))}
          </li>
        ))}
      </ol>
    </>
  );
}

/** How the levels rise and fall, in a line. */
function rules(tiers: Tiers, t: ReturnType<typeof useTranslation>['t']): string {
  const days = (period: string | undefined) => /\d+/.exec(period ?? '')?.[0] ?? '';
  const measure = tiers.measure;
  return [
    ...(measure === undefined
      ? []
      : [t('tiers:measured', { account: t(`tiers:accounts.${measure.account}`), period: measure.period === 'rolling' ? t('tiers:rolling', { months: days(measure.length) }) : t('tiers:calendarYear') })]),
    t(`tiers:ups.${tiers.up ?? 'immediate'}`),
    ...(tiers.review === undefined ? [] : [t(`tiers:reviews.${tiers.review.on}`)]),
    t(`tiers:downs.${tiers.down ?? 'oneStep'}`),
    ...(tiers.grace === undefined ? [] : [t('tiers:graceDays', { days: days(tiers.grace) })]),
    typeof tiers.onRefund === 'object' ? t('tiers:refundWithin', { days: days(tiers.onRefund.ifWithin) }) : t(`tiers:refunds.${tiers.onRefund ?? 'review'}`),
  ].join(' · ');
}
