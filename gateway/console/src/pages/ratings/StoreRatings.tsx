import { useQuery } from '@tanstack/react-query';
import { Segmented, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, content, type Schemas } from '../../api/client';
import { useAddress } from '../../parts/address';
import { DataTable } from '../../parts/DataTable';
import { useShown } from '../../parts/numbers';
import { pageOf, usePages } from '../../parts/pages';
import { MemberLink, OrderLink } from '../members/links';
import { dayOf, shift } from '../today/figures';
import { Hiding } from './Hiding';
import { Stars } from './Stars';

type Rating = Schemas['Rating'];
const CHOICES = ['all', '5', '4', '3', '2', '1'];

/** What members say of a store: the averages, and the newest ratings. */
export function StoreRatings({ storeId }: { storeId: string }) {
  const { t } = useTranslation();
  const [address, setAddress] = useAddress();
  const wanted = CHOICES.find((choice) => choice === address('stars')) ?? 'all';
  const stars = wanted === 'all' ? {} : { stars: Number(wanted) };
  const ratings = usePages<Rating>(['ratings', storeId, wanted], (cursor, limit) =>
    content(api.GET('/v1/ratings', { params: { query: { storeId, ...stars, ...pageOf(cursor, limit) } } })),
  );
  return (
    <section className="panel space-below" aria-label={t('ratings:title')}>
      <Typography.Title level={2} className="subtitle">
        {t('ratings:title')}
      </Typography.Title>
      <dl className="cards space-below">
        <Average storeId={storeId} days={1} name={t('ratings:today')} />
        <Average storeId={storeId} days={7} name={t('ratings:days7')} />
        <Average storeId={storeId} days={30} name={t('ratings:days30')} />
      </dl>
      <Segmented
        className="space-below"
        aria-label={t('ratings:stars')}
        value={wanted}
        options={CHOICES.map((value) => ({ value, label: value === 'all' ? t('ratings:all') : `${value} ★` }))}
        onChange={(value) => setAddress({ stars: value === 'all' ? undefined : value })}
      />
      <DataTable<Rating>
        name={t('ratings:title')}
        {...ratings}
        rowKey={(it) => it.ratingId}
        empty={t(wanted === 'all' ? 'ratings:none' : 'ratings:noneOf')}
        columns={[
          { key: 'at', title: t('ratings:at'), time: (it) => it.givenAt },
          { key: 'stars', title: t('ratings:stars'), show: (it) => <Stars stars={it.stars} />, csv: (it) => it.stars },
          { key: 'text', title: t('ratings:text'), show: (it) => <div className="words">{it.text ?? '–'}</div>, csv: (it) => it.text },
          { key: 'order', title: t('members:order'), show: (it) => <OrderLink entry={it} />, csv: (it) => it.orderId },
          { key: 'member', title: t('orders:member'), show: (it) => <MemberLink memberId={it.memberId} />, csv: (it) => it.memberId },
          { key: 'hidden', title: t('ratings:hiding'), show: (it) => <Hiding rating={it} />, csv: (it) => it.hiddenReason },
        ]}
      />
    </section>
  );
}

/** Count and average of the last days, today among them. */
function Average({ storeId, days, name }: { storeId: string; days: number; name: string }) {
  const { t } = useTranslation();
  const { timeZone } = useShown();
  const to = dayOf(new Date(), timeZone);
  const from = shift(to, 1 - days);
  const figures = useQuery({
    queryKey: ['figures', 'ratings', from, to, storeId],
    queryFn: () => content(api.GET('/v1/figures', { params: { query: { by: 'store', from, to, storeId } } })),
  });
  const sums = figures.data?.totals;
  return (
    <div className="stat">
      <dt>{name}</dt>
      <dd>{sums?.averageStars == null ? '–' : `${sums.averageStars} ★`}</dd>
      <dd className="against">{sums?.ratings === undefined ? '–' : t('ratings:count', { count: sums.ratings })}</dd>
    </div>
  );
}
