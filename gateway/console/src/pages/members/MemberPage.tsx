import { useQueries, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Descriptions, Dropdown, Tabs } from 'antd';
import { DownOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { api, content, type Schemas } from '../../api/client';
import { may, useSession } from '../../api/session';
import { useAddress } from '../../parts/address';
import { Loaded } from '../../parts/Loaded';
import { useShown } from '../../parts/numbers';
import { Page } from '../../parts/Page';
import { deedsOf, MemberDeed, type Deed } from './deeds';
import { History } from './History';
import { Lots } from './Lots';
import { MemberStatus } from './MembersPage';
import { ProofTab } from './ProofTab';
import { TierTab } from './TierTab';

type Member = Schemas['Member'];
type Balance = Schemas['Balance'];

/** One member: what it has, what happened, and what can be done for it. */
export default function MemberPage() {
  const { memberId = '' } = useParams();
  const path = { memberId };
  const [member, balance] = useQueries({
    queries: [
      { queryKey: ['member', memberId, 'profile'], queryFn: () => content(api.GET('/v1/members/{memberId}', { params: { path } })) },
      { queryKey: ['member', memberId, 'balance'], queryFn: () => content(api.GET('/v1/members/{memberId}/balance', { params: { path } })) },
    ],
  });
  return (
    <Loaded query={member}>
      {(profile) => <Loaded query={balance}>{(has) => <MemberView key={memberId} member={profile} balance={has} />}</Loaded>}
    </Loaded>
  );
}

function MemberView({ member, balance }: { member: Member; balance: Balance }) {
  const { t } = useTranslation();
  const shown = useShown();
  const session = useSession();
  const client = useQueryClient();
  const [address, setAddress] = useAddress();
  const [deed, setDeed] = useState<Deed>();
  const [first, ...others] = deedsOf(session, member);
  return (
    <Page
      title={member.name === undefined ? member.memberId : `${member.name} · ${member.memberId}`}
      extra={
        <>
          {first !== undefined && (
            <Button type="primary" onClick={() => setDeed(first)}>
              {t(`members:deeds.${first}.menu`)}
            </Button>
          )}
          {others.length > 0 && (
            <Dropdown
              trigger={['click']}
              menu={{
                items: others.map((each) => ({ key: each, label: t(`members:deeds.${each}.menu`), danger: each === 'close' || each === 'merge' })),
                onClick: ({ key }) => setDeed(key as Deed),
              }}
            >
              <Button icon={<DownOutlined />} iconPlacement="end">
                {t('members:more')}
              </Button>
            </Dropdown>
          )}
        </>
      }
    >
      {member.mergedInto !== undefined && (
        <Alert
          type="warning"
          className="space-below"
          title={
            <>
              {t('members:mergedInto')} <Link to={`/members/${encodeURIComponent(member.mergedInto)}`}>{member.mergedInto}</Link>
            </>
          }
        />
      )}
      {balance.stale && <Alert type="warning" className="space-below" title={t('members:stale')} />}
      <Figures balance={balance} />
      <Descriptions
        size="small"
        className="space-below panel"
        column={{ xs: 1, sm: 2, md: 3, lg: 4 }}
        items={[
          { key: 'status', label: t('members:status'), children: <MemberStatus status={member.status} /> },
          { key: 'phone', label: t('members:phone'), children: member.phone ?? '–' },
          { key: 'card', label: t('members:card'), children: member.cardNumber ?? '–' },
          { key: 'since', label: t('members:since'), children: shown.day(member.enrolledAt) },
          { key: 'earned', label: t('members:earned'), children: shown.points(balance.lifetimeEarned) },
          { key: 'spent', label: t('members:spent'), children: shown.points(balance.lifetimeSpent) },
          {
            key: 'expiry',
            label: t('members:nextExpiry'),
            children: balance.nextExpiry === null ? '–' : t('members:expires', { points: shown.points(balance.nextExpiry.points), day: shown.day(balance.nextExpiry.expiresAt) }),
          },
        ]}
      />
      <Tabs
        className="panel"
        activeKey={address('tab') ?? 'history'}
        onChange={(tab) => setAddress({ tab: tab === 'history' ? undefined : tab })}
        items={[
          { key: 'history', label: t('members:tabs.history'), children: <History memberId={member.memberId} /> },
          { key: 'lots', label: t('members:tabs.lots'), children: <Lots memberId={member.memberId} balance={balance} /> },
          {
            key: 'tier',
            label: t('members:tabs.tier'),
            children: <TierTab member={member} onDone={() => void client.invalidateQueries({ queryKey: ['member'] })} />,
          },
          ...(may(session, 'prove') ? [{ key: 'proof', label: t('members:tabs.proof'), children: <ProofTab memberId={member.memberId} /> }] : []),
        ]}
      />
      {deed !== undefined && (
        <MemberDeed
          deed={deed}
          member={member}
          balance={balance}
          onClose={() => setDeed(undefined)}
          onDone={() => void client.invalidateQueries({ queryKey: ['member'] })}
        />
      )}
    </Page>
  );
}

/** What the member has, at a glance. Accounts without anything are left out. */
function Figures({ balance }: { balance: Balance }) {
  const { t } = useTranslation();
  const shown = useShown();
  const figures: [string, string][] = [[t('members:available'), shown.points(balance.available)]];
  const add = (label: string, amount: number, text: string) => amount !== 0 && figures.push([label, text]);
  add(t('members:held'), balance.held, shown.points(balance.held));
  add(t('members:pending'), balance.pending, shown.points(balance.pending));
  add(t('members:debt'), balance.debt, shown.points(balance.debt));
  add(t('members:storedValue'), balance.storedValue.available, shown.money(balance.storedValue.available));
  add(t('members:storedValueHeld'), balance.storedValue.held, shown.money(balance.storedValue.held));
  add(t('members:growth'), balance.growth, shown.points(balance.growth));
  for (const account of balance.accounts) {
    figures.push([account.currency, shown.points(account.available)]);
  }
  return (
    <dl className="cards space-below" aria-label={t('members:balance')}>
      {figures.map(([label, text]) => (
        <div className="stat" key={label}>
          <dt>{label}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
