import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Flex, Form, Input, Modal, Select, Switch, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, content, type Schemas } from '../../api/client';
import { ProblemError } from '../../api/problem';
import { may, useSession } from '../../api/session';
import { useAddress } from '../../parts/address';
import { DataTable } from '../../parts/DataTable';
import { useShown } from '../../parts/numbers';
import { pageOf, readAll, type ReadPage } from '../../parts/pages';
import { useProblemText } from '../../parts/ProblemView';
import { StoreSelect } from '../../parts/stores';
import { WriteForm } from '../../parts/WriteForm';

type ApiKey = Schemas['ApiKey'];
type NewApiKey = Schemas['NewApiKey'];
const ROLES = ['store', 'admin', 'reader'];

/** Keys that the page reads at most, for all of a store are found whatever page they are on. */
const KEYS_MAX = 10_000;

const readKeys: ReadPage<ApiKey> = (cursor, limit) => content(api.GET('/v1/api-keys', { params: { query: pageOf(cursor, limit) } }));

/** Keys, all of them or those of one store. */
export function Keys({ storeId }: { storeId?: string }) {
  const { t } = useTranslation();
  const shown = useShown();
  const session = useSession();
  const [address, setAddress] = useAddress();
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<NewApiKey>();
  const withRevoked = address('revoked') === 'true';
  const keys = useQuery({ queryKey: ['keys'], queryFn: () => readAll<ApiKey>(readKeys, KEYS_MAX) });
  const rows = keys.data?.rows.filter((key) => (storeId === undefined || key.storeId === storeId) && (withRevoked || key.revokedAt === undefined));
  return (
    <>
      <Flex justify="space-between" align="center" gap={12} wrap className="space-below">
        <label>
          <Switch size="small" checked={withRevoked} onChange={(on) => setAddress({ revoked: on ? 'true' : undefined })} /> {t('keys:withRevoked')}
        </label>
        {may(session, 'manageKeys') && (
          <Button type="primary" onClick={() => setAdding(true)}>
            {t('keys:add')}
          </Button>
        )}
      </Flex>
      <DataTable<ApiKey>
        name={t('keys:title')}
        rows={rows}
        loading={keys.isLoading}
        problem={keys.error === null ? undefined : ProblemError.from(keys.error)}
        retry={() => void keys.refetch()}
        rowKey={(key) => key.keyId}
        empty={t('keys:none')}
        columns={[
          { key: 'name', title: t('keys:name'), show: (key) => key.name, csv: (key) => key.name, sort: (key) => key.name },
          { key: 'role', title: t('keys:role'), show: (key) => <Tag>{t(`keys:roles.${key.role}`, { defaultValue: key.role })}</Tag>, csv: (key) => key.role },
          {
            key: 'store',
            title: t('keys:store'),
            show: (key) => (key.storeId === undefined ? '–' : <Link to={`/stores/${encodeURIComponent(key.storeId)}`}>{key.storeId}</Link>),
            csv: (key) => key.storeId,
          },
          { key: 'made', title: t('keys:made'), time: (key) => key.createdAt },
          {
            key: 'state',
            title: t('keys:state'),
            show: (key) => (key.revokedAt === undefined ? <Tag color="green">{t('keys:valid')}</Tag> : <Tag>{t('keys:revoked', { time: shown.time(key.revokedAt) })}</Tag>),
            csv: (key) => key.revokedAt ?? 'valid',
          },
          {
            key: 'do',
            title: t('actions'),
            show: (key) => (may(session, 'manageKeys') && key.revokedAt === undefined ? <Revoke apiKey={key} /> : null),
          },
        ]}
      />
      {keys.data?.complete === false && <Alert type="warning" title={t('keys:notAll', { count: KEYS_MAX })} />}
      {adding && <AddKey storeId={storeId} onClose={() => setAdding(false)} onMade={setMade} />}
      {made !== undefined && <Made made={made} onClose={() => setMade(undefined)} />}
    </>
  );
}

function AddKey({ storeId, onClose, onMade }: { storeId: string | undefined; onClose: () => void; onMade: (key: NewApiKey) => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  type Fields = { name: string; role: string; storeId?: string };
  return (
    <WriteForm<Fields, Schemas['ApiKeyRequest'], NewApiKey>
      name="api-key"
      title={t('keys:add')}
      deed={t('keys:add')}
      initial={{ role: 'store', ...(storeId === undefined ? {} : { storeId }) }}
      toBody={(fields) => ({ name: fields.name.trim(), role: fields.role, ...(fields.storeId ? { storeId: fields.storeId } : {}) })}
      call={(key, body) => content(api.POST('/v1/api-keys', { params: { header: { 'Idempotency-Key': key } }, body }))}
      fields={() => (
        <>
          <Form.Item name="name" label={t('keys:name')} extra={t('keys:nameHelp')} rules={[{ required: true, whitespace: true, message: t('required') }]}>
            <Input maxLength={100} autoFocus />
          </Form.Item>
          <Form.Item name="role" label={t('keys:role')}>
            <Select options={ROLES.map((value) => ({ value, label: t(`keys:roles.${value}`) }))} />
          </Form.Item>
          <Form.Item
            name="storeId"
            label={t('keys:store')}
            dependencies={['role']}
            rules={[({ getFieldValue }) => ({ required: getFieldValue('role') === 'store', message: t('required') })]}
          >
            <StoreSelect allowClear disabled={storeId !== undefined} />
          </Form.Item>
        </>
      )}
      effect={(body) => <p>{t(`keys:effects.${body.role}`, { name: body.name, store: body.storeId ?? '–' })}</p>}
      onDone={(made) => {
        onMade(made);
        void client.invalidateQueries({ queryKey: ['keys'] });
      }}
      onClose={onClose}
    />
  );
}

/** The key itself, which is shown this once. */
function Made({ made, onClose }: { made: NewApiKey; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal open title={made.name} mask={{ closable: false }} onCancel={onClose} footer={<Button onClick={onClose}>{t('keys:kept')}</Button>}>
      <Alert type="warning" showIcon className="space-below" title={t('keys:once')} />
      <Typography.Paragraph code copyable>
        {made.key}
      </Typography.Paragraph>
    </Modal>
  );
}

function Revoke({ apiKey }: { apiKey: ApiKey }) {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const client = useQueryClient();
  const text = useProblemText();
  const revoke = useMutation({
    mutationFn: () => content(api.DELETE('/v1/api-keys/{keyId}', { params: { path: { keyId: apiKey.keyId } } })),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['keys'] }),
    onError: (cause) => void message.error(text(ProblemError.from(cause))),
  });
  return (
    <Button
      size="small"
      danger
      loading={revoke.isPending}
      onClick={() =>
        void modal.confirm({
          title: t('keys:revoke'),
          content: t('keys:revokeEffect', { name: apiKey.name }),
          okText: t('keys:revoke'),
          cancelText: t('cancel'),
          okButtonProps: { danger: true },
          onOk: () => revoke.mutateAsync().catch(() => undefined),
        })
      }
    >
      {t('keys:revoke')}
    </Button>
  );
}
