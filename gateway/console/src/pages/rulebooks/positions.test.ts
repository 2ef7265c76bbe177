import { expect, test } from 'vitest';
import { format, lineOf, placeOf, read } from './positions';

const BOOK = {
  ruleBookId: 'a',
  base: { points: 1, perAmount: 100 },
  promotions: [{ id: 'x', multiply: '2', when: { weekdays: ['sat'], 'a/b~c': [-1.5e3, true, null, 'q"\\u'] } }],
};

test('a text is read like the browser reads it, with the place of each value', () => {
  for (const text of [JSON.stringify(BOOK), JSON.stringify(BOOK, null, 2), format(BOOK), '  [ ] ', '{}', '"\\u00e9"', '0']) {
    const seen = read(text);
    expect(seen).toMatchObject({ ok: true, value: JSON.parse(text) });
    if (seen.ok) {
      for (const [pointer, { from, to }] of seen.places) {
        const value = pointer.split('/').slice(1).reduce<never>((it, step) => it[step.replace(/~1/g, '/').replace(/~0/g, '~') as never], JSON.parse(text) as never); // prettier-ignore
        expect(JSON.parse(text.slice(from, to))).toEqual(value);
      }
    }
  }
});

test.each([
  ['{"a": 1,}', 'unexpected', 8],
  ['{"a": 1', 'end', 7],
  ['', 'end', 0],
  ['{"a": 1} x', 'unexpected', 9],
  ['{"a": 1, "a": 2}', 'twice', 9],
  ['{a: 1}', 'unexpected', 1],
  ['[01]', 'number', 1],
  ['[1.]', 'number', 1],
  ['["a\nb"]', 'string', 1],
  ['["\\x"]', 'string', 1],
  ['[tru]', 'unexpected', 1],
  ['['.repeat(200), 'deep', 101],
])('%s is wrong: %s at %i', (text, fault, at) => {
  expect(read(text)).toEqual({ ok: false, fault, at });
});

test('a field named __proto__ is a field like others', () => {
  const seen = read('{"__proto__": 1}');
  expect(seen.ok && Object.keys(seen.value as object)).toEqual(['__proto__']);
});

test('a value that is missing is shown where it should be', () => {
  const seen = read('{"base": {"points": 1}}');
  expect(seen.ok && placeOf(seen.places, '/base/perAmount')).toEqual({ from: 9, to: 22 });
  expect(seen.ok && placeOf(seen.places, '/caps/perOrder')).toEqual({ from: 0, to: 0 });
  expect(lineOf('a\nb\nc', 4)).toBe(3);
});

test('what is written is what was read, in lines that people can read', () => {
  const long = { ...BOOK, list: Array.from({ length: 60 }, (_, it) => ({ id: `number${it}`, points: it })) };
  expect(JSON.parse(format(long))).toEqual(long);
  expect(Math.max(...format(long).split('\n').map((it) => it.length))).toBeLessThan(130);
  expect(format(BOOK).split('\n')[2]).toBe('  "base": {"points": 1, "perAmount": 100},');
});
