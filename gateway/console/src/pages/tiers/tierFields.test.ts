import { expect, test } from 'vitest';
import example from '../../../../../docs/examples/rule-book.json?raw';
import everyField from '../../../../src/test/resources/rule-books/every-field.json?raw';
import type { Book } from '../rulebooks/document';
import { toTierFields, withTiers } from './tierFields';

test('a form that changes nothing leaves the book as it is', () => {
  for (const text of [everyField, example]) {
    const book = JSON.parse(text) as Book;
    expect(withTiers(book, toTierFields(book, 'CNY'), 'CNY')).toEqual(book);
  }
});

test('new tiers begin at 0, and say what is measured, how long, and when they are looked at', () => {
  const book: Book = { ruleBookId: 'a', base: { points: 1, perAmount: 100 } };
  expect(withTiers(book, toTierFields(book, 'CNY'), 'CNY')).toEqual({
    ...book,
    tiers: {
      levels: [
        { id: 'silver', from: 0 },
        { id: 'gold', from: 1_000 },
        { id: 'black', from: 5_000 },
      ],
      measure: { account: 'growth', period: 'rolling', length: 'P12M' },
      review: { on: 'anniversary' },
    },
  });
});

test('spend is in the minor unit, a price has its months, and the factor of a level that is gone is gone with it', () => {
  const book = JSON.parse(example) as Book;
  const fields = toTierFields(book, 'CNY');
  const [base, gold] = fields.levels;
  const changed = withTiers(book, { ...fields, account: 'spend', levels: [base!, { ...gold!, from: 1_000.5, factor: '1.2', price: 700, months: 6 }] }, 'CNY');
  const level = (changed.tiers as { levels: { from: number; upgradePrice?: unknown }[] }).levels[1]!;
  expect(level.from).toBe(100_050);
  expect(level.upgradePrice).toEqual({ points: 700, validity: 'P6M' });
  expect(changed.tierFactors).toEqual({ ...(book.tierFactors?.['silver'] === undefined ? {} : { silver: book.tierFactors['silver'] }), gold: '1.2' });
});
