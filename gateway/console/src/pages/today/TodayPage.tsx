import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, DatePicker, Flex, Tag, Typography } from 'antd';
import dayjs from 'dayjs';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { follow } from '../../api/follow';
import { storesFor, useSession } from '../../api/session';
import { useAddress } from '../../parts/address';
import { DataTable } from '../../parts/DataTable';
import { Loaded } from '../../parts/Loaded';
import { useShown } from '../../parts/numbers';
import { Page } from '../../parts/Page';
import { StoreSelect, storesQuery } from '../../parts/stores';
import { byHour, dayOf, figuresQuery, hourOf, shift, type Figures } from './figures';
import { Tiles } from './Tiles';

const Curve = lazy(() => import('./Curve'));
type Item = Figures['items'][number];

/** The day as it goes: its sums against yesterday and last week, its curve, its stores. */
export default function TodayPage() {
  const { t } = useTranslation();
  const shown = useShown();
  const session = useSession();
  const [address, setAddress] = useAddress();
  const today = dayOf(new Date(), shown.timeZone);
  const day = /^\d{4}-\d{2}-\d{2}$/.test(address('day') ?? '') ? address('day')! : today;
  const storeId = address('storeId');
  const mine = storesFor(session, 'readFigures');
  const isToday = day === today;
  const live = useLive(isToday);
  const use = (by: 'hour' | 'store', of: string) =>
    useQuery({ ...figuresQuery(by, of, storeId), placeholderData: keepPreviousData, refetchInterval: isToday ? 30_000 : false });
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
          {mine?.length !== 1 && <StoreSelect only={mine} allowClear placeholder={t(mine === null ? 'today:allStores' : 'today:myStores')} aria-label={t('today:store')} value={storeId ?? null} onChange={(value: string | null) => setAddress({ storeId: value ?? undefined })} />}
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
            {figures.rebuildingSince !== undefined && <Alert type="warning" showIcon title={t('today:rebuilt', { time: shown.time(figures.rebuildingSince) })} />}
            <Tiles now={figures.totals} goesOn={isToday} yesterday={yesterday.data?.totals} lastWeek={lastWeek.data?.totals} />
            <section className="panel" aria-label={t('today:curve')}>
              <Typography.Title level={2} className="subtitle">
                {t('today:curve')}
              </Typography.Title>
              <Suspense fallback={<div className="curve" />}>
                <Curve
                  lines={[
                    { name: isToday ? t('today:title') : shown.day(`${day}T12:00:00Z`), hours: byHour(figures, isToday ? hourOf(new Date().toISOString(), shown.timeZone) : 23) },
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

function Stores({ items }: { items: Item[] | undefined }) {
  const { t } = useTranslation();
  type Sum = 'turnover' | 'orders' | 'membersServed' | 'newMembers' | 'pointsEarned' | 'pointsSpent' | 'refunded';
  const names = new Map(useQuery(storesQuery).data?.map((store) => [store.storeId, store.name]));
  const column = (name: Sum, kind: 'points' | 'money') => ({
    key: name,
    title: t([`today:columns.${name}`, `today:figures.${name}`]), // A name that is short enough for all columns to be seen.
    [kind]: (item: Item) => item[name],
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
          show: (item) => (item.storeId ? <Link to={`/stores/${encodeURIComponent(item.storeId)}`}>{[item.storeId, names.get(item.storeId)].filter(Boolean).join(' ')}</Link> : t('today:noStore')),
          csv: (item) => item.storeId,
          sort: (item) => item.storeId ?? '',
        },
        column('turnover', 'money'),
        column('orders', 'points'),
        column('membersServed', 'points'),
        column('newMembers', 'points'),
        column('pointsEarned', 'points'),
        column('pointsSpent', 'points'),
        column('refunded', 'money'),
        {
          key: 'averageStars',
          title: t('today:figures.averageStars'),
          number: true,
          show: (item: Item) => (item.averageStars == null ? '–' : `${item.averageStars} ★ (${item.ratings})`),
          csv: (item: Item) => item.averageStars,
          sort: (item: Item) => Number(item.averageStars ?? 0),
        },
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
    const changed = () => {
      due ??= setTimeout(() => {
        due = undefined;
        void client.invalidateQueries({ queryKey: ['figures'] });
      }, PAUSE_MS);
    };
    const stop = follow({ heard: setHeard, changed });
    return () => {
      clearTimeout(due);
      stop();
    };
  }, [on, client]);
  return heard;
}
