import { useQuery } from '@tanstack/react-query';
import { Alert, DatePicker, Form, Input, InputNumber, Select, Skeleton } from 'antd';
import type { Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { api, content, type Schemas } from '../../api/client';
import { ProblemError } from '../../api/problem';
import { may, storesFor, useSession, type Permission, type Session } from '../../api/session';
import { startOfDay, useShown } from '../../parts/numbers';
import { ProblemAlert } from '../../parts/ProblemView';
import { ownStore, OwnStoreField } from '../../parts/stores';
import { Change, ReasonField, WriteForm } from '../../parts/WriteForm';
import { accountName } from './entries';

type Member = Schemas['Member'];
type Balance = Schemas['Balance'];

/** What can be done for a member by hand. */
export type Deed = 'gift' | 'adjust' | 'transfer' | 'freeze' | 'unfreeze' | 'edit' | 'merge' | 'close';

const NEEDED: Record<Deed, Permission> = {
  gift: 'give',
  adjust: 'adjust',
  transfer: 'serve',
  freeze: 'freeze',
  unfreeze: 'freeze',
  edit: 'keepProfiles',
  merge: 'endMembers',
  close: 'endMembers',
};

/** What this person may do for this member now, the most usual first. */
export function deedsOf(session: Session, member: Member): Deed[] {
  const possible: Record<string, Deed[]> = {
    active: ['gift', 'adjust', 'transfer', 'edit', 'freeze', 'merge', 'close'],
    frozen: ['unfreeze', 'gift', 'adjust', 'edit', 'merge', 'close'],
  };
  return (possible[member.status] ?? []).filter((deed) => may(session, NEEDED[deed]));
}

interface DeedProps {
  member: Member;
  balance: Balance;
  onClose: () => void;
  onDone: () => void;
}

export function MemberDeed({ deed, ...props }: DeedProps & { deed: Deed }) {
  switch (deed) {
    case 'gift':
      return <Gift {...props} />;
    case 'adjust':
      return <Adjust {...props} />;
    case 'transfer':
      return <Transfer {...props} />;
    case 'freeze':
    case 'unfreeze':
      return <ChangeStatus wanted={deed} {...props} />;
    case 'edit':
      return <Edit {...props} />;
    case 'merge':
      return <Merge {...props} />;
    case 'close':
      return <Close {...props} />;
  }
}

function PointsField({ min, max }: { min?: number; max?: number }) {
  const { t } = useTranslation();
  return (
    <Form.Item
      name="points"
      label={t('members:points')}
      rules={[
        { required: true, message: t('required') },
        { type: 'integer', message: t('members:whole') },
        { validator: (_, value: number) => (value === 0 ? Promise.reject(new Error(t('members:notZero'))) : Promise.resolve()) },
      ]}
    >
      <InputNumber className="full-width" autoFocus {...(min === undefined ? {} : { min })} {...(max === undefined ? {} : { max })} />
    </Form.Item>
  );
}

function useDeed(deed: Deed) {
  const { t } = useTranslation();
  return { title: t(`members:deeds.${deed}.title`), deed: t(`members:deeds.${deed}.deed`) };
}

function Gift({ member, balance, ...rest }: DeedProps) {
  const { t } = useTranslation();
  const shown = useShown();
  const session = useSession();
  const path = { memberId: member.memberId };
  return (
    <WriteForm<{ points: number; expiresAt?: Dayjs; reason: string; storeId?: string }, Schemas['GiftRequest'], unknown>
      name={`gift/${member.memberId}`}
      {...useDeed('gift')}
      {...rest}
      toBody={({ points, expiresAt, reason, storeId }) => ({
        points,
        reason,
        operator: session.name,
        ...ownStore(session, 'give', storeId),
        ...(expiresAt ? { expiresAt: startOfDay(expiresAt.add(1, 'day').format('YYYY-MM-DD'), shown.timeZone) } : {}),
      })}
      call={(key, body) => content(api.POST('/v1/members/{memberId}/gifts', { params: { path, header: { 'Idempotency-Key': key } }, body }))}
      fields={() => (
        <>
          <PointsField min={1} />
          <ReasonField />
          <OwnStoreField deed="give" />
          <Form.Item name="expiresAt" label={t('members:deeds.gift.validUntil')} extra={t('members:deeds.gift.validUntilHelp')}>
            <DatePicker className="full-width" />
          </Form.Item>
        </>
      )}
      effect={(body) => (
        <>
          <p>{t('members:deeds.gift.effect', { points: shown.points(body.points), member: nameOf(member) })}</p>
          <Change label={t('members:available')} before={shown.points(balance.available)} after={shown.points(balance.available + Math.max(0, body.points - balance.debt))} />
          {balance.debt > 0 && <Change label={t('members:debt')} before={shown.points(balance.debt)} after={shown.points(Math.max(0, balance.debt - body.points))} />}
          <p className="muted">{body.reason}</p>
        </>
      )}
    />
  );
}

function Adjust({ member, balance, ...rest }: DeedProps) {
  const { t } = useTranslation();
  const shown = useShown();
  const session = useSession();
  const ofChain = storesFor(session, 'adjust') ? [] : ['storedValue', 'growth']; // Stores leave these to head office.
  const accounts = ['points', ...ofChain, ...balance.accounts.map((it) => it.currency)];
  const has = (currency: string) =>
    currency === 'points'
      ? balance.available
      : currency === 'storedValue'
        ? balance.storedValue.available
        : currency === 'growth'
          ? balance.growth
          : (balance.accounts.find((it) => it.currency === currency)?.available ?? 0);
  const show = (currency: string, value: number) => (currency === 'storedValue' ? shown.money(value) : shown.points(value));
  return (
    <WriteForm<{ points: number; currency: string; reason: string; storeId?: string }, Schemas['AdjustmentRequest'], unknown>
      name={`adjustment/${member.memberId}`}
      {...useDeed('adjust')}
      {...rest}
      initial={{ currency: 'points' }}
      toBody={({ points, currency, reason, storeId }) => ({
        memberId: member.memberId,
        points,
        reason,
        operator: session.name,
        ...ownStore(session, 'adjust', storeId),
        ...(currency === 'points' ? {} : { currency }),
      })}
      call={(key, body) => content(api.POST('/v1/adjustments', { params: { header: { 'Idempotency-Key': key } }, body }))}
      fields={() => (
        <>
          <Form.Item name="currency" label={t('members:account')} extra={t('members:deeds.adjust.accountHelp')}>
            <Select options={accounts.map((value) => ({ value, label: accountName(t, value) }))} />
          </Form.Item>
          <PointsField />
          <ReasonField />
          <OwnStoreField deed="adjust" />
        </>
      )}
      effect={(body) => {
        const currency = body.currency ?? 'points';
        return (
          <>
            <p>{t('members:deeds.adjust.effect', { points: shown.signed(body.points), member: nameOf(member) })}</p>
            <Change label={accountName(t, currency)} before={show(currency, has(currency))} after={show(currency, has(currency) + body.points)} />
            <p className="muted">{body.reason}</p>
          </>
        );
      }}
    />
  );
}

function Transfer({ member, balance, ...rest }: DeedProps) {
  const { t } = useTranslation();
  const shown = useShown();
  const session = useSession();
  return (
    <WriteForm<{ to: string; points: number; reason: string; storeId?: string }, Schemas['TransferRequest'], unknown>
      name={`transfer/${member.memberId}`}
      {...useDeed('transfer')}
      {...rest}
      toBody={({ to, points, reason, storeId }) => ({
        from: member.memberId,
        to: to.trim(),
        points,
        reason,
        operator: session.name,
        ...ownStore(session, 'serve', storeId),
      })}
      call={(key, body) => content(api.POST('/v1/transfers', { params: { header: { 'Idempotency-Key': key } }, body }))}
      fields={() => (
        <>
          <OtherField name="to" label={t('members:deeds.transfer.to')} />
          <PointsField min={1} max={balance.available} />
          <ReasonField />
          <OwnStoreField deed="serve" />
        </>
      )}
      effect={(body) => (
        <OtherMember memberId={body.to}>
          {(other, has) => (
            <>
              <p>{t('members:deeds.transfer.effect', { points: shown.points(body.points), from: nameOf(member), to: nameOf(other) })}</p>
              <Change label={nameOf(member)} before={shown.points(balance.available)} after={shown.points(balance.available - body.points)} />
              <Change label={nameOf(other)} before={shown.points(has.available)} after={shown.points(has.available + Math.max(0, body.points - has.debt))} />
              <p className="muted">{body.reason}</p>
            </>
          )}
        </OtherMember>
      )}
    />
  );
}

function ChangeStatus({ member, balance, wanted, ...rest }: DeedProps & { wanted: 'freeze' | 'unfreeze' }) {
  const { t } = useTranslation();
  const shown = useShown();
  const path = { memberId: member.memberId };
  const address = wanted === 'freeze' ? '/v1/members/{memberId}/freeze' : '/v1/members/{memberId}/unfreeze';
  return (
    <WriteForm<{ reason: string }, Schemas['StatusChangeRequest'], unknown>
      name={`${wanted}/${member.memberId}`}
      {...useDeed(wanted)}
      {...rest}
      danger={wanted === 'freeze'}
      toBody={({ reason }) => ({ reason })}
      call={(key, body) => content(api.POST(address, { params: { path, header: { 'Idempotency-Key': key } }, body }))}
      fields={() => <ReasonField />}
      effect={(body) => (
        <>
          <p>{t(`members:deeds.${wanted}.effect`, { points: shown.points(balance.available), member: nameOf(member) })}</p>
          <p className="muted">{body.reason}</p>
        </>
      )}
    />
  );
}

function Edit({ member, onClose, onDone }: DeedProps) {
  const { t } = useTranslation();
  const path = { memberId: member.memberId };
  type Fields = { name?: string; phone?: string; cardNumber?: string };
  return (
    <WriteForm<Fields, Schemas['MemberPatch'], unknown>
      name={`profile/${member.memberId}`}
      {...useDeed('edit')}
      onClose={onClose}
      onDone={onDone}
      initial={{ ...(member.name && { name: member.name }), ...(member.phone && { phone: member.phone }), ...(member.cardNumber && { cardNumber: member.cardNumber }) }}
      toBody={(values) =>
        Object.fromEntries(
          (['name', 'phone', 'cardNumber'] as const)
            .map((field) => [field, values[field]?.trim() || null] as const)
            .filter(([field, value]) => value !== (member[field] ?? null)),
        )
      }
      call={(_, body) => content(api.PATCH('/v1/members/{memberId}', { params: { path }, body }))}
      fields={() => (
        <>
          <Form.Item name="name" label={t('members:name')}>
            <Input maxLength={100} autoFocus />
          </Form.Item>
          <Form.Item name="phone" label={t('members:phone')}>
            <Input maxLength={32} inputMode="tel" />
          </Form.Item>
          <Form.Item name="cardNumber" label={t('members:card')}>
            <Input maxLength={64} />
          </Form.Item>
        </>
      )}
      effect={(body) =>
        Object.keys(body).length === 0 ? (
          <p>{t('members:deeds.edit.nothing')}</p>
        ) : (
          <>
            {(['name', 'phone', 'cardNumber'] as const)
              .filter((field) => field in body)
              .map((field) => (
                <Change key={field} label={t(`members:${field === 'cardNumber' ? 'card' : field}`)} before={member[field] ?? '–'} after={body[field] ?? '–'} />
              ))}
          </>
        )
      }
    />
  );
}

function Merge({ member, balance, ...rest }: DeedProps) {
  const { t } = useTranslation();
  const shown = useShown();
  const session = useSession();
  const path = { memberId: member.memberId };
  return (
    <WriteForm<{ into: string; reason: string }, Schemas['MergeRequest'], unknown>
      name={`merge/${member.memberId}`}
      {...useDeed('merge')}
      {...rest}
      danger
      toBody={({ into, reason }) => ({ into: into.trim(), reason, operator: session.name })}
      call={(key, body) => content(api.POST('/v1/members/{memberId}/merge', { params: { path, header: { 'Idempotency-Key': key } }, body }))}
      fields={() => (
        <>
          <OtherField name="into" label={t('members:deeds.merge.into')} />
          <ReasonField />
        </>
      )}
      effect={(body) => (
        <OtherMember memberId={body.into}>
          {(other, has) => (
            <>
              <p>{t('members:deeds.merge.effect', { from: nameOf(member), to: nameOf(other) })}</p>
              <Change label={nameOf(other)} before={shown.points(has.available)} after={shown.points(has.available + balance.available)} />
              {balance.storedValue.available > 0 && (
                <Change label={t('members:storedValue')} before={shown.money(has.storedValue.available)} after={shown.money(has.storedValue.available + balance.storedValue.available)} />
              )}
              <Alert type="warning" showIcon className="space-below" title={t('members:forGood')} />
            </>
          )}
        </OtherMember>
      )}
    />
  );
}

function Close({ member, balance, ...rest }: DeedProps) {
  const { t } = useTranslation();
  const shown = useShown();
  const session = useSession();
  const path = { memberId: member.memberId };
  return (
    <WriteForm<{ reason: string }, Schemas['ClosingRequest'], unknown>
      name={`close/${member.memberId}`}
      {...useDeed('close')}
      {...rest}
      danger
      toBody={({ reason }) => ({ reason, operator: session.name })}
      call={(key, body) => content(api.POST('/v1/members/{memberId}/close', { params: { path, header: { 'Idempotency-Key': key } }, body }))}
      fields={() => <ReasonField />}
      effect={() => (
        <>
          <p>{t('members:deeds.close.effect', { member: nameOf(member) })}</p>
          <Change label={t('members:available')} before={shown.points(balance.available)} after={shown.points(0)} />
          <Change label={t('members:storedValue')} before={shown.money(balance.storedValue.available)} after={shown.money(0)} />
          <Alert type="warning" showIcon className="space-below" title={t('members:forGood')} />
        </>
      )}
    />
  );
}

function OtherField({ name, label }: { name: string; label: string }) {
  const { t } = useTranslation();
  return (
    <Form.Item name={name} label={label} rules={[{ required: true, whitespace: true, message: t('required') }]}>
      <Input maxLength={64} autoFocus />
    </Form.Item>
  );
}

/** Looks the other member of a deed up, so that the person sees who it is before anything moves. */
function OtherMember({ memberId, children }: { memberId: string; children: (member: Member, balance: Balance) => React.ReactNode }) {
  const path = { memberId };
  const member = useQuery({ queryKey: ['member', memberId, 'profile'], queryFn: () => content(api.GET('/v1/members/{memberId}', { params: { path } })) });
  const balance = useQuery({ queryKey: ['member', memberId, 'balance'], queryFn: () => content(api.GET('/v1/members/{memberId}/balance', { params: { path } })) });
  const problem = member.error ?? balance.error;
  if (problem !== null) {
    return <ProblemAlert problem={ProblemError.from(problem)} />;
  }
  return member.data === undefined || balance.data === undefined ? <Skeleton active title={false} /> : <>{children(member.data, balance.data)}</>;
}

function nameOf(member: Member): string {
  return member.name === undefined ? member.memberId : `${member.name} (${member.memberId})`;
}
