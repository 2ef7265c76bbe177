import { expect, test } from 'vitest';
import type { Schemas } from '../../api/client';
import { differences, hoursOf, programField, rebased, toFields, toRequest } from './form';
import { en } from './texts';

const PROGRAM = {
  programId: 'default',
  name: 'Tea',
  currency: 'CNY',
  timeZone: 'Asia/Shanghai',
  country: 'CN',
  earning: { points: 5, perAmount: 250, per: 'fullStep', rounding: 'floor' },
  validity: { kind: 'rolling', period: 'P12M' },
  autoEnrol: true,
  currencies: [{ code: 'stars', name: 'Stars', earning: null, validity: { kind: 'endOf', unit: 'year', after: 1 } }],
  growth: { earning: { points: 1, perAmount: 100, per: 'proRata', rounding: 'floor' } },
  storedValue: { earning: null, bonuses: [{ from: 50_000, bonus: 5_000 }] },
  refunds: { shortfall: 'debt', returnGrace: null, pointValue: { points: 100, amount: 100 }, stores: 'selling' },
  exchanges: [{ from: 'points', to: 'stars', give: 100, get: 1 }],
  closing: { points: 'forfeit' },
  lateWindow: 'PT72H',
  offline: { uncovered: 'debt' },
} as unknown as Schemas['Program'];

const { programId: _, ...WITHOUT_ID } = PROGRAM;

test('a program that is read into the form and sent back unchanged is the same program', () => {
  const sent = toRequest(toFields(PROGRAM));
  expect(sent).toEqual(WITHOUT_ID);
  expect(differences(toFields(PROGRAM), toFields({ ...PROGRAM, ...sent } as typeof PROGRAM))).toEqual([]);
});

test('money in the form is in the major unit', () => {
  expect(toFields(PROGRAM).earning.perAmount).toBe(2.5);
  expect(toFields(PROGRAM).bonuses).toEqual([{ from: 500, bonus: 50 }]);
});

const FIELDS = toFields(PROGRAM);

test('each setting that differs is named with both values, and nothing else', () => {
  const bonuses = [...FIELDS.bonuses, { from: 1000, bonus: 120 }];
  const after = { ...FIELDS, earning: { ...FIELDS.earning, points: 6 }, hasGrowth: false, bonuses };
  expect(differences(FIELDS, after)).toEqual([
    { section: 'earning', label: 'points', before: 5, after: 6 },
    { section: 'growth', label: 'hasGrowth', before: true, after: false },
    { section: 'storedValue', label: 'from', row: 2, before: undefined, after: 1000 },
    { section: 'storedValue', label: 'bonus', row: 2, before: undefined, after: 120 },
  ]);
});

test('every setting has its label', () => {
  const labels = differences({} as typeof FIELDS, FIELDS).map((it) => it.label);
  expect(labels.filter((label) => !(label in en.labels))).toEqual([]);
});

test('of two people who change different settings, both changes stay', () => {
  const mine = { ...FIELDS, lateWindowHours: 24 };
  const theirs = { ...FIELDS, name: 'Theirs', earning: { ...FIELDS.earning, points: 9 } };
  expect(rebased(FIELDS, mine, theirs)).toEqual({ ...theirs, lateWindowHours: 24 });
});

test.each([
  ['/name', ['name']],
  ['/growth/earning/points', ['growth', 'points']],
  ['/storedValue/earning/perAmount', ['topUpEarning', 'perAmount']],
  ['/storedValue/bonuses/0/from', ['bonuses', 0, 'from']],
  ['/lateWindow', ['lateWindowHours']],
  ['/refunds/pointValue/points', ['refunds', 'pointValue', 'points']],
])('the pointer %s leads to its field in the form', (pointer, path) => {
  expect(programField(pointer)).toEqual(path);
});

test.each([
  ['PT72H', 72],
  ['P3D', 72],
  ['P1DT12H', 36],
])('%s are %i hours', (duration, hours) => {
  expect(hoursOf(duration)).toBe(hours);
});
