import { expect, test } from 'vitest';
import { byHour, dayOf, growth, hourOf, share, shift, wholeOf, type Figures } from './figures';

test('the day is that of the program, not that of the browser', () => {
  expect(dayOf(new Date('2026-11-29T16:30:00Z'), 'Asia/Shanghai')).toBe('2026-11-30');
  expect(dayOf(new Date('2026-11-29T16:30:00Z'), 'Europe/Berlin')).toBe('2026-11-29');
});

test.each([
  ['2026-03-01', -1, '2026-02-28'],
  ['2026-01-03', -7, '2025-12-27'],
  ['2026-03-29', 1, '2026-03-30'], // clocks change in between
])('%s and %i days is %s', (day, days, expected) => {
  expect(shift(day, days)).toBe(expected);
});

test('turnover is put into the hours of the program, and an hour that comes twice counts as one', () => {
  const figures = {
    timeZone: 'Europe/Berlin',
    items: [
      { hour: '2026-10-25T00:00:00Z', turnover: 100 },
      { hour: '2026-10-25T01:00:00Z', turnover: 20 }, // two o'clock again
    ],
  } as unknown as Figures;
  expect(hourOf('2026-10-25T00:00:00Z', 'Europe/Berlin')).toBe(2);
  expect(byHour(figures)[2]).toBe(120);
});

test('hours that are still to come have no turnover, instead of none', () => {
  const hours = byHour({ timeZone: 'UTC', items: [{ hour: '2026-11-29T09:00:00Z', turnover: 5 }] } as unknown as Figures, 10);
  expect(hours.slice(8)).toEqual([0, 5, 0, ...new Array(13).fill(null)]);
});

test('nothing is compared with a day on which there was nothing', () => {
  expect(growth(50, 0)).toBeUndefined();
  expect(growth(150, 100)).toBe(50);
  expect(growth(0, 100)).toBe(-100);
});

test('of a day that still goes on it is said how much of a whole day there is', () => {
  expect(share(42, 100)).toBe(42);
  expect(share(150, 100)).toBe(150);
  expect(share(50, 0)).toBeUndefined();
});

test('all stores of a large chain are shown, page by page, with the totals of the last page', async () => {
  const asked: (string | undefined)[] = [];
  const figures = await wholeOf((cursor) => {
    asked.push(cursor);
    const page = asked.length;
    const items = [{ storeId: `S${page}` }];
    return Promise.resolve({ items, hasMore: page < 3, nextCursor: page < 3 ? `after ${page}` : null, totals: { orders: page } } as unknown as Figures);
  });
  expect(asked).toEqual([undefined, 'after 1', 'after 2']);
  expect(figures.items.map((it) => it.storeId)).toEqual(['S1', 'S2', 'S3']);
  expect(figures.totals.orders).toBe(3);
});
