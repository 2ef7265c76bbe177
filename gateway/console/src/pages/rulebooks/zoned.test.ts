import { expect, test } from 'vitest';
import { toClock, toInstant } from './zoned';

test.each([
  ['2026-12-01T00:00', 'Asia/Shanghai', '2026-12-01T00:00:00+08:00'],
  ['2026-12-01T23:30', 'America/New_York', '2026-12-01T23:30:00-05:00'],
  ['2026-07-01T08:00', 'America/New_York', '2026-07-01T08:00:00-04:00'],
  ['2026-12-01T05:15', 'Asia/Kathmandu', '2026-12-01T05:15:00+05:45'],
  ['2026-12-01T05:15:30', 'UTC', '2026-12-01T05:15:30+00:00'],
])('%s in %s is %s', (clock, zone, instant) => {
  expect(toInstant(clock, zone)).toBe(instant);
  expect(toClock(instant, zone)).toBe(clock);
});

test('an hour that the clocks leave out is a time soon after', () => {
  expect(Date.parse(toInstant('2026-03-29T02:30', 'Europe/Berlin'))).toBeGreaterThanOrEqual(Date.parse('2026-03-29T00:30:00Z'));
});
