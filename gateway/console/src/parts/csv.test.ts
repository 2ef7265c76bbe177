import { expect, test } from 'vitest';
import { fileName, toCsv } from './csv';

test('commas, quotes and line breaks stay within their cell', () => {
  expect(toCsv(['a'], [['x, "y"\nz']])).toBe('\uFEFFa\r\n"x, ""y""\nz"\r\n');
});

test.each(['=1+1', '+86', '-x', '@cmd', '\tx', ' =1', '＝1', '＠x', '\n=1'])('the text %j is no formula in a spreadsheet', (text) => {
  expect(toCsv([], [[text]])).toMatch(/^\uFEFF\r\n"?'/);
});

test('numbers stay numbers, also below zero, and what is missing is empty', () => {
  expect(toCsv([], [[-50, undefined, null, 0]])).toBe('\uFEFF\r\n-50,,,0\r\n');
});

test('money keeps its decimals and is no text', () => {
  expect(toCsv([], [[{ number: '-128.50' }]])).toBe('\uFEFF\r\n-128.50\r\n');
});

test('a name of a table becomes one of a file', () => {
  expect(fileName('NJ01 / 2026:1')).toBe('NJ01 - 2026-1');
});
