import { useQuery } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, content, type Schemas } from '../../api/client';
import { DataTable } from '../../parts/DataTable';
import { Loaded } from '../../parts/Loaded';
import { useShown } from '../../parts/numbers';
import { accountName } from './entries';

type Account = Schemas['ProofAccount'];

/** Counts all entries of the member again and compares them with what it has. */
export function ProofTab({ memberId }: { memberId: string }) {
  const { t } = useTranslation();
  const shown = useShown();
  const proof = useQuery({
    queryKey: ['member', memberId, 'proof'],
    enabled: false,
    queryFn: () => content(api.GET('/v1/members/{memberId}/proof', { params: { path: { memberId } } })),
  });
  return (
    <>
      <p>{t('members:proof.text')}</p>
      <Button className="space-below" type={proof.data === undefined ? 'primary' : 'default'} loading={proof.isFetching} onClick={() => void proof.refetch()}>
        {t('members:proof.button')}
      </Button>
      {(proof.data !== undefined || proof.error !== null) && (
        <Loaded query={proof}>
          {(seen) => (
            <>
              <Alert
                className="space-below"
                showIcon
                type={seen.holds ? 'success' : 'error'}
                title={seen.holds ? t('members:proof.holds', { count: seen.entries }) : t('members:proof.broken', { count: seen.differences.length })}
                description={t('members:proof.asOf', { time: shown.time(seen.asOf) })}
              />
              {seen.differences.length > 0 && (
                <ul>
                  {seen.differences.map((difference, index) => (
                    <li key={index}>{t('members:proof.difference', { ...difference, currency: difference.currency ?? '' })}</li>
                  ))}
                </ul>
              )}
              <DataTable<Account>
                name={t('members:tabs.proof')}
                rows={seen.accounts}
                rowKey={(account) => account.currency}
                columns={[
                  { key: 'account', title: t('members:account'), show: (account) => accountName(t, account.currency), csv: (account) => account.currency },
                  ...(['available', 'held', 'pending', 'debt'] as const).map((place) => ({
                    key: place,
                    title: t(`members:${place}`),
                    number: true,
                    show: (account: Account) => (account.currency === 'storedValue' ? shown.money(account[place]) : shown.points(account[place])),
                    csv: (account: Account) => account[place],
                  })),
                ]}
              />
            </>
          )}
        </Loaded>
      )}
    </>
  );
}
