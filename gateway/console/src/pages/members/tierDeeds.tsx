import { useQuery } from '@tanstack/react-query';
import { DatePicker, Form, Input, Select } from 'antd';
import type { Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { api, content, type Schemas } from '../../api/client';
import { useSession } from '../../api/session';
import { startOfDay, useShown } from '../../parts/numbers';
import { ReasonField, WriteForm } from '../../parts/WriteForm';
import { programQuery } from '../../parts/program';

interface TierDeedProps {
  member: Schemas['Member'];
  onClose: () => void;
  onDone: () => void;
}

interface Level {
  id: string;
  name?: { zh?: string; en?: string };
}

/** The levels of the rule book in force; undefined as long as they are not known. */
function useLevels(): { value: string; label: string }[] | undefined {
  const { i18n } = useTranslation();
  const inForce = useQuery(programQuery).data?.ruleBookInForce?.ruleBookId;
  const book = useQuery({
    queryKey: ['rule-books', 'content', inForce],
    enabled: inForce !== undefined,
    queryFn: () => content(api.GET('/v1/rule-books/{ruleBookId}', { params: { path: { ruleBookId: inForce! } } })),
  });
  const tiers = (book.data?.document as { tiers?: { levels?: Level[] } } | undefined)?.tiers;
  return tiers?.levels?.map((it) => ({ value: it.id, label: (i18n.language === 'zh' ? it.name?.zh : it.name?.en) ?? it.id }));
}

/** Gives the member a tier, with or without an end. */
export function GrantTier({ member, ...rest }: TierDeedProps) {
  const { t } = useTranslation();
  const shown = useShown();
  const session = useSession();
  const levels = useLevels();
  const path = { memberId: member.memberId };
  const required = [{ required: true, message: t('required') }];
  return (
    <WriteForm<{ tier: string; until?: Dayjs; reason: string }, Schemas['TierGrantRequest'], unknown>
      name={`tier/${member.memberId}`}
      title={t('members:deeds.tier.title')}
      deed={t('members:deeds.tier.deed')}
      {...rest}
      toBody={({ tier, until, reason }) => ({
        tier,
        reason,
        operator: session.name,
        ...(until ? { until: startOfDay(until.add(1, 'day').format('YYYY-MM-DD'), shown.timeZone) } : {}),
      })}
      call={(key, body) => content(api.POST('/v1/members/{memberId}/tier', { params: { path, header: { 'Idempotency-Key': key } }, body }))}
      fields={() => (
        <>
          <Form.Item name="tier" label={t('members:tier.level')} rules={required}>
            {levels === undefined ? <Input maxLength={32} autoFocus /> : <Select options={levels} />}
          </Form.Item>
          <ReasonField />
          <Form.Item name="until" label={t('members:deeds.tier.until')} extra={t('members:deeds.tier.untilHelp')}>
            <DatePicker className="full-width" />
          </Form.Item>
        </>
      )}
      effect={(body) => (
        <>
          <p>
            {body.until === undefined
              ? t('members:deeds.tier.effectForGood', { member: member.memberId, tier: body.tier })
              : t('members:deeds.tier.effect', { member: member.memberId, tier: body.tier, until: shown.time(body.until) })}
          </p>
          <p className="muted">{body.reason}</p>
        </>
      )}
    />
  );
}

/** Takes away a tier that was given or bought. */
export function WithdrawTier({ member, tier, ...rest }: TierDeedProps & { tier: string }) {
  const { t } = useTranslation();
  const session = useSession();
  const path = { memberId: member.memberId };
  return (
    <WriteForm<{ reason: string }, Schemas['TierWithdrawalRequest'], unknown>
      name={`tier-withdrawal/${member.memberId}`}
      title={t('members:deeds.withdrawTier.title')}
      deed={t('members:deeds.withdrawTier.deed')}
      danger
      {...rest}
      toBody={({ reason }) => ({ tier, reason, operator: session.name })}
      call={(key, body) => content(api.POST('/v1/members/{memberId}/tier/withdraw', { params: { path, header: { 'Idempotency-Key': key } }, body }))}
      fields={() => <ReasonField />}
      effect={(body) => (
        <>
          <p>{t('members:deeds.withdrawTier.effect', { member: member.memberId, tier })}</p>
          <p className="muted">{body.reason}</p>
        </>
      )}
    />
  );
}
