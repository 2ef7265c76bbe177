import { useTranslation } from 'react-i18next';
import { useShown } from '../../parts/numbers';
import { growth, type Sums } from './figures';

/** The sums of a day, against those of other days. */
export function Tiles({ now, yesterday, lastWeek }: { now: Sums; yesterday: Sums | undefined; lastWeek: Sums | undefined }) {
  const { t } = useTranslation();
  const shown = useShown();
  const tiles: [keyof Sums, (value: number | undefined) => string][] = [
    ['turnover', shown.money],
    ['orders', shown.points],
    ['averageTicket', shown.money],
    ['membersServed', shown.points],
    ['newMembers', shown.points],
    ['pointsEarned', shown.points],
    ['pointsSpent', shown.points],
    ['refunded', shown.money],
    ['storedValueIn', shown.money],
    ['storedValueOut', shown.money],
  ];
  const number = (sums: Sums | undefined, name: keyof Sums): number | undefined => {
    const value = sums?.[name];
    return typeof value === 'number' ? value : undefined;
  };
  return (
    <dl className="cards" aria-label={t('today:sums')}>
      {tiles.map(([name, show]) => (
        <div className="stat" key={name}>
          <dt>{t(`today:figures.${name}`)}</dt>
          <dd>{show(number(now, name))}</dd>
          <dd className="against">
            <Against label={t('today:yesterday')} percent={growth(number(now, name) ?? 0, number(yesterday, name))} />
            <Against label={t('today:lastWeek')} percent={growth(number(now, name) ?? 0, number(lastWeek, name))} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Against({ label, percent }: { label: string; percent: number | undefined }) {
  return (
    <span>
      {label} <span className={percent === undefined || percent === 0 ? '' : percent > 0 ? 'plus' : 'minus'}>{percent === undefined ? '–' : `${percent > 0 ? '+' : ''}${percent} %`}</span>
    </span>
  );
}
