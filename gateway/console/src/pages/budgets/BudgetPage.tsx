import { useQuery } from '@tanstack/react-query';
import { Descriptions, Flex, Segmented, Typography } from 'antd';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { api, content, type Schemas } from '../../api/client';
import { DataTable } from '../../parts/DataTable';
import { Hint, Loaded, Wait } from '../../parts/Loaded';
import { useShown } from '../../parts/numbers';
import { Page } from '../../parts/Page';
import { pageOf, usePages } from '../../parts/pages';
import { dayOf, shift } from '../today/figures';
import { BudgetState } from './BudgetsPage';
import { byDay, byHour, usedOf, type Budget, type BudgetDays } from './course';
import { UsedBar } from './UsedBar';

const Curve = lazy(() => import('./Curve'));

const AGAIN_MS = 15_000;

/** The days of a picture, and whether it goes by hour. */
const SPANS = { week: { days: 7, by: 'hour' }, month: { days: 30, by: 'day' }, year: { days: 366, by: 'day' } } as const;
type Span = keyof typeof SPANS;

/** One budget: what it has issued, the curve of it, its money, its stores. */
export default function BudgetPage() {
  const { budgetId = '' } = useParams();
  const budget = useQuery({
    queryKey: ['budgets', 'one', budgetId],
    refetchInterval: AGAIN_MS,
    queryFn: () => content(api.GET('/v1/budgets/{budgetId}', { params: { path: { budgetId } } })),
  });
  return <Loaded query={budget}>{(seen) => <BudgetView budget={seen} />}</Loaded>;
}

function BudgetView({ budget }: { budget: Budget }) {
  const { t } = useTranslation();
  const shown = useShown();
  const [span, setSpan] = useState<Span>('month');
  const today = dayOf(new Date(), shown.timeZone);
  const { budgetId } = budget;
  const from = shift(today, 1 - SPANS[span].days);
  const { by } = SPANS[span];
  const days = useQuery({
    queryKey: ['budgets', 'days', budgetId, from, by],
    refetchInterval: AGAIN_MS,
    queryFn: () => content(api.GET('/v1/budgets/{budgetId}/days', { params: { path: { budgetId }, query: { from, by } } })),
  });
  return (
    <Page title={t('budgets:one', { id: budgetId })} extra={<Link to="/budgets">{t('budgets:all')}</Link>}>
      <Flex gap={12} align="center" wrap className="space-below">
        <BudgetState state={budget.state} />
        <span>{t(`budgets:atEnd.${budget.atEnd}`)}</span>
        {budget.runsUntil !== undefined && <span className="muted">{t('budgets:runsUntilTime', { time: shown.time(budget.runsUntil) })}</span>}
      </Flex>
      {budget.per === 'program' && (
        <section className="panel space-below" aria-label={t('budgets:share')}>
          <UsedBar used={usedOf(budget)} limit={budget.limit} warnings={budget.warnings ?? []} />
          {(budget.warnings ?? []).length > 0 && (
            <p className="muted last">{t('budgets:warnAt', { shares: budget.warnings!.map((it) => `${Math.round(Number(it.at) * 10_000) / 100} %`).join(t('budgets:join')) })}</p>
          )}
        </section>
      )}
      <Numbers budget={budget} days={days.data} />
      <section className="panel space-below" aria-label={t('budgets:curve')}>
        <div className="page-title">
          <Typography.Title level={2} className="subtitle">
            {t('budgets:curve')}
          </Typography.Title>
          <Segmented<Span> aria-label={t('budgets:span')} value={span} onChange={setSpan} options={(['week', 'month', 'year'] as const).map((it) => ({ value: it, label: t(`budgets:spans.${it}`) }))} />
        </div>
        <Loaded query={days}>{(seen) => <Picture budget={budget} days={seen} />}</Loaded>
      </section>
      {budget.cost !== undefined && <Money cost={budget.cost} days={days.data} />}
      {budget.per === 'store' && <Stores budgetId={budgetId} />}
    </Page>
  );
}

function Numbers({ budget, days }: { budget: Budget; days: BudgetDays | undefined }) {
  const { t } = useTranslation();
  const shown = useShown();
  const forecast = days?.forecast;
  const ends = forecast?.endsOn === undefined ? (forecast?.usedAtEnd === undefined ? '–' : t('budgets:campaignFirst')) : shown.day(`${forecast.endsOn}T12:00:00Z`);
  const numbers: [string, string, string?][] = [
    [t(budget.per === 'store' ? 'budgets:limitOfStore' : 'budgets:limit'), shown.points(budget.limit)],
    [t('budgets:issued'), shown.points(budget.issued)],
    [t('budgets:reversed'), shown.points(budget.reversed)],
    [t('budgets:lapsed'), shown.points(budget.lapsed)],
    [t('budgets:outstanding'), shown.points(budget.outstanding)],
    ...(budget.left === undefined ? [] : [[t('budgets:left'), shown.points(budget.left)] as [string, string]]),
    [t('budgets:redeemed'), shown.points(days?.redeemed?.points), days?.redeemed === undefined ? undefined : t('budgets:redeemedHow', { share: Math.round(Number(days.redeemed.share) * 10_000) / 100 })],
    [t('budgets:endsOn'), ends, forecast === undefined ? t('budgets:noForecast') : t('budgets:forecastHow', { count: forecast.days, points: shown.points(Math.round(forecast.points / forecast.days)) })],
  ];
  return (
    <dl className="cards space-below">
      {numbers.map(([name, value, how]) => (
        <div className="stat" key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
          {how !== undefined && <dd className="budget-how muted">{how}</dd>}
        </div>
      ))}
    </dl>
  );
}

/** The last day of the answer is today by the gateway's clock. */
function Picture({ budget, days }: { budget: Budget; days: BudgetDays }) {
  const { t, i18n } = useTranslation();
  const shown = useShown();
  const used = usedOf(budget);
  const course = useMemo(() => {
    const hour = new Intl.DateTimeFormat(i18n.language === 'zh' ? 'zh-CN' : 'en-GB', { timeZone: days.timeZone, month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit' });
    return days.by === 'hour' ? byHour(days, (it) => hour.format(new Date(it))) : byDay(days, days.to, used);
  }, [days, used, i18n.language]);
  const levels = useMemo(
    () =>
      budget.per === 'store'
        ? []
        : [
            { name: t('budgets:limit'), points: budget.limit, isLimit: true },
            ...(budget.warnings ?? []).map((it) => ({ name: `${Math.round(Number(it.at) * 10_000) / 100} %`, points: Number(it.at) * budget.limit, isLimit: false })),
          ],
    [budget, t],
  );
  const names = useMemo(() => ({ used: t('budgets:used'), ahead: t('budgets:ahead') }), [t]);
  return (
    <>
      {course.places.length === 0 ? (
        <p className="muted">{t('budgets:nothingYet')}</p>
      ) : (
        <Suspense fallback={<Wait />}>
          <Curve course={course} levels={levels} names={names} show={shown.points} />
        </Suspense>
      )}
      <p className="muted last">{t('budgets:asOf', { time: shown.time(days.asOf) })}</p>
    </>
  );
}

/** Points as money and money as points, both ways of reckoning beside each other. */
function Money({ cost, days }: { cost: Schemas['BudgetCost']; days: BudgetDays | undefined }) {
  const { t } = useTranslation();
  const shown = useShown();
  const taken = (basis: string) => (cost.basis === basis ? ` · ${t('budgets:taken')}` : '');
  return (
    <section className="panel space-below" aria-label={t('budgets:money')}>
      <Typography.Title level={2} className="subtitle">
        {t('budgets:money')}
      </Typography.Title>
      <Descriptions
        size="small"
        layout="vertical"
        colon={false}
        column={{ xs: 1, md: 2, xl: 4 }}
        items={[
          { key: 'cost', label: t('budgets:marketingCost'), children: shown.money(cost.marketingCost) },
          { key: 'cautious', label: t('budgets:limitCautious'), children: `${shown.points(cost.limitCautious)}${taken('cautious')}` },
          { key: 'expected', label: t('budgets:limitExpected'), children: `${shown.points(cost.limitExpected)}${taken('expected')}` },
          { key: 'now', label: t('budgets:costNow'), children: shown.money(days?.redeemed?.cost) },
          { key: 'expectedCost', label: t('budgets:expectedCost'), children: shown.money(cost.expected) },
          { key: 'atMost', label: t('budgets:atMost'), children: shown.money(cost.atMost) },
          { key: 'atEnd', label: t('budgets:costAtEnd'), children: shown.money(days?.forecast?.costAtEnd) },
        ]}
      />
      <p className="muted last">{t('budgets:moneyHelp')}</p>
    </section>
  );
}

function Stores({ budgetId }: { budgetId: string }) {
  const { t } = useTranslation();
  type StoreBudget = Schemas['StoreBudget'];
  const stores = usePages<StoreBudget>(['budgets', 'stores', budgetId], (cursor, limit) =>
    content(api.GET('/v1/budgets/{budgetId}/stores', { params: { path: { budgetId }, query: pageOf(cursor, limit) } })),
  );
  return (
    <>
      <Hint>{t('budgets:storesText')}</Hint>
      <DataTable<StoreBudget>
        name={t('budgets:stores')}
        {...stores}
        rowKey={(it) => it.storeId}
        empty={t('budgets:nothingYet')}
        columns={[
          { key: 'store', title: t('budgets:store'), show: (it) => <Link to={`/stores/${encodeURIComponent(it.storeId)}`}>{it.storeId}</Link>, csv: (it) => it.storeId, sort: (it) => it.storeId },
          { key: 'share', title: t('budgets:share'), show: (it) => <UsedBar used={usedOf(it)} limit={it.limit} warnings={it.warnings} /> },
          { key: 'issued', title: t('budgets:issued'), points: (it) => it.issued, sort: (it) => it.issued },
          { key: 'reversed', title: t('budgets:reversed'), points: (it) => it.reversed },
          { key: 'outstanding', title: t('budgets:outstanding'), points: (it) => it.outstanding },
          { key: 'left', title: t('budgets:left'), points: (it) => it.left, sort: (it) => it.left },
        ]}
      />
    </>
  );
}
