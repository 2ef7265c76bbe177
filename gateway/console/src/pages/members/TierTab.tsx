import { useQuery } from '@tanstack/react-query';
import { Button, Progress, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, content, type Schemas } from '../../api/client';
import { may, useSession } from '../../api/session';
import { DataTable } from '../../parts/DataTable';
import { Loaded } from '../../parts/Loaded';
import { useShown } from '../../parts/numbers';
import { pageOf, usePages } from '../../parts/pages';
import { kindName } from './entries';
import { GrantTier, WithdrawTier } from './tierDeeds';

type Tier = Schemas['MemberTier'];
type TierChange = Schemas['TierChange'];

/** The tier of a member: what it has, what is missing, what was given or bought, and how it came about. */
export function TierTab({ member, onDone }: { member: Schemas['Member']; onDone: () => void }) {
  const { t } = useTranslation();
  const { memberId } = member;
  const tier = useQuery({ queryKey: ['member', memberId, 'tier'], queryFn: () => content(api.GET('/v1/members/{memberId}/tier', { params: { path: { memberId } } })) });
  return (
    <Loaded query={tier}>
      {(it) =>
        it.tier === null ? (
          <p className="muted">{t('members:tier.none')}</p>
        ) : (
          <>
            <Standing tier={it} level={it.tier} />
            <Given member={member} tier={it} onDone={onDone} />
            <Changes memberId={memberId} />
          </>
        )
      }
    </Loaded>
  );
}

/** An amount as tiers measure it: points of growth, visits, or money. */
function useMeasured(tier: Tier): (amount: number) => string {
  const shown = useShown();
  return tier.measured === 'spend' ? shown.money : shown.points;
}

function Standing({ tier, level }: { tier: Tier; level: Schemas['TierLevel'] }) {
  const { t, i18n } = useTranslation();
  const shown = useShown();
  const measured = useMeasured(tier);
  const named = (text: Schemas['TextOfTier']) => (i18n.language === 'zh' ? text.zh : text.en);
  const amount = tier.amount ?? 0;
  const stay = tier.missingToStay ?? 0;
  return (
    <>
      <dl className="cards space-below" aria-label={t('members:tabs.tier')}>
        <div className="stat">
          <dt>{t('members:tier.level')}</dt>
          <dd>{named(level.name)}</dd>
          {tier.inGrace === true && <Tag color="orange">{t('members:tier.inGrace')}</Tag>}
        </div>
        <div className="stat">
          <dt>{t('members:tier.since')}</dt>
          <dd className="stat-time">{tier.since === undefined ? t('members:tier.always') : shown.day(tier.since)}</dd>
        </div>
        <div className="stat">
          <dt>{t('members:tier.until')}</dt>
          <dd className="stat-time">{tier.until === undefined ? t('members:never') : shown.time(tier.until)}</dd>
        </div>
        <div className="stat">
          <dt>{t(`members:tier.measured.${tier.measured ?? 'growth'}`)}</dt>
          <dd>{measured(amount)}</dd>
        </div>
      </dl>
      {tier.next !== undefined && (
        <div className="space-below">
          <div>{t('members:tier.toNext', { level: named(tier.next.name), missing: measured(tier.next.missing) })}</div>
          <Progress percent={percent(amount, tier.next.from)} aria-label={t('members:tier.progressNext')} />
        </div>
      )}
      {tier.until !== undefined && (
        <div className="space-below">
          <div>{stay === 0 ? t('members:tier.enough') : t('members:tier.toStay', { missing: measured(stay) })}</div>
          {level.from > 0 && <Progress percent={percent(level.from - stay, level.from)} status={stay === 0 ? 'success' : 'normal'} aria-label={t('members:tier.progressStay')} />}
        </div>
      )}
      {tier.outlook !== undefined && (
        <p>{t('members:tier.outlook', { day: shown.day(tier.outlook.at), level: tier.outlook.tier, reason: t(`members:tier.reasons.${tier.outlook.reason}`, { defaultValue: tier.outlook.reason }) })}</p>
      )}
      {level.benefits.length > 0 && (
        <ul className="rules space-below" aria-label={t('members:tier.benefits')}>
          {level.benefits.map((it, i) => (
            <li key={i}>{named(it.text)}</li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Down, so that nothing looks full that is not. */
const percent = (part: number, whole: number) => (whole <= 0 ? 100 : Math.min(100, Math.max(0, Math.floor((part / whole) * 100))));

function Given({ member, tier, onDone }: { member: Schemas['Member']; tier: Tier; onDone: () => void }) {
  const { t } = useTranslation();
  const shown = useShown();
  const mayGrant = may(useSession(), 'grantTiers') && (member.status === 'active' || member.status === 'frozen');
  const [granting, setGranting] = useState(false);
  const [withdrawn, setWithdrawn] = useState<string>();
  const given = tier.given ?? [];
  return (
    <section className="space-below" aria-label={t('members:tier.given')}>
      <h3>{t('members:tier.given')}</h3>
      {given.length === 0 && <p className="muted">{t('members:tier.nothingGiven')}</p>}
      <ul className="rules">
        {given.map((it) => (
          <li key={`${it.tier} ${it.since}`}>
            <strong>{it.tier}</strong> {t('members:tier.sinceUntil', { since: shown.day(it.since), until: it.until === undefined ? t('members:never') : shown.time(it.until) })}{' '}
            {mayGrant && (
              <Button size="small" danger type="text" aria-label={t('members:tier.withdrawNamed', { tier: it.tier })} onClick={() => setWithdrawn(it.tier)}>
                {t('members:deeds.withdrawTier.menu')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {mayGrant && <Button onClick={() => setGranting(true)}>{t('members:deeds.tier.menu')}</Button>}
      {granting && <GrantTier member={member} onClose={() => setGranting(false)} onDone={onDone} />}
      {withdrawn !== undefined && <WithdrawTier member={member} tier={withdrawn} onClose={() => setWithdrawn(undefined)} onDone={onDone} />}
    </section>
  );
}

function Changes({ memberId }: { memberId: string }) {
  const { t } = useTranslation();
  const changes = usePages<TierChange>(['member', memberId, 'tier', 'history'], (cursor, limit) =>
    content(api.GET('/v1/members/{memberId}/tier/history', { params: { path: { memberId }, query: pageOf(cursor, limit) } })),
  );
  const reason = (it: TierChange) => t(`members:tier.reasons.${it.reason}`, { defaultValue: it.reason });
  return (
    <DataTable<TierChange>
      name={t('members:tier.history')}
      {...changes}
      empty={t('members:tier.noHistory')}
      rowKey={(it) => it.transactionId}
      columns={[
        { key: 'at', title: t('members:at'), time: (it) => it.recordedAt, width: 215 },
        { key: 'kind', title: t('members:kind'), show: (it) => <Tag>{kindName(t, it.kind)}</Tag>, csv: (it) => it.kind },
        {
          key: 'change',
          title: t('members:tier.change'),
          show: (it) => (it.from === it.to ? it.to : `${it.from} → ${it.to}`),
          csv: (it) => `${it.from} → ${it.to}`,
        },
        {
          key: 'reason',
          title: t('members:tier.reason'),
          show: (it) => (
            <>
              {reason(it)}
              {it.because !== undefined && <div className="muted">{it.because}</div>}
            </>
          ),
          csv: (it) => [reason(it), it.because].filter((each) => each !== undefined).join(' · '),
        },
        { key: 'until', title: t('members:tier.until'), time: (it) => it.given?.until ?? it.until },
      ]}
    />
  );
}
