import { expect, test } from 'vitest';
import { changed, stepsOf, withoutPromotion, withPromotion, type Book } from './document';

const BOOK: Book = { ruleBookId: 'a', base: { points: 1, perAmount: 100 }, promotions: [{ id: 'x', multiply: '2' }, { id: 'y', fixed: 5 }] };

test('a field keeps its place, one that becomes empty is left out, and what no form knows stays', () => {
  const promotion = { id: 'x', budget: 'dec', when: { weekdays: ['sat'] }, multiply: '2' };
  expect(JSON.stringify(changed(promotion, { multiply: '3', when: { weekdays: ['sun'] } }))).toBe('{"id":"x","budget":"dec","when":{"weekdays":["sun"]},"multiply":"3"}');
  expect(changed(promotion, { when: {}, multiply: undefined })).toEqual({ id: 'x', budget: 'dec' });
  expect(changed({ list: [1] }, { list: [] })).toEqual({});
  expect(changed({ flag: true, zero: 1 }, { flag: false, zero: 0 })).toEqual({ flag: false, zero: 0 });
});

test('promotions are replaced where they are, added at the end, and taken out', () => {
  expect(withPromotion(BOOK, 0, { id: 'z', fixed: 1 }).promotions!.map((it) => it.id)).toEqual(['z', 'y']);
  expect(withPromotion(BOOK, 2, { id: 'z', fixed: 1 }).promotions!.map((it) => it.id)).toEqual(['x', 'y', 'z']);
  expect(withoutPromotion(BOOK, 0).promotions!.map((it) => it.id)).toEqual(['y']);
  expect('promotions' in withoutPromotion(withoutPromotion(BOOK, 0), 0)).toBe(false);
});

test('steps have a beginning and an end, whichever of both the book says', () => {
  const ratio = { points: 1, perAmount: 100 };
  const ends = stepsOf({ id: 's', mode: 'whole', steps: [{ upTo: 500, ...ratio }, ratio] });
  expect(ends.map(({ from, upTo }) => [from, upTo])).toEqual([[0, 500], [501, undefined]]); // prettier-ignore
  const begins = stepsOf({ id: 's', mode: 'whole', steps: [{ from: 0, ...ratio }, { from: 500, ...ratio }] });
  expect(begins.map(({ from, upTo }) => [from, upTo])).toEqual([[0, 499], [500, undefined]]); // prettier-ignore
});
