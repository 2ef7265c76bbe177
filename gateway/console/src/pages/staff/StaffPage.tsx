import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Dropdown, Form, Input, Modal, Select, Space, Switch, Tag, Typography } from 'antd';
import { DownOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, content, type Schemas } from '../../api/client';
import { may, useSession } from '../../api/session';
import { DataTable } from '../../parts/DataTable';
import { Page } from '../../parts/Page';
import { pageOf, usePages } from '../../parts/pages';
import { StoreSelect } from '../../parts/stores';
import { WriteForm } from '../../parts/WriteForm';
import { deedsOf, isOfProvider, type Deed } from './deeds';

type Staff = Schemas['Staff'];
const ROLES = ['headOffice', 'marketing', 'storeManager', 'support', 'auditor'];
const LANGUAGES = ['zh-CN', 'en'];

interface Fields {
  name: string;
  roles: string[];
  stores?: string[];
  language?: string;
  active?: boolean;
}

type Doing = { what: 'add' } | { what: Deed; staff: Staff };


/** The people who work with the program, and what they may do. */
export default function StaffPage() {
  const { t } = useTranslation();
  const session = useSession();
  const [doing, setDoing] = useState<Doing>();
  const [password, setPassword] = useState<{ name: string; password: string }>();
  const staff = usePages<Staff>(['staff'], (cursor, limit) =>
    content(api.GET('/v1/staff', { params: { query: pageOf(cursor, limit) } })),
  );
  const close = () => setDoing(undefined);
  return (
    <Page
      title={t('staff:title')}
      extra={
        may(session, 'manageStaff') && (
          <Button type="primary" onClick={() => setDoing({ what: 'add' })}>
            {t('staff:add.title')}
          </Button>
        )
      }
    >
      <DataTable<Staff>
        name={t('staff:title')}
        {...staff}
        rowKey={(it) => it.staffId}
        empty={t('staff:none')}
        columns={[
          { key: 'name', title: t('staff:name'), show: (it) => it.name, csv: (it) => it.name, sort: (it) => it.name },
          {
            key: 'roles',
            title: t('staff:roles'),
            show: (it) => (
              <Space size={4} wrap>
                {it.roles.map((role) => (
                  <Tag key={role}>{t(`staff:roleNames.${role}`, { defaultValue: role })}</Tag>
                ))}
              </Space>
            ),
            csv: (it) => it.roles.join(' '),
          },
          { key: 'stores', title: t('staff:stores'), show: (it) => it.stores?.join(', ') ?? t('staff:allStores'), csv: (it) => it.stores?.join(' ') },
          {
            key: 'state',
            title: t('staff:state'),
            show: (it) => (
              <Space size={4} wrap>
                <Tag color={it.active ? 'green' : 'default'}>{t(it.active ? 'staff:active' : 'staff:inactive')}</Tag>
                {isOfProvider(it) && <Tag>{t('staff:provider')}</Tag>}
                {it.secondFactor && <Tag>{t('staff:secondFactor')}</Tag>}
                {it.mustChangePassword && <Tag color="orange">{t('staff:mustChange')}</Tag>}
              </Space>
            ),
            csv: (it) => (it.active ? 'active' : 'inactive'),
          },
          { key: 'since', title: t('staff:since'), day: (it) => it.createdAt },
          {
            key: 'do',
            title: t('actions'),
            show: (it) =>
              may(session, 'manageStaff') ? (
                <Dropdown
                  trigger={['click']}
                  menu={{
                    items: [
                      ...deedsOf(it, session.staffId).map((key) => ({ key, label: t(`staff:${key}.title`) })),
                      ...(isOfProvider(it) ? [{ key: 'provider', label: t('staff:ofProvider'), disabled: true }] : []),
                    ],
                    onClick: ({ key }) => setDoing({ what: key as Deed, staff: it }),
                  }}
                >
                  <Button size="small" icon={<DownOutlined />} iconPlacement="end" aria-label={t('staff:actionsFor', { name: it.name })}>
                    {t('actions')}
                  </Button>
                </Dropdown>
              ) : null,
          },
        ]}
      />
      {doing?.what === 'add' && <Add onClose={close} onDone={setPassword} />}
      {doing?.what === 'change' && <Change staff={doing.staff} onClose={close} />}
      {doing?.what === 'reset' && <Reset staff={doing.staff} onClose={close} onDone={setPassword} />}
      {doing?.what === 'unlock' && <Unlock staff={doing.staff} onClose={close} />}
      {doing?.what === 'removeFactor' && <RemoveFactor staff={doing.staff} onClose={close} />}
      {password !== undefined && <OneTimePassword {...password} onClose={() => setPassword(undefined)} />}
    </Page>
  );
}

function StaffFields({ account }: { account?: Staff }) {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item name="name" label={t('staff:name')} extra={t('staff:nameHelp')} rules={[{ required: true, whitespace: true, message: t('required') }]}>
        <Input maxLength={100} autoFocus autoComplete="off" />
      </Form.Item>
      <Form.Item name="roles" label={t('staff:roles')} rules={[{ required: true, message: t('required') }]}>
        <Select mode="multiple" options={ROLES.map((value) => ({ value, label: t(`staff:roleNames.${value}`), title: t(`staff:roleTexts.${value}`) }))} />
      </Form.Item>
      <Form.Item
        name="stores"
        label={t('staff:stores')}
        extra={t('staff:storesHelp')}
        dependencies={['roles']}
        rules={[
          ({ getFieldValue }) => ({
            required: ((getFieldValue('roles') as string[] | undefined) ?? []).includes('storeManager'),
            message: t('required'),
          }),
        ]}
      >
        <StoreSelect mode="multiple" allowClear />
      </Form.Item>
      <Form.Item name="language" label={t('language')}>
        <Select allowClear options={LANGUAGES.map((value) => ({ value, label: value === 'en' ? 'English' : '中文' }))} />
      </Form.Item>
      {account?.signInBy.includes('oidc') && <Alert type="info" showIcon className="space-below" title={t('staff:rolesOfProvider')} />}
      {account !== undefined && (
        <Form.Item name="active" label={t('staff:maySignIn')} valuePropName="checked">
          <Switch />
        </Form.Item>
      )}
    </>
  );
}

function Add({ onClose, onDone }: { onClose: () => void; onDone: (made: { name: string; password: string }) => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return (
    <WriteForm<Fields, Schemas['StaffRequest'], Schemas['NewStaff']>
      name="staff"
      title={t('staff:add.title')}
      deed={t('staff:add.deed')}
      toBody={({ name, roles, stores, language }) => ({
        name: name.trim(),
        roles,
        ...(stores !== undefined && stores.length > 0 ? { stores } : {}),
        ...(language ? { language } : {}),
      })}
      call={(key, body) => content(api.POST('/v1/staff', { params: { header: { 'Idempotency-Key': key } }, body }))}
      fields={() => <StaffFields />}
      effect={(body) => <Effect body={body} />}
      onDone={(made) => {
        onDone({ name: made.name, password: made.password });
        void client.invalidateQueries({ queryKey: ['staff'] });
      }}
      onClose={onClose}
    />
  );
}

function Effect({ body }: { body: { name?: string; roles?: string[]; stores?: string[] | null } }) {
  const { t } = useTranslation();
  return (
    <>
      <p>{t('staff:effect', { name: body.name ?? '' })}</p>
      <ul>
        {(body.roles ?? []).map((role) => (
          <li key={role}>{t(`staff:roleTexts.${role}`, { defaultValue: role })}</li>
        ))}
      </ul>
      <p>{t('staff:inStores', { stores: body.stores?.join(', ') ?? t('staff:allStores') })}</p>
    </>
  );
}

function Change({ staff, onClose }: { staff: Staff; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return (
    <WriteForm<Fields, Schemas['StaffPatch'], unknown>
      name={`staff/${staff.staffId}`}
      title={t('staff:change.title')}
      deed={t('save')}
      initial={{ name: staff.name, roles: staff.roles, stores: staff.stores ?? [], active: staff.active, ...(staff.language === undefined ? {} : { language: staff.language }) }}
      toBody={({ name, roles, stores, language, active }) => ({
        name: name.trim(),
        roles,
        stores: stores !== undefined && stores.length > 0 ? stores : null,
        language: language ?? null,
        active: active ?? true,
        version: staff.version, // Refused if somebody else changed the account meanwhile.
      })}
      call={(_, body) => content(api.PATCH('/v1/staff/{staffId}', { params: { path: { staffId: staff.staffId } }, body }))}
      fields={() => <StaffFields account={staff} />}
      effect={(body) => (
        <>
          <Effect body={body as { name?: string; roles?: string[]; stores?: string[] | null }} />
          {(body as { active?: boolean }).active === false && <Alert type="warning" showIcon title={t('staff:endsSessions')} />}
        </>
      )}
      onDone={() => void client.invalidateQueries({ queryKey: ['staff'] })}
      onClose={onClose}
    />
  );
}

function Reset({ staff, onClose, onDone }: { staff: Staff; onClose: () => void; onDone: (made: { name: string; password: string }) => void }) {
  const { t } = useTranslation();
  return (
    <WriteForm<object, Record<string, never>, Schemas['OneTimePassword']>
      name={`staff-password/${staff.staffId}`}
      title={t('staff:reset.title')}
      deed={t('staff:reset.title')}
      danger
      toBody={() => ({})}
      call={(key, body) =>
        content(api.POST('/v1/staff/{staffId}/password', { params: { path: { staffId: staff.staffId }, header: { 'Idempotency-Key': key } }, body }))
      }
      effect={() => <p>{t('staff:reset.effect', { name: staff.name })}</p>}
      onDone={(made) => onDone({ name: staff.name, password: made.password })}
      onClose={onClose}
    />
  );
}

function Unlock({ staff, onClose }: { staff: Staff; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return (
    <WriteForm<object, Record<string, never>, unknown>
      name={`staff-unlock/${staff.staffId}`}
      title={t('staff:unlock.title')}
      deed={t('staff:unlock.title')}
      toBody={() => ({})}
      call={(key, body) =>
        content(api.POST('/v1/staff/{staffId}/unlock', { params: { path: { staffId: staff.staffId }, header: { 'Idempotency-Key': key } }, body }))
      }
      effect={() => <p>{t('staff:unlock.effect', { name: staff.name })}</p>}
      onDone={() => void client.invalidateQueries({ queryKey: ['staff'] })}
      onClose={onClose}
    />
  );
}

/** Removes the second factor of a person whose phone is lost. */
function RemoveFactor({ staff, onClose }: { staff: Staff; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return (
    <WriteForm<object, Record<string, never>, unknown>
      name={`staff-second-factor/${staff.staffId}`}
      title={t('staff:removeFactor.title')}
      deed={t('staff:removeFactor.title')}
      danger
      toBody={() => ({})}
      call={() => content(api.DELETE('/v1/staff/{staffId}/second-factor', { params: { path: { staffId: staff.staffId } } }))}
      effect={() => <p>{t('staff:removeFactor.effect', { name: staff.name })}</p>}
      onDone={() => void client.invalidateQueries({ queryKey: ['staff'] })}
      onClose={onClose}
    />
  );
}

function OneTimePassword({ name, password, onClose }: { name: string; password: string; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal open title={name} mask={{ closable: false }} onCancel={onClose} footer={<Button onClick={onClose}>{t('staff:kept')}</Button>}>
      <Alert type="warning" showIcon className="space-below" title={t('staff:once')} />
      <Typography.Paragraph code copyable>
        {password}
      </Typography.Paragraph>
    </Modal>
  );
}
