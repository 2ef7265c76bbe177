import type { TFunction } from 'i18next';
import type { Schemas } from '../../api/client';
import type { Shown } from '../../parts/numbers';

type Entry = Schemas['Entry'];

/** The name of a kind of entry in the person's language; that of the API for a kind that came later. */
export function kindName(t: TFunction, kind: string): string {
  return t(`members:kinds.${kind}`, { defaultValue: kind });
}

/** One entry in a sentence, for people who do not know the ledger. */
export function explain(t: TFunction, shown: Shown, entry: Entry): string {
  const parts: string[] = [
    t(`members:explained.${entry.kind}`, {
      defaultValue: kindName(t, entry.kind),
      points: shown.points(Math.abs(entry.points)),
      amount: shown.money(entry.amount),
      other: entry.detail?.memberId ?? '',
      refersTo: entry.refersTo ?? '',
    }),
  ];
  const detail = entry.detail;
  const add = (key: string, value: number | undefined, text: (value: number | undefined) => string = shown.points) => {
    if (value !== undefined && value !== 0) {
      parts.push(t(`members:also.${key}`, { value: text(value) }));
    }
  };
  add('held', entry.held, shown.signed);
  add('pending', entry.pending, shown.signed);
  add('debt', entry.debt, shown.signed);
  add('bonus', detail?.bonus, shown.money);
  add('expiredOnReturn', detail?.expiredOnReturn);
  add('shortfall', detail?.shortfall);
  for (const account of entry.accounts ?? []) {
    const money = account.currency === 'storedValue';
    parts.push(
      t('members:also.account', {
        currency: accountName(t, account.currency),
        value: money ? (account.points > 0 ? '+' : '') + shown.money(account.points) : shown.signed(account.points),
      }),
    );
  }
  return parts.join(t('members:also.join'));
}

export function accountName(t: TFunction, currency: string): string {
  return t(`members:accountNames.${currency}`, { defaultValue: currency });
}
