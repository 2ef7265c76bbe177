import { changed, PERIODS, type Caps, type Goods, type Promotion, type Stores } from './document';
import { toClock, toInstant } from './zoned';

type Kind = 'all' | 'set' | 'list';
type Effect = 'multiply' | 'fixed' | 'perUnit';

/** The fields of the form of a promotion. */
export interface PromotionFields extends CapFields {
  id: string;
  effect: Effect;
  factor?: string | undefined;
  points?: number | undefined;
  unitsPerOrder?: number | null | undefined;
  from?: string | undefined;
  to?: string | undefined;
  weekdays: string[];
  hours: string[];
  storesKind: Kind;
  storesSet?: string | undefined;
  stores: Stores;
  channels: string[];
  goodsKind: Kind;
  goodsSet?: string | undefined;
  goods: Goods;
  priority?: number | null | undefined;
  group?: string | undefined;
  unit: string;
}

export interface CapFields {
  perOrder?: number | null | undefined;
  day?: number | null | undefined;
  week?: number | null | undefined;
  month?: number | null | undefined;
  year?: number | null | undefined;
}

export const HOURS = /^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$/;

/** Fields of conditions that the form has; the others it leaves as they are. */
export const FORM_CONDITIONS = ['from', 'to', 'weekdays', 'hours', 'stores', 'channels'] as const;

export function capFields(caps: Caps = {}): CapFields {
  return { perOrder: caps.perOrder, ...Object.fromEntries(PERIODS.map((it) => [it, caps.perMember?.[it]])) };
}

export function withCaps<T extends Caps>(caps: T, fields: CapFields): T {
  const perMember = changed(caps.perMember ?? {}, Object.fromEntries(PERIODS.map((it) => [it, fields[it] ?? undefined])));
  return changed(caps, { perOrder: fields.perOrder ?? undefined, perMember } as Partial<Record<keyof T, unknown>>);
}

/** A promotion as the form shows it. */
export function toFields(it: Promotion, timeZone: string): PromotionFields {
  const when = it.when ?? {};
  return {
    id: it.id,
    effect: it.perUnit !== undefined ? 'perUnit' : it.fixed !== undefined ? 'fixed' : 'multiply',
    factor: it.multiply,
    points: it.perUnit ?? it.fixed,
    unitsPerOrder: it.unitsPerOrder,
    from: when.from === undefined ? undefined : toClock(when.from, timeZone),
    to: when.to === undefined ? undefined : toClock(when.to, timeZone),
    weekdays: when.weekdays ?? [],
    hours: (when.hours ?? []).map((each) => `${each.from}-${each.to}`),
    ...named('stores', when.stores),
    channels: when.channels ?? [],
    ...named('goods', it.for),
    priority: it.priority,
    group: it.group,
    unit: it.cap?.unit ?? 'points',
    ...capFields(it.cap),
  } as PromotionFields;
}

function named(name: 'stores' | 'goods', value: string | Stores | Goods | undefined) {
  const kind: Kind = value === undefined ? 'all' : typeof value === 'string' ? 'set' : 'list';
  return { [`${name}Kind`]: kind, [`${name}Set`]: typeof value === 'string' ? value : undefined, [name]: typeof value === 'object' ? value : {} };
}

/** The promotion that the form says; what the form does not have stays as it was. */
export function toPromotion(before: Promotion, fields: PromotionFields, timeZone: string): Promotion {
  const when = changed(before.when ?? {}, {
    from: instant(fields.from, before.when?.from, timeZone),
    to: instant(fields.to, before.when?.to, timeZone),
    weekdays: fields.weekdays,
    hours: fields.hours.map((it) => ({ from: it.split('-')[0], to: it.split('-')[1] })),
    stores: valueOf(fields.storesKind, fields.storesSet, fields.stores),
    channels: fields.channels,
  });
  const caps = withCaps(before.cap ?? {}, fields);
  const unit = fields.unit === 'points' && before.cap?.unit === undefined ? undefined : fields.unit;
  const { effect } = fields;
  return changed(before, {
    id: fields.id.trim(),
    for: valueOf(fields.goodsKind, fields.goodsSet, fields.goods),
    multiply: effect === 'multiply' ? fields.factor?.trim() : undefined,
    perUnit: effect === 'perUnit' ? fields.points : undefined,
    unitsPerOrder: effect === 'perUnit' ? fields.unitsPerOrder : undefined,
    fixed: effect === 'fixed' ? fields.points : undefined,
    when,
    cap: changed(caps, { unit: caps.perOrder === undefined && caps.perMember === undefined ? undefined : unit }),
    priority: fields.priority,
    group: fields.group,
  });
}

/** The instant of a field; the very text of before where it means the same. */
function instant(clock: string | undefined, before: string | undefined, timeZone: string): string | undefined {
  if (clock === undefined || clock === '') {
    return undefined;
  }
  return before !== undefined && toClock(before, timeZone) === clock ? before : toInstant(clock, timeZone);
}

function valueOf(kind: Kind, set: string | undefined, list: Stores | Goods | undefined): unknown {
  return kind === 'all' ? undefined : kind === 'set' ? set : changed(list ?? {}, { ...list });
}
