import type { Schemas } from '../../api/client';
import { fieldPath } from '../../api/problem';
import { toMajor, toMinor } from '../../parts/numbers';

type Program = Schemas['Program'];
type ProgramRequest = Schemas['ProgramRequest'];

/** A rule of earning as the form has it: money in the major unit. */
export interface EarningFields {
  points: number;
  perAmount: number;
  per: string;
  rounding: string;
}

export interface ValidityFields {
  kind: 'never' | 'rolling' | 'endOf';
  period?: string;
  unit?: string;
  after?: number;
}

/** A program as its form has it: everything that the API has, money in the major unit, switches where it has null. */
export interface ProgramFields {
  name: string;
  currency: string;
  timeZone: string;
  country?: string;
  earning: EarningFields;
  validity: ValidityFields;
  autoEnrol: boolean;
  currencies: { code: string; name: string; earns: boolean; earning?: EarningFields; validity: ValidityFields }[];
  hasGrowth: boolean;
  growth?: EarningFields;
  topUpEarns: boolean;
  topUpEarning?: EarningFields;
  bonuses: { from: number; bonus: number }[];
  refunds: { shortfall: string; returnGrace?: string; pointValue: { points: number; amount: number }; stores: string };
  exchanges: { from: string; to: string; give: number; get: number }[];
  closing: { points: string };
  lateWindowHours: number;
  offline: { uncovered: string };
}

export const NEW_EARNING = (): EarningFields => ({ points: 1, perAmount: 1, per: 'proRata', rounding: 'floor' });

export function toFields(program: Program): ProgramFields {
  const earning = (rule: Schemas['Earning']): EarningFields => ({
    points: rule.points,
    perAmount: toMajor(rule.perAmount, program.currency),
    per: rule.per ?? 'proRata',
    rounding: rule.rounding ?? 'floor',
  });
  const topUp = program.storedValue.earning;
  return {
    name: program.name,
    currency: program.currency,
    timeZone: program.timeZone,
    ...(program.country === undefined ? {} : { country: program.country }),
    earning: earning(program.earning),
    validity: program.validity as ValidityFields,
    autoEnrol: program.autoEnrol,
    currencies: program.currencies.map((it) => ({
      code: it.code,
      name: it.name,
      earns: !!it.earning,
      earning: it.earning ? earning(it.earning) : NEW_EARNING(),
      validity: it.validity as ValidityFields,
    })),
    hasGrowth: program.growth !== null,
    growth: program.growth === null ? NEW_EARNING() : earning(program.growth.earning),
    topUpEarns: !!topUp,
    topUpEarning: topUp ? earning(topUp) : NEW_EARNING(),
    bonuses: (program.storedValue.bonuses ?? []).map((it) => ({
      from: toMajor(it.from, program.currency),
      bonus: toMajor(it.bonus, program.currency),
    })),
    refunds: {
      shortfall: program.refunds.shortfall,
      ...(program.refunds.returnGrace ? { returnGrace: program.refunds.returnGrace } : {}),
      pointValue: {
        points: program.refunds.pointValue.points,
        amount: toMajor(program.refunds.pointValue.amount, program.currency),
      },
      stores: program.refunds.stores ?? 'selling',
    },
    exchanges: program.exchanges,
    closing: program.closing,
    lateWindowHours: hoursOf(program.lateWindow),
    offline: program.offline,
  };
}

export function toRequest(fields: ProgramFields): ProgramRequest {
  const money = (major: number) => toMinor(major, fields.currency);
  const earning = (rule: EarningFields): Schemas['Earning'] => ({ ...rule, perAmount: money(rule.perAmount) });
  return {
    name: fields.name.trim(),
    currency: fields.currency,
    timeZone: fields.timeZone,
    ...(fields.country ? { country: fields.country } : {}),
    earning: earning(fields.earning),
    validity: validity(fields.validity),
    autoEnrol: fields.autoEnrol,
    currencies: fields.currencies.map((it) => ({
      code: it.code,
      name: it.name,
      earning: it.earns ? earning(it.earning ?? NEW_EARNING()) : null,
      validity: validity(it.validity),
    })),
    growth: fields.hasGrowth ? { earning: earning(fields.growth ?? NEW_EARNING()) } : null,
    storedValue: {
      earning: fields.topUpEarns ? earning(fields.topUpEarning ?? NEW_EARNING()) : null,
      bonuses: fields.bonuses.map((it) => ({ from: money(it.from), bonus: money(it.bonus) })),
    },
    refunds: {
      ...fields.refunds,
      returnGrace: fields.refunds.returnGrace || null,
      pointValue: { points: fields.refunds.pointValue.points, amount: money(fields.refunds.pointValue.amount) },
    },
    exchanges: fields.exchanges,
    closing: fields.closing,
    lateWindow: `PT${fields.lateWindowHours}H`,
    offline: fields.offline,
  };
}

function validity(fields: ValidityFields): Schemas['Validity'] {
  switch (fields.kind) {
    case 'never':
      return { kind: 'never' };
    case 'rolling':
      return { kind: 'rolling', period: fields.period ?? '' };
    case 'endOf':
      return { kind: 'endOf', unit: fields.unit ?? '', after: fields.after ?? 0 };
  }
}

/** Hours of a duration such as PT72H or P3D. */
export function hoursOf(duration: string): number {
  const read = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?)?$/.exec(duration);
  return read === null ? 72 : Number(read[1] ?? 0) * 24 + Number(read[2] ?? 0);
}

type Section = 'general' | 'earning' | 'validity' | 'growth' | 'storedValue' | 'refunds' | 'currencies' | 'exchanges' | 'late';

/** The part of the form in which each field is. */
const SECTIONS: Record<keyof ProgramFields, Section> = {
  name: 'general',
  currency: 'general',
  timeZone: 'general',
  country: 'general',
  autoEnrol: 'general',
  earning: 'earning',
  validity: 'validity',
  hasGrowth: 'growth',
  growth: 'growth',
  topUpEarns: 'storedValue',
  topUpEarning: 'storedValue',
  bonuses: 'storedValue',
  refunds: 'refunds',
  currencies: 'currencies',
  exchanges: 'exchanges',
  closing: 'late',
  lateWindowHours: 'late',
  offline: 'late',
};

/** Fields whose label is not the last step of their path. */
const LABELS: [RegExp, string][] = [
  [/validity\.kind$/, 'validityKind'],
  [/^currencies\.name$/, 'currencyName'],
  [/^refunds\.pointValue\.points$/, 'pointValuePoints'],
  [/^refunds\.pointValue\.amount$/, 'pointValueAmount'],
  [/^refunds\.stores$/, 'refundStores'],
  [/^exchanges\.from$/, 'exchangeFrom'],
  [/^exchanges\.to$/, 'exchangeTo'],
  [/^closing\.points$/, 'closing'],
];

/** One setting that differs between two versions of the program. */
export interface Difference {
  section: Section;
  label: string;
  /** Its row in a list, from 1. */
  row?: number;
  before: unknown;
  after: unknown;
}

/** The settings in which two versions differ, each by itself. */
export function differences(before: ProgramFields, after: ProgramFields): Difference[] {
  const names = Object.keys(SECTIONS) as (keyof ProgramFields)[];
  return names.flatMap((name) => leaves(before[name], after[name], [name]).map((leaf) => ({ section: SECTIONS[name], ...leaf })));
}

function leaves(before: unknown, after: unknown, path: string[], row?: number): Omit<Difference, 'section'>[] {
  if (isTree(before) || isTree(after)) {
    const keys = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
    const at = (tree: unknown, key: string) => (isTree(tree) ? (tree as Record<string, unknown>)[key] : undefined);
    const isRow = Array.isArray(before) || Array.isArray(after);
    return [...keys].flatMap((key) => leaves(at(before, key), at(after, key), isRow ? path : [...path, key], isRow ? Number(key) + 1 : row));
  }
  if (before === after || (isEmpty(before) && isEmpty(after))) {
    return [];
  }
  const name = path.join('.');
  const label = LABELS.find(([pattern]) => pattern.test(name))?.[1] ?? path.at(-1)!;
  return [{ label, before, after, ...(row === undefined ? {} : { row }) }];
}

/** A field that was emptied holds something else than one that never had a value. */
const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '';

const isTree = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** What a person changed of one version, on top of another that somebody else made meanwhile. */
export function rebased(base: ProgramFields, mine: ProgramFields, theirs: ProgramFields): ProgramFields {
  const names = Object.keys(SECTIONS) as (keyof ProgramFields)[];
  const changed = names.filter((name) => leaves(base[name], mine[name], [name]).length > 0);
  return { ...theirs, ...Object.fromEntries(changed.map((name) => [name, mine[name]])) };
}

/** Where the form has what the API has elsewhere. */
const MOVED: [string, string][] = [
  ['/growth/earning', '/growth'],
  ['/storedValue/earning', '/topUpEarning'],
  ['/storedValue/bonuses', '/bonuses'],
  ['/lateWindow', '/lateWindowHours'],
];

/** The field of the form that a pointer into the program means. */
export function programField(pointer: string): (string | number)[] {
  const moved = MOVED.find(([from]) => pointer === from || pointer.startsWith(`${from}/`));
  return fieldPath(moved === undefined ? pointer : moved[1] + pointer.slice(moved[0].length));
}
