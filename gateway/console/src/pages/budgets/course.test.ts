import { describe, expect, it } from 'vitest';
import { byDay, byHour, percentOf, usedOf, type BudgetDays } from './course';

const days: BudgetDays = {
  budgetId: 'b',
  by: 'day',
  from: '2026-11-27',
  to: '2026-11-30',
  timeZone: 'Asia/Shanghai',
  asOf: '2026-11-30T04:00:00Z',
  usedBefore: 100,
  items: [
    { day: '2026-11-27', issued: 50, reversed: 0, lapsed: 0 },
    { day: '2026-11-29', issued: 40, reversed: 10, lapsed: 5 },
  ],
};

describe('the course of a budget', () => {
  it('adds up day by day, also days in which nothing happened', () => {
    expect(byDay(days, '2026-11-30', 180)).toEqual({
      places: ['2026-11-27', '2026-11-28', '2026-11-29', '2026-11-30'],
      used: [150, 150, 180, 180],
      ahead: [null, null, null, 180],
    });
  });

  it('goes on by the forecast until the limit', () => {
    const forecast = { basis: 'meanOfDays', days: 2, points: 80, endsOn: '2026-12-02', usedAtEnd: 240 };
    const { places, used, ahead } = byDay({ ...days, forecast }, '2026-11-30', 180);
    expect(places.slice(4)).toEqual(['2026-12-01', '2026-12-02']);
    expect(used.slice(4)).toEqual([null, null]);
    expect(ahead.slice(3)).toEqual([180, 220, 240]);
  });

  it('has no forecast in days that are past', () => {
    const forecast = { basis: 'meanOfDays', days: 2, points: 80, usedAtEnd: 240 };
    expect(byDay({ ...days, forecast }, '2026-12-05', 180).places).toHaveLength(4);
  });

  it('adds up hour by hour', () => {
    const hours = {
      ...days,
      items: [
        { day: '2026-11-29', hour: '2026-11-29T01:00:00Z', issued: 5, reversed: 0, lapsed: 0 },
        { day: '2026-11-29', hour: '2026-11-29T03:00:00Z', issued: 7, reversed: 2, lapsed: 0 },
      ],
    };
    expect(byHour(hours, (it) => it.slice(11, 13))).toEqual({ places: ['01', '02', '03'], used: [105, 105, 110], ahead: [null, null, null] });
    expect(byHour({ ...hours, items: [] }, (it) => it).places).toEqual([]);
  });

  it('is never full before it is', () => {
    expect(percentOf(999_999, 1_000_000)).toBe(99);
    expect(percentOf(1_000_000, 1_000_000)).toBe(100);
    expect(percentOf(12, 10)).toBe(100);
    expect(percentOf(0, 0)).toBe(100);
    expect(usedOf({ issued: 9, reversed: 2 })).toBe(7);
  });
});
