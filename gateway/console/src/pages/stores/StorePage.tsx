import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Descriptions, Form, Input, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { api, content, versioned, type Schemas, type Versioned } from '../../api/client';
import { may, mayFor, useSession } from '../../api/session';
import { Loaded } from '../../parts/Loaded';
import { useShown } from '../../parts/numbers';
import { Page } from '../../parts/Page';
import { tagsOf } from '../../parts/tags';
import { Change, WriteForm } from '../../parts/WriteForm';
import { Keys } from '../keys/Keys';
import { StoreRatings } from '../ratings/StoreRatings';
import { dayOf, figuresQuery, shift } from '../today/figures';
import { Tiles } from '../today/Tiles';
import { FactFields } from './FactFields';

type Store = Versioned<Schemas['Store']>;

const readStore = (storeId: string) => versioned(api.GET('/v1/stores/{storeId}', { params: { path: { storeId } } }));

/** One store: its day, its name, the keys of its tills. */
export default function StorePage() {
  const { storeId = '' } = useParams();
  const store = useQuery({ queryKey: ['stores', 'one', storeId], queryFn: () => readStore(storeId) });
  return <Loaded query={store}>{(seen) => <StoreView key={storeId} store={seen} />}</Loaded>;
}

function StoreView({ store }: { store: Store }) {
  const { t } = useTranslation();
  const shown = useShown();
  const session = useSession();
  const [changing, setChanging] = useState<Store>();
  const { storeId, name, tags, timeZone, createdAt } = store.value;
  return (
    <Page
      title={`${name} · ${storeId}`}
      extra={may(session, 'setUp') && <Button onClick={() => setChanging(store)}>{t('stores:change')}</Button>}
    >
      {mayFor(session, 'readFigures', storeId) && <Day storeId={storeId} />}
      <Descriptions
        className="panel space-below"
        size="small"
        items={[
          { key: 'id', label: t('stores:storeId'), children: storeId },
          { key: 'since', label: t('stores:since'), children: shown.time(createdAt) },
          { key: 'tags', label: t('stores:tags'), children: tags.join(', ') || t('stores:noTags') },
          { key: 'timeZone', label: t('stores:timeZone'), children: timeZone ?? t('stores:programZone') },
        ]}
      />
      {mayFor(session, 'read', storeId) && <StoreRatings storeId={storeId} />}
      {may(session, 'readAccess') && (
        <section className="panel" aria-label={t('keys:ofStore')}>
          <Typography.Title level={2} className="subtitle">
            {t('keys:ofStore')}
          </Typography.Title>
          <Keys storeId={storeId} />
        </section>
      )}
      {changing !== undefined && <ChangeStore store={changing} onClose={() => setChanging(undefined)} />}
    </Page>
  );
}

/** The figures of today, and the way to those of other days. */
function Day({ storeId }: { storeId: string }) {
  const { t } = useTranslation();
  const { timeZone } = useShown();
  const today = dayOf(new Date(), timeZone);
  const now = useQuery({ ...figuresQuery('hour', today, storeId), refetchInterval: 30_000 });
  const yesterday = useQuery(figuresQuery('hour', shift(today, -1), storeId));
  const lastWeek = useQuery(figuresQuery('hour', shift(today, -7), storeId));
  return (
    <section className="space-below" aria-label={t('today:title')}>
      <div className="page-title">
        <Typography.Title level={2} className="subtitle">
          {t('today:title')}
        </Typography.Title>
        <Link to={`/today?storeId=${encodeURIComponent(storeId)}`}>{t('stores:day')}</Link>
      </div>
      <Loaded query={now}>{(figures) => <Tiles now={figures.totals} goesOn yesterday={yesterday.data?.totals} lastWeek={lastWeek.data?.totals} />}</Loaded>
    </section>
  );
}

type Fields = { name: string; tags: string[]; timeZone?: string };

function ChangeStore({ store, onClose }: { store: Store; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [base, setBase] = useState(store);
  const { storeId } = store.value;
  const change = async (body: Schemas['StorePatch']) => {
    const params = { path: { storeId }, header: { 'If-Match': base.tag } };
    const answer = await api.PATCH('/v1/stores/{storeId}', { params, body });
    if (answer.response.status === 412) {
      await readStore(storeId).then(setBase, () => undefined); // What it is now; the next try changes that.
    }
    return content(Promise.resolve(answer));
  };
  const zoneOf = (timeZone: string | null | undefined) => timeZone ?? t('stores:programZone');
  return (
    <WriteForm<Fields, Schemas['StorePatch'], unknown>
      name={`store/${storeId}`}
      title={t('stores:change')}
      deed={t('save')}
      initial={{ name: store.value.name, tags: store.value.tags, ...(store.value.timeZone !== null && { timeZone: store.value.timeZone }) }}
      toBody={(fields) => patchOf(store.value, fields)}
      call={(_, body) => change(body)}
      fields={() => (
        <>
          {base !== store && <Alert type="warning" showIcon className="space-below" title={t('stores:changedMeanwhile')} />}
          <Form.Item name="name" label={t('stores:name')} rules={[{ required: true, whitespace: true, message: t('required') }]}>
            <Input maxLength={100} autoFocus />
          </Form.Item>
          <FactFields />
        </>
      )}
      effect={(body) => (
        <>
          <Change label={t('stores:name')} before={base.value.name} after={body.name} />
          {body.tags !== undefined && (
            <Change label={t('stores:tags')} before={base.value.tags.join(', ') || t('stores:noTags')} after={body.tags.join(', ') || t('stores:noTags')} />
          )}
          {body.timeZone !== undefined && <Change label={t('stores:timeZone')} before={zoneOf(base.value.timeZone)} after={zoneOf(body.timeZone)} />}
        </>
      )}
      onDone={() => void client.invalidateQueries({ queryKey: ['stores'] })}
      onClose={onClose}
    />
  );
}

/** The name, and of the rest what the person changed: another person may have changed the others meanwhile. */
function patchOf(seen: Schemas['Store'], { name, tags, timeZone }: Fields): Schemas['StorePatch'] {
  const wanted = tagsOf(tags);
  return {
    name: name.trim(),
    ...(wanted.join('\n') !== [...seen.tags].sort().join('\n') && { tags: wanted }),
    ...((timeZone ?? null) !== seen.timeZone && { timeZone: timeZone ?? null }),
  };
}
