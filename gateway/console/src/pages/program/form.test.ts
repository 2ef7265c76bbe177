import { expect, test } from 'vitest';
import type { Schemas } from '../../api/client';
import { changes, hoursOf, toFields, toRequest } from './form';

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
  expect(changes(WITHOUT_ID, sent)).toEqual([]);
});

test('money in the form is in the major unit', () => {
  expect(toFields(PROGRAM).earning.perAmount).toBe(2.5);
  expect(toFields(PROGRAM).bonuses).toEqual([{ from: 500, bonus: 50 }]);
});

test('what differs is named, and nothing else', () => {
  const fields = toFields(PROGRAM);
  const sent = toRequest({ ...fields, earning: { ...fields.earning, points: 6 }, hasGrowth: false });
  expect(changes(WITHOUT_ID, sent)).toEqual(['earning', 'growth']);
});

test.each([
  ['PT72H', 72],
  ['P3D', 72],
  ['P1DT12H', 36],
])('%s are %i hours', (duration, hours) => {
  expect(hoursOf(duration)).toBe(hours);
});
