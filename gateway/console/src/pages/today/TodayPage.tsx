import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { DatePicker, Flex, Tag, Typography } from 'antd';
import dayjs from 'dayjs';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAddress } from '../../parts/address';
import { DataTable } from '../../parts/DataTable';
import { Loaded } from '../../parts/Loaded';
import { useShown } from '../../parts/numbers';
import { Page } from '../../parts/Page';
import { StoreSelect } from '../../parts/stores';
import { byHour, dayOf, growth, readFigures, shift, type Figures, type Sums } from './figures';

const Curve = lazy(() => import('./Curve'));
type Item = Figures['items'][number];

/** The day as it goes: its sums against yesterday and last week, its curve, its stores. */
export default function TodayPage() {
  const { t } = useTranslation();
  const shown = useShown();
  const [address, setAddress] = useAddress();
  const today = dayOf(new Date(), shown.timeZone);
  const day = /^\d{4}-\d{2}-\d{2}$/.test(address('day') ?? '') ? address('day')! : today;
  const storeId = address('storeId');
  const isToday = day === today;
  const live = useLive(isToday);
  const use = (by: 'hour' | 'store', of: string) =>
    useQuery({ queryKey: ['figures', by, of, storeId], queryFn: () => readFigures(by, of, storeId), placeholderData: keepPreviousData, refetchInterval: isToday ? 30_000 : false });
  const now = use('hour', day);
  const yesterday = use('hour', shift(day, -1));
  const lastWeek = use('hour', shift(day, -7));
  const stores = use('store', day);
  return (
    <Page
      title={isToday ? t('today:title') : shown.day(`${day}T12:00:00Z`)}
      extra={
        <>
          {isToday && <Tag color={live ? 'green' : 'orange'}>{t(live ? 'today:live' : 'today:notLive')}</Tag>}
          <StoreSelect allowClear placeholder={t('today:allStores')} aria-label={t('today:store')} value={storeId ?? null} onChange={(value: string | null) => setAddress({ storeId: value ?? undefined })} />
          <DatePicker
            aria-label={t('today:day')}
            value={dayjs(day)}
            allowClear={false}
            maxDate={dayjs(today)}
            onChange={(value) => setAddress({ day: value === null || value.format('YYYY-MM-DD') === today ? undefined : value.format('YYYY-MM-DD') })}
          />
        </>
      }
    >
      <Loaded query={now}>
        {(figures) => (
          <Flex vertical gap={16}>
            <Tiles now={figures.totals} yesterday={yesterday.data?.totals} lastWeek={lastWeek.data?.totals} />
            <section className="panel" aria-label={t('today:curve')}>
              <Typography.Title level={2} className="subtitle">
                {t('today:curve')}
              </Typography.Title>
              <Suspense fallback={<div className="curve" />}>
                <Curve
                  lines={[
                    { name: isToday ? t('today:title') : shown.day(`${day}T12:00:00Z`), hours: byHour(figures) },
                    { name: t('today:yesterday'), hours: byHour(yesterday.data) },
                    { name: t('today:lastWeek'), hours: byHour(lastWeek.data) },
                  ]}
                  show={shown.money}
                />
              </Suspense>
            </section>
            <section className="panel">
              <Typography.Title level={2} className="subtitle">
                {t('today:byStore')}
              </Typography.Title>
              <Stores items={stores.data?.items} />
            </section>
            <Typography.Text type="secondary">{t('today:asOf', { time: shown.time(figures.asOf) })}</Typography.Text>
          </Flex>
        )}
      </Loaded>
    </Page>
  );
}

function Tiles({ now, yesterday, lastWeek }: { now: Sums; yesterday: Sums | undefined; lastWeek: Sums | undefined }) {
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

function Stores({ items }: { items: Item[] | undefined }) {
  const { t } = useTranslation();
  const shown = useShown();
  const column = (name: 'turnover' | 'orders' | 'membersServed' | 'newMembers' | 'pointsEarned' | 'pointsSpent' | 'refunded', show: (value: number | undefined) => string) => ({
    key: name,
    title: t(`today:figures.${name}`),
    number: true,
    show: (item: Item) => show(item[name]),
    csv: (item: Item) => item[name],
    sort: (item: Item) => item[name] ?? 0,
  });
  return (
    <DataTable<Item>
      name={t('today:byStore')}
      rows={items}
      loading={items === undefined}
      empty={t('today:quiet')}
      rowKey={(item) => item.storeId ?? '–'}
      columns={[
        {
          key: 'store',
          title: t('today:store'),
          show: (item) => (item.storeId ? <Link to={`/stores/${encodeURIComponent(item.storeId)}`}>{item.storeId}</Link> : t('today:noStore')),
          csv: (item) => item.storeId,
          sort: (item) => item.storeId ?? '',
        },
        column('turnover', shown.money),
        column('orders', shown.points),
        column('membersServed', shown.points),
        column('newMembers', shown.points),
        column('pointsEarned', shown.points),
        column('pointsSpent', shown.points),
        column('refunded', shown.money),
      ]}
    />
  );
}

const PAUSE_MS = 2_000;

/** Reads the figures again soon after something happened, as the feed says; returns whether the feed is heard. */
function useLive(on: boolean): boolean {
  const client = useQueryClient();
  const [heard, setHeard] = useState(false);
  useEffect(() => {
    if (!on) {
      return undefined;
    }
    let due: ReturnType<typeof setTimeout> | undefined;
    const source = new EventSource(`/v1/events?since=${encodeURIComponent(new Date().toISOString())}`);
    source.onopen = () => setHeard(true);
    source.onerror = () => setHeard(false); // The browser connects again by itself.
    const changed = () => {
      due ??= setTimeout(() => {
        due = undefined;
        void client.invalidateQueries({ queryKey: ['figures'] });
      }, PAUSE_MS);
    };
    source.onmessage = changed;
    return () => {
      clearTimeout(due);
      source.close();
    };
  }, [on, client]);
  return heard;
}
