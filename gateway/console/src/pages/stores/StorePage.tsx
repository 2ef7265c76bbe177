import { useQuery } from '@tanstack/react-query';
import { Descriptions, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { api, content } from '../../api/client';
import { may, useSession } from '../../api/session';
import { Loaded } from '../../parts/Loaded';
import { useShown } from '../../parts/numbers';
import { Page } from '../../parts/Page';
import { Keys } from '../keys/Keys';

/** One store, with the keys of its tills. */
export default function StorePage() {
  const { t } = useTranslation();
  const shown = useShown();
  const session = useSession();
  const { storeId = '' } = useParams();
  const store = useQuery({
    queryKey: ['stores', 'one', storeId],
    queryFn: () => content(api.GET('/v1/stores/{storeId}', { params: { path: { storeId } } })),
  });
  return (
    <Loaded query={store}>
      {(seen) => (
        <Page title={`${seen.name} · ${seen.storeId}`}>
          <Descriptions className="panel space-below" size="small" items={[{ key: 'since', label: t('stores:since'), children: shown.time(seen.createdAt) }]} />
          {may(session, 'readAccess') && (
            <div className="panel">
              <Typography.Title level={2} className="subtitle">
                {t('keys:ofStore')}
              </Typography.Title>
              <Keys storeId={seen.storeId} />
            </div>
          )}
        </Page>
      )}
    </Loaded>
  );
}
