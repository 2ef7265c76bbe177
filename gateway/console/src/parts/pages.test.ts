import { expect, test } from 'vitest';
import { ProblemError } from '../api/problem';
import { readAll, type ReadPage } from './pages';

/** A list of so many numbers; it fails as often as `faults` says, each time with the next of these. */
function list(count: number, faults: number[] = []): ReadPage<number> {
  return (cursor, limit) => {
    const fault = faults.shift();
    if (fault !== undefined) {
      return Promise.reject(new ProblemError(fault, {}));
    }
    const from = Number(cursor ?? 0);
    const items = Array.from({ length: Math.min(limit, count - from) }, (_, at) => from + at);
    const hasMore = from + limit < count;
    return Promise.resolve({ items, hasMore, nextCursor: hasMore ? String(from + limit) : null });
  };
}

const FAST = { waitMs: 0 };

test.each([0, 1, 199, 200, 201, 1_000])('all of %i rows are read, each once and in order', async (count) => {
  const seen: number[] = [];
  const { rows, complete } = await readAll(list(count), 1_000, { ...FAST, onRows: (now) => seen.push(now) });
  expect(rows).toEqual(Array.from({ length: count }, (_, at) => at));
  expect(complete).toBe(true);
  expect(seen.at(-1)).toBe(count);
});

test('it stops at its limit and says that there is more', async () => {
  let pages = 0;
  const counted: ReadPage<number> = (cursor, limit) => (pages++, list(5_000)(cursor, limit));
  await readAll(counted, 1_000, FAST);
  expect(pages).toBe(5);
  expect(await readAll(list(1_001), 1_000, FAST)).toMatchObject({ complete: false, rows: { length: 1_000 } });
  expect(await readAll(list(250), 210, FAST)).toMatchObject({ complete: false, rows: { length: 210 } });
});

test('a busy gateway is asked again, a refusal is not', async () => {
  expect((await readAll(list(3, [503, 0, 429]), 10, FAST)).rows).toEqual([0, 1, 2]);
  await expect(readAll(list(3, [503, 503, 503, 503, 503]), 10, FAST)).rejects.toMatchObject({ status: 503 });
  await expect(readAll(list(3, [403]), 10, FAST)).rejects.toMatchObject({ status: 403 });
});

test.each([100, 1_000])('a person who cancels gets nothing more, of %i rows', async (count) => {
  const cancel = new AbortController();
  let pages = 0;
  const read: ReadPage<number> = (cursor, limit) => {
    pages++;
    cancel.abort();
    return list(count)(cursor, limit);
  };
  await expect(readAll(read, 1_000, { ...FAST, signal: cancel.signal })).rejects.toThrow();
  expect(pages).toBe(1);
});
