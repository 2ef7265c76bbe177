import { expect, test } from 'vitest';
import { minorDigits, shown, toMinor } from './numbers';

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
