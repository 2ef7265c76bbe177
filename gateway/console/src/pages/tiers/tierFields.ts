import { toMajor, toMinor } from '../../parts/numbers';
import { changed, type Book } from '../rulebooks/document';

/** A level as its document has it. */
export interface Level {
  id: string;
  from: number;
  name?: { zh?: string; en?: string };
  benefits?: { kind?: string; text?: { zh?: string; en?: string } }[];
  neverFalls?: boolean;
  upgradePrice?: { points: number; validity?: string };
  [other: string]: unknown;
}

export interface GrowthRule {
  id: string;
  points?: number;
  perAmount?: number;
  fixed?: number;
  perDay?: number;
  [other: string]: unknown;
}

export interface Tiers {
  levels?: Level[];
  measure?: { account: string; period: string; length?: string };
  up?: string;
  review?: { on: string };
  down?: string;
  grace?: string;
  onRefund?: string | { ifWithin: string };
}

/** The fields of the form of tiers: spend in the major unit. */
export interface TierFields {
  levels: { id: string; from?: number | null; zh?: string; en?: string; factor?: string; price?: number | null; months?: number | null; neverFalls?: boolean; before?: Level }[];
  account: string;
  period: string;
  months?: number | null;
  up: string;
  on: string;
  down: string;
  grace?: number | null;
  onRefund: string;
  within?: number | null;
  growth: { id: string; points?: number | null; perAmount?: number | null; fixed?: number | null; perDay?: number | null; before?: GrowthRule }[];
}

const number = (period: string | undefined): number | undefined => (period === undefined ? undefined : Number(/\d+/.exec(period)?.[0]));

/** Tiers as the form shows them; three levels to begin with where there are none. */
export function toTierFields(book: Book, currency: string): TierFields {
  const tiers = book.tiers as Tiers | undefined;
  const account = tiers?.measure?.account ?? 'growth';
  const levels: Level[] = tiers?.levels ?? [
    { id: 'silver', from: 0 },
    { id: 'gold', from: 1_000 },
    { id: 'black', from: 5_000 },
  ];
  const within = typeof tiers?.onRefund === 'object' ? number(tiers.onRefund.ifWithin) : undefined;
  return {
    levels: levels.map((it) => ({
      id: it.id,
      from: account === 'spend' ? toMajor(it.from, currency) : it.from,
      zh: it.name?.zh,
      en: it.name?.en,
      factor: book.tierFactors?.[it.id],
      price: it.upgradePrice?.points,
      months: number(it.upgradePrice?.validity),
      neverFalls: it.neverFalls ?? false,
      before: it,
    })) as TierFields['levels'],
    account,
    period: tiers?.measure?.period ?? 'rolling',
    months: number(tiers?.measure?.length) ?? 12,
    up: tiers?.up ?? 'immediate',
    on: tiers?.review?.on ?? 'anniversary',
    down: tiers?.down ?? 'oneStep',
    grace: number(tiers?.grace) ?? null,
    onRefund: within === undefined ? ((tiers?.onRefund as string | undefined) ?? 'review') : 'ifWithin',
    within: within ?? 30,
    growth: ((book.growth?.rules ?? []) as GrowthRule[]).map((it) => ({
      id: it.id,
      points: it.points ?? null,
      perAmount: it.perAmount === undefined ? null : toMajor(it.perAmount, currency),
      fixed: it.fixed ?? null,
      perDay: it.perDay ?? null,
      before: it,
    })),
  };
}

/** What stays as it was when the form says nothing else than the book: a field that has its default may be there or not. */
const unlessDefault = (value: string, before: string | undefined, standard: string) => (value === standard && before === undefined ? undefined : value);

/** The book with the tiers, their factors and the rules of growth that the form says. */
export function withTiers(book: Book, fields: TierFields, currency: string): Book {
  const before = (book.tiers ?? {}) as Tiers;
  const levels = fields.levels.map(({ id, from, zh, en, price, months, neverFalls, before: was }, i) => {
    const amount = i === 0 ? 0 : fields.account === 'spend' ? toMinor(from ?? 0, currency) : (from ?? 0);
    return changed<Level>(was ?? ({} as Level), {
      id: id.trim(),
      from: amount,
      name: zh || en ? { zh: zh || en, en: en || zh } : undefined,
      neverFalls: neverFalls === true ? true : was?.neverFalls === false ? false : undefined,
      upgradePrice: price ? changed(was?.upgradePrice ?? { points: price }, { points: price, validity: months ? `P${months}M` : undefined }) : undefined,
    });
  });
  const factors = Object.fromEntries(fields.levels.filter((it) => it.factor).map((it) => [it.id.trim(), it.factor!]));
  const others = Object.entries(book.tierFactors ?? {}).filter(([id]) => !((before.levels ?? []).some((it) => it.id === id) || id in factors));
  const tiers = changed<Tiers>(before, {
    levels,
    measure: { account: fields.account, period: fields.period, ...(fields.period === 'rolling' ? { length: `P${fields.months ?? 12}M` } : {}) },
    up: unlessDefault(fields.up, before.up, 'immediate'),
    review: { on: fields.on },
    down: unlessDefault(fields.down, before.down, 'oneStep'),
    grace: fields.grace ? `P${fields.grace}D` : undefined,
    onRefund: fields.onRefund === 'ifWithin' ? { ifWithin: `P${fields.within ?? 30}D` } : unlessDefault(fields.onRefund, before.onRefund as string | undefined, 'review'),
  });
  const rules = fields.growth.map(({ id, points, perAmount, fixed, perDay, before: was }) =>
    changed<GrowthRule>(was ?? ({} as GrowthRule), {
      id: id.trim(),
      points: fixed ? undefined : (points ?? 1),
      perAmount: fixed ? undefined : toMinor(perAmount ?? 1, currency),
      fixed: fixed ?? undefined,
      perDay: perDay ?? undefined,
    }),
  );
  return changed(book, { tiers, tierFactors: { ...Object.fromEntries(others), ...factors }, growth: rules.length === 0 ? undefined : { ...book.growth, rules } });
}
