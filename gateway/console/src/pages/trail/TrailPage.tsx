import { queryOptions, useQuery } from '@tanstack/react-query';
import { Button, DatePicker, Descriptions, Form, Input, Select, Tag } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, content, type Schemas } from '../../api/client';
import { useAddress } from '../../parts/address';
import { DataTable } from '../../parts/DataTable';
import { Hint } from '../../parts/Loaded';
import { startOfDay, useShown } from '../../parts/numbers';
import { Page } from '../../parts/Page';
import { pageOf, readAll, usePages } from '../../parts/pages';
import { shift } from '../today/figures';
import { en } from './texts';

type Change = Schemas['AuditedChange'];
const STAFF_MAX = 5_000;

/** Accounts by which ids in the trail become names. */
const staffQuery = queryOptions({
  queryKey: ['staff', 'all'],
  staleTime: 60_000,
  queryFn: async () =>
    (await readAll<Schemas['Staff']>((cursor, limit) => content(api.GET('/v1/staff', { params: { query: pageOf(cursor, limit) } })), STAFF_MAX)).rows,
});

const ACTIONS = Object.keys(en.actions);
const isDay = (text: string | undefined): text is string => /^\d{4}-\d{2}-\d{2}$/.test(text ?? '');
const FILTERS = ['actor', 'action', 'subject', 'from', 'to'] as const;

/** Who changed what by hand. */
export default function TrailPage() {
  const { t } = useTranslation();
  const { timeZone } = useShown();
  const [address, setAddress] = useAddress();
  const filters = Object.fromEntries(FILTERS.map((name) => [name, address(name)]).filter(([, value]) => value !== undefined)) as Record<string, string>;
  const { from, to, ...others } = filters;
  const query = {
    ...others,
    ...(isDay(from) ? { from: startOfDay(from, timeZone) } : {}),
    ...(isDay(to) ? { to: startOfDay(shift(to, 1), timeZone) } : {}), // The last day is a part of it.
  };
  const changes = usePages<Change>(['trail', query], (cursor, limit) =>
    content(api.GET('/v1/audit-trail', { params: { query: { ...pageOf(cursor, limit), ...query } } })),
  );
  const staff = useQuery(staffQuery).data;
  const nameOf = (kind: string, id: string | undefined) => (kind === 'staff' ? staff?.find((it) => it.staffId === id)?.name : undefined) ?? id;
  return (
    <Page title={t('trail:title')}>
      <Hint>{t('trail:text')}</Hint>
      <search className="space-below">
        <Form<{ actor?: string; action?: string; subject?: string; days?: [Dayjs, Dayjs] | null }>
          layout="inline"
          key={JSON.stringify(filters)}
          initialValues={{ ...filters, days: filters['from'] && filters['to'] ? [dayjs(filters['from']), dayjs(filters['to'])] : undefined }}
          onFinish={(fields) =>
            setAddress({
              actor: fields.actor?.trim(),
              action: fields.action,
              subject: fields.subject?.trim(),
              from: fields.days?.[0].format('YYYY-MM-DD'),
              to: fields.days?.[1].format('YYYY-MM-DD'),
            })
          }
        >
          <Form.Item name="actor" label={t('trail:actor')}>
            <Input maxLength={160} allowClear placeholder="staff:stf_…" />
          </Form.Item>
          <Form.Item name="action" label={t('trail:action')}>
            <Select
              allowClear
              className="filter"
              showSearch={{ optionFilterProp: 'label' }}
              options={ACTIONS.map((name) => ({ value: name.replace('_', '.'), label: t(`trail:actions.${name}`) }))}
            />
          </Form.Item>
          <Form.Item name="subject" label={t('trail:subject')}>
            <Input maxLength={160} allowClear placeholder="member:1873" />
          </Form.Item>
          <Form.Item name="days" label={t('trail:days')}>
            <DatePicker.RangePicker />
          </Form.Item>
          <Button type="primary" htmlType="submit">
            {t('search')}
          </Button>
        </Form>
      </search>
      <DataTable<Change>
        name={t('trail:title')}
        {...changes}
        rowKey={(it) => String(it.position)}
        empty={t('trail:none')}
        expanded={(it) => <ChangeView change={it} />}
        columns={[
          { key: 'at', title: t('members:at'), time: (it) => it.at },
          { key: 'actor', title: t('trail:actor'), show: (it) => (it.actor as { name?: string }).name ?? nameOf(it.actor.kind, it.actor.id) ?? it.actor.kind, csv: (it) => `${it.actor.kind}:${it.actor.id}` },
          { key: 'action', title: t('trail:action'), show: (it) => <Tag>{t(`trail:actions.${it.action.replace('.', '_')}`, { defaultValue: it.action })}</Tag>, csv: (it) => it.action },
          { key: 'subject', title: t('trail:subject'), show: (it) => <Subject subject={it.subject} name={nameOf(it.subject.kind, it.subject.id)} />, csv: (it) => `${it.subject.kind}:${it.subject.id}` },
          { key: 'address', title: t('trail:address'), show: (it) => it.address ?? '–', csv: (it) => it.address },
        ]}
      />
    </Page>
  );
}

const PAGES: Record<string, string> = { member: 'members', store: 'stores' };

function Subject({ subject: { kind, id }, name }: { subject: Change['subject']; name: string | undefined }) {
  const { t } = useTranslation();
  const page = PAGES[kind];
  const text = [t(`trail:subjects.${kind}`, { defaultValue: kind }), name].join(' ');
  return page === undefined || id === undefined ? <>{text}</> : <Link to={`/${page}/${encodeURIComponent(id)}`}>{text}</Link>;
}

/** What was there before and after, side by side. */
function ChangeView({ change }: { change: Change }) {
  const { t } = useTranslation();
  const json = (value: unknown) => <pre className="content">{value === undefined ? '–' : JSON.stringify(value, null, 2)}</pre>;
  return (
    <Descriptions
      size="small"
      column={2}
      items={[
        { key: 'before', label: t('trail:before'), children: json(change.before) },
        { key: 'after', label: t('trail:after'), children: json(change.after) },
        { key: 'position', label: t('trail:position'), children: change.position },
        { key: 'hash', label: t('trail:hash'), children: <code>{change.hash.slice(0, 16)}…</code> },
      ]}
    />
  );
}
