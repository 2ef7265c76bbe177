import type { Schemas } from '../../api/client';

type Account = Pick<Schemas['Staff'], 'staffId' | 'signInBy' | 'secondFactor'>;

export type Deed = 'change' | 'reset' | 'unlock' | 'removeFactor';

/** Whether the person signs in by the identity provider: password and second factor are kept there. */
export const isOfProvider = ({ signInBy }: Pick<Account, 'signInBy'>): boolean => signInBy.includes('oidc');

/** What head office may do with an account: less with its own, and with one of the identity provider's people. */
export function deedsOf(account: Account, ownId: string): Deed[] {
  return account.staffId === ownId || isOfProvider(account) ? ['change'] : ['change', 'reset', 'unlock', ...(account.secondFactor ? (['removeFactor'] as const) : [])];
}
