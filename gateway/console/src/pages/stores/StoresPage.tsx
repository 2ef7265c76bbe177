import { useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, content, type Schemas } from '../../api/client';
import { may, useSession } from '../../api/session';
import { DataTable } from '../../parts/DataTable';
import { Page } from '../../parts/Page';
import { pageOf, usePages } from '../../parts/pages';
import { tagsOf } from '../../parts/tags';
import { WriteForm } from '../../parts/WriteForm';
import { FactFields } from './FactFields';

type Store = Schemas['Store'];

/** All stores of the program. */
export default function StoresPage() {
  const { t } = useTranslation();
  const session = useSession();
  const [adding, setAdding] = useState(false);
  const stores = usePages<Store>(['stores', 'pages'], (cursor, limit) =>
    content(api.GET('/v1/stores', { params: { query: pageOf(cursor, limit) } })),
  );
  return (
    <Page
      title={t('stores:title')}
      extra={
        may(session, 'setUp') && (
          <Button type="primary" onClick={() => setAdding(true)}>
            {t('stores:add')}
          </Button>
        )
      }
    >
      <DataTable<Store>
        name={t('stores:title')}
        {...stores}
        rowKey={(store) => store.storeId}
        empty={t('stores:none')}
        columns={[
          {
            key: 'id',
            title: t('stores:storeId'),
            show: (store) => <Link to={`/stores/${encodeURIComponent(store.storeId)}`}>{store.storeId}</Link>,
            csv: (store) => store.storeId,
            sort: (store) => store.storeId,
          },
          { key: 'name', title: t('stores:name'), show: (store) => store.name, csv: (store) => store.name, sort: (store) => store.name },
          { key: 'tags', title: t('stores:tags'), show: (store) => store.tags.join(', '), csv: (store) => store.tags.join(', ') },
          { key: 'since', title: t('stores:since'), day: (store) => store.createdAt, sort: (store) => store.createdAt },
        ]}
      />
      {adding && <AddStore onClose={() => setAdding(false)} />}
    </Page>
  );
}

type Fields = { storeId: string; name: string; tags?: string[]; timeZone?: string };

function AddStore({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return (
    <WriteForm<Fields, Schemas['StoreRequest'], unknown>
      name="store"
      title={t('stores:add')}
      deed={t('stores:add')}
      toBody={({ storeId, name, tags, timeZone }) => ({
        storeId: storeId.trim(),
        name: name.trim(),
        ...(tagsOf(tags).length === 0 ? {} : { tags: tagsOf(tags) }),
        ...(timeZone === undefined ? {} : { timeZone }),
      })}
      call={(key, body) => content(api.POST('/v1/stores', { params: { header: { 'Idempotency-Key': key } }, body }))}
      fields={() => (
        <>
          <Form.Item name="storeId" label={t('stores:storeId')} extra={t('stores:storeIdHelp')} rules={[{ required: true, whitespace: true, message: t('required') }]}>
            <Input maxLength={64} autoFocus />
          </Form.Item>
          <Form.Item name="name" label={t('stores:name')} rules={[{ required: true, whitespace: true, message: t('required') }]}>
            <Input maxLength={100} />
          </Form.Item>
          <FactFields />
        </>
      )}
      effect={({ storeId, name, tags, timeZone }) => (
        <>
          <p>{t('stores:addEffect', { storeId, name })}</p>
          <p>{t('stores:facts', { tags: tags?.join(', ') ?? t('stores:noTags'), timeZone: timeZone ?? t('stores:programZone') })}</p>
        </>
      )}
      onDone={() => void client.invalidateQueries({ queryKey: ['stores'] })}
      onClose={onClose}
    />
  );
}
