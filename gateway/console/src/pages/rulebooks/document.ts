/** A rule book as its document has it; fields that forms do not edit stay as they are. */
export interface Book {
  ruleBookId: string;
  title?: string;
  timeZone?: string;
  sets?: Record<string, Goods & Stores & { holidays?: string[]; workdays?: string[] }>;
  excluded?: string | Goods;
  rounding?: { mode?: string; carry?: boolean };
  base: Ratio;
  ratios?: (Ratio & { id: string; for: string | Goods })[];
  brackets?: Brackets;
  tierFactors?: Record<string, string>;
  stacking?: { combine?: string; groups?: { id: string; choose: string; scope: string }[] };
  promotions?: Promotion[];
  caps?: Caps & { return?: string };
  growth?: { rules?: { id: string; points?: number; perAmount?: number; fixed?: number }[] };
  tiers?: { levels?: { id: string; from: number; name?: { zh?: string; en?: string } }[] };
  examples?: unknown[];
  [other: string]: unknown;
}

export interface Ratio {
  points: number;
  perAmount?: number;
  per?: string;
}

export interface Goods {
  products?: string[];
  categories?: string[];
  marginClasses?: string[];
  tags?: string[];
}

export interface Stores {
  storeIds?: string[];
  storeTags?: string[];
}

export interface Brackets {
  id: string;
  mode: string;
  steps: Step[];
}

export type Step = Ratio & { upTo?: number; from?: number };

export interface Caps {
  perOrder?: number;
  perMember?: { day?: number; week?: number; month?: number; year?: number };
}

export interface Condition {
  from?: string;
  to?: string;
  days?: { from?: string; to?: string };
  weekdays?: string[];
  hours?: { from: string; to: string }[];
  calendar?: { in: string; days: string[] };
  stores?: string | Stores;
  channels?: string[];
  tiers?: string[];
  groups?: string[];
  minimum?: { amount: number; measured?: string };
  linesAtLeast?: number;
  firstPurchase?: boolean;
  birthday?: string;
  holdOut?: string;
  not?: { goods?: string | Goods; stores?: string | Stores; channels?: string[]; tiers?: string[]; groups?: string[] };
}

export interface Promotion {
  id: string;
  priority?: number;
  group?: string;
  for?: string | Goods;
  multiply?: string;
  perUnit?: number;
  unitsPerOrder?: number;
  fixed?: number;
  when?: Condition;
  cap?: Caps & { unit?: string };
  [other: string]: unknown;
}

export const PERIODS = ['day', 'week', 'month', 'year'] as const;
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
export const CHANNELS = ['till', 'miniProgram', 'web', 'other'];

/**
 * Sets fields of an object; those that become undefined, and objects and arrays that become empty, are left out. Fields keep
 * their order, so that a text does not change where nothing did.
 */
export function changed<T extends object>(object: T, changes: Partial<Record<keyof T, unknown>>): T {
  const all = { ...object, ...changes } as Record<string, unknown>;
  return Object.fromEntries(Object.entries(all).filter(([name, value]) => !(name in changes) || !isNothing(value))) as T;
}

const isNothing = (value: unknown) =>
  value === undefined || value === null || value === '' || (typeof value === 'object' && Object.keys(value as object).length === 0);

/** Replaces a promotion, or adds one at the end. */
export function withPromotion(book: Book, index: number, promotion: Promotion): Book {
  const promotions = [...(book.promotions ?? [])];
  promotions[index] = promotion;
  return changed(book, { promotions });
}

export function withoutPromotion(book: Book, index: number): Book {
  return changed(book, { promotions: (book.promotions ?? []).filter((_, at) => at !== index) });
}

/** The steps with where each begins and ends, whichever of both they say. */
export function stepsOf({ steps }: Brackets): { from: number; upTo: number | undefined; ratio: Ratio }[] {
  const begin = steps.some((it) => it.from !== undefined);
  return steps.map((ratio, i) => ({
    from: begin ? (ratio.from ?? 0) : i === 0 ? 0 : (steps[i - 1]!.upTo ?? 0) + 1,
    upTo: begin ? (steps[i + 1]?.from === undefined ? undefined : steps[i + 1]!.from! - 1) : ratio.upTo,
    ratio,
  }));
}

/** The points for so much money, to compare steps by. */
export const rateOf = ({ points, perAmount }: Ratio): number => points / (perAmount ?? 1);

/** The names of sets of a kind, by one of the fields that it has. */
export function setNames(book: Book, ...fields: string[]): string[] {
  return Object.entries(book.sets ?? {})
    .filter(([, set]) => fields.some((field) => field in set))
    .map(([name]) => name);
}
