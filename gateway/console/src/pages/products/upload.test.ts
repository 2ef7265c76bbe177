import { expect, test } from 'vitest';
import { ProblemError } from '../../api/problem';
import { LineTooLong, partsOf, upload, type Progress } from './upload';

const never = new AbortController().signal;
const applied = (created: number) => ({ created, changed: 0, unchanged: 0, rejected: 0, rejectedLines: [] });

test('a file is cut at the ends of lines, by their number and by their bytes', () => {
  expect(partsOf('a\nb\r\nc\n', 2)).toEqual([{ first: 1, lines: ['a', 'b'] }, { first: 3, lines: ['c'] }]); // prettier-ignore
  expect(partsOf('\uFEFF茶\n茶\n茶', 10, 8).map((it) => it.lines)).toEqual([['茶', '茶'], ['茶']]);
  expect(partsOf('')).toEqual([]);
  expect(() => partsOf('a\nlong line', 10, 5)).toThrow(LineTooLong);
});

test('wrong lines have the numbers that they have in the file', async () => {
  const seen: Progress[] = [];
  const problem = { type: '', title: '', status: 422, detail: 'wrong', code: 'invalid_request', requestId: '', retryable: false };
  const send = (body: string) => Promise.resolve({ ...applied(1), rejected: 1, rejectedLines: [{ line: body.split('\n').length, problem }] });
  await upload(partsOf('a\nb\nc\nd', 3), never, (it) => seen.push(it), send as never);
  expect(seen.at(-1)).toMatchObject({ done: 4, created: 2, rejected: 2 });
  expect(seen.at(-1)!.wrong.map((it) => it.line)).toEqual([3, 4]);
});

test('a part is sent again while the gateway is busy, and not when it refuses', async () => {
  const calls: string[] = [];
  const failing = (status: number, times: number) => (body: string) => (calls.push(body) <= times ? Promise.reject(new ProblemError(status, {})) : Promise.resolve(applied(1)));
  await upload(partsOf('a'), never, () => undefined, failing(503, 2), 1);
  expect(calls).toEqual(['a', 'a', 'a']);
  await expect(upload(partsOf('a'), never, () => undefined, failing(409, 9), 1)).rejects.toThrow();
  expect(calls).toHaveLength(4);
  await expect(upload(partsOf('a'), never, () => undefined, failing(503, 99), 1)).rejects.toThrow();
  expect(calls).toHaveLength(10);
});

test('an upload that is stopped sends no further part', async () => {
  const stop = new AbortController();
  const calls: string[] = [];
  const send = (body: string) => (calls.push(body), stop.abort(), Promise.resolve(applied(1)));
  await expect(upload(partsOf('a\nb', 1), stop.signal, () => undefined, send)).rejects.toThrow();
  expect(calls).toEqual(['a']);
});
