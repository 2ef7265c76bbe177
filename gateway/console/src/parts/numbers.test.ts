import { expect, test } from 'vitest';
import { minorDigits, shown, startOfDay, toMinor } from './numbers';

test.each([
  ['CNY', 128.5, 12850],
  ['JPY', 128, 128],
  ['CNY', 1.005, 100], // a third decimal that nobody pays
  ['CNY', 0.29, 29],
])('%s %d is %d in the minor unit', (currency, major, minor) => {
  expect(toMinor(major, currency)).toBe(minor);
});

test('money and points are shown in the minor unit of their currency', () => {
  expect(minorDigits('KWD')).toBe(3);
  expect(shown('zh-CN', 'CNY', 'Asia/Shanghai').money(12850)).toBe('¥128.50');
  expect(shown('en-GB', 'CNY', 'Asia/Shanghai').signed(-1234)).toBe('-1,234');
});

test('times are those of the program, wherever the browser is', () => {
  expect(shown('en-GB', 'CNY', 'Asia/Shanghai').time('2026-11-29T23:30:00Z')).toBe('30 Nov 2026, 07:30:00');
  expect(shown('en-GB', 'CNY', 'UTC').time(null)).toBe('–');
});

test('a spreadsheet gets times of the program that sort, and money with its decimals', () => {
  const sheet = shown('zh-CN', 'CNY', 'Asia/Shanghai');
  expect(sheet.sheetTime('2026-11-29T23:30:05Z')).toBe('2026-11-30 07:30:05');
  expect(sheet.sheetTime(null)).toBeUndefined();
  expect(sheet.sheetMoney(-12850)).toEqual({ number: '-128.50' });
  expect(shown('en-GB', 'JPY', 'Asia/Tokyo').sheetMoney(128)).toEqual({ number: '128' });
});

test.each([
  ['2026-11-29', 'Asia/Shanghai', '2026-11-28T16:00:00.000Z'],
  ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'], // the clocks change at two
  ['2026-03-30', 'Europe/Berlin', '2026-03-29T22:00:00.000Z'],
  ['2026-10-26', 'Europe/Berlin', '2026-10-25T23:00:00.000Z'],
  ['2026-11-29', 'America/New_York', '2026-11-29T05:00:00.000Z'],
  ['2026-11-29', 'Pacific/Kiritimati', '2026-11-28T10:00:00.000Z'],
])('%s begins in %s at %s', (day, zone, instant) => {
  expect(startOfDay(day, zone)).toBe(instant);
});
