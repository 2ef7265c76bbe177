import { Button, Flex, Input, Segmented, Tag } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { api, content, type Schemas } from '../../api/client';
import { may, useSession } from '../../api/session';
import { useAddress } from '../../parts/address';
import { DataTable } from '../../parts/DataTable';
import { Hint } from '../../parts/Loaded';
import { Page } from '../../parts/Page';
import { pageOf, usePages } from '../../parts/pages';

type Member = Schemas['Member'];
const WAYS = ['phone', 'memberId', 'cardNumber'] as const;
type Way = (typeof WAYS)[number];

/** Finds a member by what the customer can name, and lists all of them. */
export default function MembersPage() {
  const { t } = useTranslation();
  const [address, setAddress] = useAddress();
  const navigate = useNavigate();
  const session = useSession();
  const way: Way = WAYS.find((it) => it === address('by')) ?? 'phone';
  const sought = address('q');
  const [text, setText] = useState(sought ?? '');
  const listed = sought !== undefined || may(session, 'listMembers');
  const members = usePages<Member>(['members', way, sought], (cursor, limit) => find(way, sought, cursor, limit), listed);
  const only = sought !== undefined && members.rows?.length === 1 ? members.rows[0] : undefined;

  useEffect(() => {
    if (only !== undefined) {
      void navigate(`/members/${encodeURIComponent(only.memberId)}`, { replace: true });
    }
  }, [only, navigate]);

  return (
    <Page title={t('members:title')}>
      <Flex gap={8} wrap className="space-below" component="search">
        <Segmented<Way>
          aria-label={t('members:findBy')}
          value={way}
          options={WAYS.map((it) => ({ value: it, label: t(`members:by.${it}`) }))}
          onChange={(by) => setAddress({ by, q: undefined })}
        />
        <Input.Search
          className="search"
          aria-label={t(`members:by.${way}`)}
          placeholder={t(`members:example.${way}`)}
          value={text}
          allowClear
          autoFocus
          maxLength={64}
          enterButton={t('search')}
          loading={sought !== undefined && members.loading}
          onChange={(event) => setText(event.target.value)}
          onSearch={(value) => setAddress({ by: way, q: value.trim() })}
        />
        {sought !== undefined && (
          <Button onClick={() => (setText(''), setAddress({ q: undefined }))}>{t('members:all')}</Button>
        )}
      </Flex>
      {listed ? (
        <DataTable<Member>
          name={t('members:title')}
          {...members}
          empty={sought === undefined ? t('members:none') : t('members:notFound', { text: sought })}
          rowKey={(member) => member.memberId}
          columns={[
            {
              key: 'memberId',
              title: t('members:memberId'),
              show: (member) => <Link to={`/members/${encodeURIComponent(member.memberId)}`}>{member.memberId}</Link>,
              csv: (member) => member.memberId,
            },
            { key: 'name', title: t('members:name'), show: (member) => member.name ?? '–', csv: (member) => member.name },
            { key: 'phone', title: t('members:phone'), show: (member) => member.phone ?? '–', csv: (member) => member.phone },
            { key: 'card', title: t('members:card'), show: (member) => member.cardNumber ?? '–', csv: (member) => member.cardNumber },
            { key: 'status', title: t('members:status'), show: (member) => <MemberStatus status={member.status} />, csv: (member) => member.status },
            { key: 'since', title: t('members:since'), day: (member) => member.enrolledAt },
          ]}
        />
      ) : (
        <Hint>{t('members:findFirst')}</Hint>
      )}
    </Page>
  );
}

export function MemberStatus({ status }: { status: string }) {
  const { t, i18n } = useTranslation();
  const colour = { active: 'green', frozen: 'orange', merged: 'default', closed: 'default' }[status] ?? 'default';
  const key = `members:statuses.${status}`;
  return <Tag color={colour}>{i18n.exists(key) ? t(key) : status}</Tag>;
}

async function find(way: Way, text: string | undefined, cursor: string | undefined, limit: number): Promise<Schemas['MemberPage']> {
  if (text !== undefined && way === 'memberId') {
    const answer = await api.GET('/v1/members/{memberId}', { params: { path: { memberId: text } } });
    const items = answer.response.status === 404 ? [] : [await content(Promise.resolve(answer))];
    return { items, hasMore: false, nextCursor: null };
  }
  const query = text === undefined ? pageOf(cursor, limit) : { [way]: text };
  return content(api.GET('/v1/members', { params: { query } }));
}
