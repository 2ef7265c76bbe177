import { expect, test } from 'vitest';
import { bar, mayWithdraw, segments, spanOf } from './timeline';

const DAY = 86_400_000;
const NOW = Date.parse('2026-12-10T00:00:00Z');

const publication = (number: number, inForceFrom: string, withdrawnAt?: string) => ({
  number,
  ruleBookId: `book${number}`,
  inForceFrom,
  timeZone: 'UTC',
  publishedAt: '2026-11-01T00:00:00Z',
  ...(withdrawnAt === undefined ? {} : { withdrawnAt }),
});

test('publications are in force one after the other, whatever the order of their numbers', () => {
  const all = [
    publication(5, '2026-12-20T00:00:00Z'),
    publication(4, '2026-12-15T00:00:00Z', '2026-12-09T00:00:00Z'),
    publication(3, '2026-12-05T00:00:00Z'),
    publication(2, '2027-01-01T00:00:00Z'),
    publication(1, '2026-11-01T00:00:00Z'),
  ];
  expect(segments(all, NOW).map((it) => [it.publication.number, it.state, it.until])).toEqual([
    [1, 'over', '2026-12-05T00:00:00Z'],
    [3, 'inForce', '2026-12-20T00:00:00Z'],
    [5, 'scheduled', '2027-01-01T00:00:00Z'],
    [2, 'scheduled', undefined],
  ]);
});

test('of two publications for one instant the later number counts', () => {
  const all = [publication(2, '2026-12-05T00:00:00Z'), publication(1, '2026-12-05T00:00:00.000Z')];
  expect(segments(all, NOW).map((it) => it.publication.number)).toEqual([2]);
});

test('a publication is in force from its very instant on, and can be withdrawn until shortly before', () => {
  const it = publication(1, '2026-12-10T00:00:00Z');
  expect(segments([it], NOW)[0]!.state).toBe('inForce');
  expect(segments([it], NOW - 1)[0]!.state).toBe('scheduled');
  expect(mayWithdraw(it, NOW - 40_000)).toBe(false);
  expect(mayWithdraw(it, NOW - 40_001)).toBe(true);
  expect(mayWithdraw(publication(1, '2026-12-10T00:00:00Z', '2026-12-01T00:00:00Z'), NOW - DAY)).toBe(false);
});

test('a window is a part of the time that is shown, to its edge where it has no end', () => {
  const span = { from: NOW, to: NOW + 10 * DAY };
  expect(bar({ from: NOW + 2 * DAY, to: NOW + 4 * DAY }, span)).toEqual({ left: 0.2, width: 0.2 });
  expect(bar({ from: undefined, to: NOW + 5 * DAY }, span)).toEqual({ left: 0, width: 0.5 });
  expect(bar({ from: undefined, to: undefined }, span)).toEqual({ left: 0, width: 1 });
  expect(bar({ from: NOW - 5 * DAY, to: NOW - DAY }, span)).toBeUndefined();
});

test('the picture has now and every window that is not years away', () => {
  const windows = [
    { from: NOW + 20 * DAY, to: NOW + 40 * DAY },
    { from: NOW - 3_000 * DAY, to: undefined },
  ];
  const { from, to } = spanOf(windows, NOW);
  expect(from).toBe(NOW - 7 * DAY);
  expect(to).toBeGreaterThan(NOW + 40 * DAY);
  expect(to).toBeLessThan(NOW + 45 * DAY);
});
