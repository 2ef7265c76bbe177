import { expect, test } from 'vitest';
import { fieldPath, ProblemError } from './problem';

test.each([
  ['/amount', ['amount']],
  ['/lines/0/amount', ['lines', 0, 'amount']],
  ['#/earning/per~1amount', ['earning', 'per/amount']],
  ['/a~01', ['a~1']],
  ['', []],
])('the pointer %s names a field of a form', (pointer, path) => {
  expect(fieldPath(pointer)).toEqual(path);
});

test('an answer that is no problem document is a problem too, with the id of its request', async () => {
  const response = new Response('Bad Gateway', { status: 502, headers: { 'X-Request-Id': 'r-1' } });
  const problem = await ProblemError.of(response, 'Bad Gateway');
  expect(problem).toMatchObject({ status: 502, code: 'unknown', requestId: 'r-1', inDoubt: true });
});

test('a lost connection is in doubt, a refusal is not', () => {
  expect(ProblemError.from(new TypeError('fetch failed'))).toMatchObject({ status: 0, inDoubt: true, mayRetry: true });
  expect(new ProblemError(409, { code: 'insufficient_points' })).toMatchObject({ inDoubt: false, mayRetry: false });
});
