import { expect, test } from 'vitest';
import { toCsv } from './csv';

test('commas, quotes and line breaks stay within their cell', () => {
  expect(toCsv(['a'], [['x, "y"\nz']])).toBe('\uFEFFa\r\n"x, ""y""\nz"\r\n');
});

test.each(['=1+1', '+86', '-x', '@cmd', '\tx'])('the text %j is no formula in a spreadsheet', (text) => {
  expect(toCsv([], [[text]])).toContain(`'${text}`);
});

test('numbers stay numbers, also below zero, and what is missing is empty', () => {
  expect(toCsv([], [[-50, undefined, null, 0]])).toBe('\uFEFF\r\n-50,,,0\r\n');
});
