import { expect, test } from 'vitest';
import everyField from '../../../../src/test/resources/rule-books/every-field.json?raw';
import from from '../../../../src/test/resources/rule-books/from.json?raw';
import { toBracketFields, toBrackets } from './bracketFields';
import type { Book } from './document';

test('a form that changes nothing leaves the steps as they are', () => {
  for (const text of [everyField, from]) {
    const book = JSON.parse(text) as Book;
    expect(toBrackets(book, toBracketFields(book, 'CNY'), 'CNY')).toEqual(book.brackets);
  }
});

test('new brackets have an end for each step but the last, an id that is free, and money in the minor unit', () => {
  const book: Book = { ruleBookId: 'a', base: { points: 1, perAmount: 100 }, promotions: [{ id: 'brackets', fixed: 1 }] };
  expect(toBrackets(book, toBracketFields(book, 'CNY'), 'CNY')).toEqual({
    id: 'brackets2',
    mode: 'marginal',
    steps: [
      { upTo: 100_000, points: 1, perAmount: 100 },
      { points: 2, perAmount: 100 },
    ],
  });
});

test('the last step has no end, also when the one after it was removed', () => {
  const book = JSON.parse(everyField) as Book;
  const fields = toBracketFields(book, 'CNY');
  expect(toBrackets(book, { ...fields, steps: fields.steps.slice(0, 2) }, 'CNY').steps.map((it) => it.upTo)).toEqual([100_000, undefined]);
});
