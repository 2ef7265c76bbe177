import { beforeEach, expect, test } from 'vitest';
import { callOf, forgetCalls, keptCall, sendKept } from './idempotency';
import { ProblemError } from './problem';

beforeEach(() => sessionStorage.clear());

const failing = (status: number) => () => Promise.reject(new ProblemError(status, {}));

test('a call whose answer is lost is repeated with the same key and the same body, whatever the form says by then', async () => {
  const seen: unknown[] = [];
  const record = (fail: boolean) => (key: string, body: unknown) => {
    seen.push([key, body]);
    return fail ? Promise.reject(new TypeError('connection lost')) : Promise.resolve('done');
  };
  await expect(sendKept(sessionStorage, 'gift/1873', { points: 50 }, record(true))).rejects.toThrow('connection lost');
  await expect(sendKept(sessionStorage, 'gift/1873', { points: 60 }, record(false))).resolves.toBe('done');
  expect(seen[1]).toEqual(seen[0]);
});

test('a reload between two sends keeps the key, because it is kept outside the page', async () => {
  const before = keptCall(sessionStorage, 'gift/1873').key;
  await expect(sendKept(sessionStorage, 'gift/1873', {}, failing(504))).rejects.toThrow();
  expect(keptCall(sessionStorage, 'gift/1873')).toEqual({ key: before, sent: {} });
});

test.each([409, 422, 403])('a call that was refused with %i frees its key', async (status) => {
  const before = keptCall(sessionStorage, 'gift/1873').key;
  await expect(sendKept(sessionStorage, 'gift/1873', {}, failing(status))).rejects.toThrow();
  expect(keptCall(sessionStorage, 'gift/1873').key).not.toBe(before);
});

test.each([429, 503])('a call that was not applied (%i) keeps its key and lets the form change', async (status) => {
  const before = keptCall(sessionStorage, 'gift/1873').key;
  await expect(sendKept(sessionStorage, 'gift/1873', { points: 1 }, failing(status))).rejects.toThrow();
  expect(keptCall(sessionStorage, 'gift/1873')).toEqual({ key: before });
});

test.each([401, 403])('a session that ended (%i) does not make an unconfirmed call forgotten', async (status) => {
  const before = keptCall(sessionStorage, 'gift/1873').key;
  await expect(sendKept(sessionStorage, 'gift/1873', { points: 1 }, failing(504))).rejects.toThrow();
  await expect(sendKept(sessionStorage, 'gift/1873', { points: 1 }, failing(status))).rejects.toThrow();
  expect(keptCall(sessionStorage, 'gift/1873')).toEqual({ key: before, sent: { points: 1 } });
});

test('a busy gateway does not make an unconfirmed call forgotten', async () => {
  await expect(sendKept(sessionStorage, 'gift/1873', { points: 1 }, failing(0))).rejects.toThrow();
  await expect(sendKept(sessionStorage, 'gift/1873', { points: 1 }, failing(503))).rejects.toThrow();
  expect(keptCall(sessionStorage, 'gift/1873').sent).toEqual({ points: 1 });
});

test('after a success the next call of the same form has a new key', async () => {
  const keys: string[] = [];
  const record = (key: string) => Promise.resolve(keys.push(key));
  await sendKept(sessionStorage, 'gift/1873', {}, record);
  await sendKept(sessionStorage, 'gift/1873', {}, record);
  expect(new Set(keys).size).toBe(2);
});

test('two forms have keys of their own', () => {
  expect(keptCall(sessionStorage, 'gift/1').key).not.toBe(keptCall(sessionStorage, 'gift/2').key);
});

test('two people in one tab have calls of their own under the same form', async () => {
  const ofOne = callOf('stf_a', 'gift/1873');
  await expect(sendKept(sessionStorage, ofOne, { points: 1 }, failing(0))).rejects.toThrow();
  expect(keptCall(sessionStorage, callOf('stf_b', 'gift/1873')).sent).toBeUndefined();
  expect(keptCall(sessionStorage, ofOne).sent).toEqual({ points: 1 });
});

test('after a sign-out the next person in this tab does not find the calls of the one before', async () => {
  sessionStorage.setItem('other', 'stays');
  await expect(sendKept(sessionStorage, 'gift/1873', { points: 1 }, failing(0))).rejects.toThrow();
  forgetCalls(sessionStorage);
  expect(keptCall(sessionStorage, 'gift/1873').sent).toBeUndefined();
  expect(sessionStorage.getItem('other')).toBe('stays');
});
