import { useTranslation } from 'react-i18next';
import { useShown } from '../../parts/numbers';
import { rateOf, stepsOf, type Brackets } from './document';
import type { Words } from './words';

const HEIGHT = 48;

/** The steps of brackets: a bar for each as high as its ratio, and the amounts below it. */
export function BracketsPicture({ brackets, words }: { brackets: Brackets; words: Words }) {
  const { t } = useTranslation();
  const shown = useShown();
  const steps = stepsOf(brackets);
  const most = Math.max(...steps.map((it) => rateOf(it.ratio)), Number.MIN_VALUE);
  return (
    <>
      <p className="muted">{t(`rulebooks:bracketModes.${brackets.mode}`)}</p>
      <ol className="brackets">
        {steps.map(({ from, upTo, ratio }, i) => (
          <li key={i}>
            <div className="bracket-bar" aria-hidden="true">
              <i style={{ height: Math.max(2, Math.round((rateOf(ratio) / most) * HEIGHT)) }} />
            </div>
            <strong>
              {upTo === undefined
                ? t('rulebooks:above', { from: shown.money(from) })
                : i === 0
                  ? t('rulebooks:upTo', { to: shown.money(upTo) })
                  : t('rulebooks:stepFromTo', { from: shown.money(from), to: shown.money(upTo) })}
            </strong>
            <span>{words.ratio(ratio)}</span>
          </li>
        ))}
      </ol>
    </>
  );
}
