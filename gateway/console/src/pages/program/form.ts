import type { Schemas } from '../../api/client';
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
      ...(it.earning ? { earning: earning(it.earning) } : {}),
      validity: it.validity as ValidityFields,
    })),
    hasGrowth: program.growth !== null,
    ...(program.growth === null ? {} : { growth: earning(program.growth.earning) }),
    topUpEarns: !!topUp,
    ...(topUp ? { topUpEarning: earning(topUp) } : {}),
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

/** The names of the top fields in which two programs differ. */
export function changes(before: ProgramRequest, after: ProgramRequest): (keyof ProgramRequest)[] {
  const names = Object.keys(after) as (keyof ProgramRequest)[];
  return names.filter((name) => JSON.stringify(sorted(before[name])) !== JSON.stringify(sorted(after[name])));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .sort(([one], [other]) => one.localeCompare(other))
        .map(([name, inner]) => [name, sorted(inner)]),
    );
  }
  return value;
}
