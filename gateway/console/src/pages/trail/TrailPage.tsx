import { Button, DatePicker, Descriptions, Form, Input, Tag } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, content, type Schemas } from '../../api/client';
import { useAddress } from '../../parts/address';
import { DataTable } from '../../parts/DataTable';
import { Hint } from '../../parts/Loaded';
import { useShown } from '../../parts/numbers';
import { Page } from '../../parts/Page';
import { PAGE_ROWS, usePages } from '../../parts/pages';

type Change = Schemas['AuditedChange'];
const FILTERS = ['actor', 'action', 'subject', 'from', 'to'] as const;

/** Who changed what by hand. */
export default function TrailPage() {
  const { t } = useTranslation();
  const shown = useShown();
  const [address, setAddress] = useAddress();
  const filters = Object.fromEntries(FILTERS.map((name) => [name, address(name)]).filter(([, value]) => value !== undefined)) as Record<string, string>;
  const changes = usePages<Change>(['trail', filters], (cursor) =>
    content(api.GET('/v1/audit-trail', { params: { query: { limit: PAGE_ROWS, ...filters, ...(cursor === undefined ? {} : { cursor }) } } })),
  );
  return (
    <Page title={t('trail:title')}>
      <Hint>{t('trail:text')}</Hint>
      <search className="space-below">
        <Form<{ actor?: string; action?: string; subject?: string; days?: [Dayjs, Dayjs] | null }>
          layout="inline"
          key={JSON.stringify(filters)}
          initialValues={{ ...filters, days: filters['from'] && filters['to'] ? [dayjs(filters['from']), dayjs(filters['to']).subtract(1, 'day')] : undefined }}
          onFinish={(fields) =>
            setAddress({
              actor: fields.actor?.trim(),
              action: fields.action?.trim(),
              subject: fields.subject?.trim(),
              from: fields.days?.[0].startOf('day').toISOString(),
              to: fields.days?.[1].add(1, 'day').startOf('day').toISOString(),
            })
          }
        >
          <Form.Item name="actor" label={t('trail:actor')}>
            <Input maxLength={160} allowClear placeholder="staff:stf_…" />
          </Form.Item>
          <Form.Item name="action" label={t('trail:action')}>
            <Input maxLength={160} allowClear placeholder="points.adjust" />
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
          { key: 'at', title: t('members:at'), show: (it) => shown.time(it.at), csv: (it) => it.at },
          { key: 'actor', title: t('trail:actor'), show: (it) => nameOf(it.actor), csv: (it) => `${it.actor.kind}:${it.actor.id}` },
          { key: 'action', title: t('trail:action'), show: (it) => <Tag>{t(`trail:actions.${it.action.replace('.', '_')}`, { defaultValue: it.action })}</Tag>, csv: (it) => it.action },
          { key: 'subject', title: t('trail:subject'), show: (it) => <Subject change={it} />, csv: (it) => `${it.subject.kind}:${it.subject.id}` },
          { key: 'address', title: t('trail:address'), show: (it) => it.address ?? '–', csv: (it) => it.address },
        ]}
      />
    </Page>
  );
}

function nameOf(actor: Change['actor']): string {
  return 'name' in actor && typeof actor.name === 'string' ? actor.name : (actor.id ?? actor.kind);
}

const PAGES: Record<string, string> = { member: 'members', store: 'stores' };

function Subject({ change }: { change: Change }) {
  const { kind, id } = change.subject;
  const page = PAGES[kind];
  return page === undefined || id === undefined ? (
    <>
      {kind} {id}
    </>
  ) : (
    <Link to={`/${page}/${encodeURIComponent(id)}`}>
      {kind} {id}
    </Link>
  );
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
