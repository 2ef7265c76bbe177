import { useQuery } from '@tanstack/react-query';
import { Flex, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, content } from '../../api/client';
import { Loaded } from '../../parts/Loaded';
import { useShown } from '../../parts/numbers';
import { Hiding } from './Hiding';
import { Stars } from './Stars';

/** The rating of an order; nothing where there is none. */
export function OrderRating({ storeId, orderId }: { storeId: string; orderId: string }) {
  const { t } = useTranslation();
  const shown = useShown();
  const found = useQuery({
    queryKey: ['ratings', 'order', storeId, orderId],
    queryFn: () => content(api.GET('/v1/ratings', { params: { query: { storeId, orderId } } })),
  });
  return (
    <Loaded query={found}>
      {({ items: [rating] }) =>
        rating !== undefined && (
          <section className="panel space-below" aria-label={t('ratings:title')}>
            <Flex gap={16} align="center" wrap>
              <Stars stars={rating.stars} />
              <div className="words">{rating.text ?? '–'}</div>
              <Typography.Text type="secondary">{shown.time(rating.givenAt)}</Typography.Text>
              <Hiding rating={rating} />
            </Flex>
          </section>
        )
      }
    </Loaded>
  );
}
