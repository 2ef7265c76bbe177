import { expect, test } from 'vitest';
import example from '../../../../../docs/examples/rule-book.json?raw';
import everyField from '../../../../src/test/resources/rule-books/every-field.json?raw';
import type { Book } from './document';
import { toFields, toPromotion } from './promotionFields';

const BOOKS = [example, everyField].map((it) => JSON.parse(it) as Book);
const ZONE = 'Asia/Shanghai';

test('a form that changes nothing leaves every promotion as it is, to its last field', () => {
  for (const promotion of BOOKS.flatMap((it) => it.promotions!)) {
    expect(toPromotion(promotion, toFields(promotion, ZONE), ZONE)).toEqual(promotion);
  }
});

test('what the form does not show stays, and what it changes is there', () => {
  const weekend = BOOKS[0]!.promotions![0]!;
  const after = toPromotion(weekend, { ...toFields(weekend, ZONE), effect: 'fixed', points: 50, from: '2026-12-02T08:00', weekdays: [], hours: ['22:00-02:00'], storesKind: 'list', stores: { storeIds: ['S1'], storeTags: [] }, perOrder: null, day: 7 }, ZONE);
  expect(after.when).toEqual({ ...weekend.when, from: '2026-12-02T08:00:00+08:00', hours: [{ from: '22:00', to: '02:00' }], stores: { storeIds: ['S1'] }, weekdays: undefined });
  expect('weekdays' in after.when!).toBe(false);
  expect(after).toMatchObject({ id: 'weekend', fixed: 50, group: 'dates', cap: { perMember: { day: 7, month: 5000 } } });
  expect('multiply' in after || 'perOrder' in after.cap!).toBe(false);
});

test('a new promotion has what was filled in and nothing else', () => {
  const fields = { ...toFields({ id: '' }, ZONE), id: ' night ', factor: '2', hours: ['22:00-02:00'] };
  expect(toPromotion({ id: '' }, fields, ZONE)).toEqual({ id: 'night', multiply: '2', when: { hours: [{ from: '22:00', to: '02:00' }] } });
});
