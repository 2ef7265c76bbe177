import { Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { useShown } from '../../parts/numbers';
import { growth, share, type Sums } from './figures';

interface TilesProps {
  now: Sums;
  /** Whether the day still goes on: then its sums are shown as shares of the whole other days. */
  goesOn: boolean;
  yesterday: Sums | undefined;
  lastWeek: Sums | undefined;
}

/** The sums of a day, against those of other days. */
export function Tiles({ now, goesOn, yesterday, lastWeek }: TilesProps) {
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
    <>
      <dl className="cards" aria-label={t('today:sums')}>
        {tiles.map(([name, show]) => (
          <div className="stat" key={name}>
            <dt>{t(`today:figures.${name}`)}</dt>
            <dd>{show(number(now, name))}</dd>
            <dd className="against">
              {([['yesterday', yesterday], ['lastWeek', lastWeek]] as const).map(([day, sums]) =>
                goesOn && name !== 'averageTicket' ? (
                  <Share key={day} label={t(`today:of.${day}`)} percent={share(number(now, name) ?? 0, number(sums, name))} />
                ) : (
                  <Growth key={day} label={t(`today:${day}`)} percent={growth(number(now, name) ?? 0, number(sums, name))} />
                ),
              )}
            </dd>
          </div>
        ))}
      </dl>
      {goesOn && <Typography.Text type="secondary">{t('today:shares')}</Typography.Text>}
    </>
  );
}

function Share({ label, percent }: { label: string; percent: number | undefined }) {
  return (
    <span className="comparison">
      <span>{label}</span> <span>{percent === undefined ? '–' : `${percent} %`}</span>
    </span>
  );
}

function Growth({ label, percent }: { label: string; percent: number | undefined }) {
  return (
    <span className="comparison">
      <span>{label}</span> <span className={percent === undefined || percent === 0 ? '' : percent > 0 ? 'plus' : 'minus'}>{percent === undefined ? '–' : `${percent > 0 ? '+' : ''}${percent} %`}</span>
    </span>
  );
}
