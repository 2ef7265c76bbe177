import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SESSION } from '../api/session';
import { forgetAnswers } from './queries';

const answers: (Partial<{ staffId: string; csrfToken: string }> | undefined)[] = [];

beforeEach(() => {
  vi.resetModules();
  vi.stubGlobal('fetch', () => {
    const next = answers.shift();
    return Promise.resolve(next === undefined ? new Response('{}', { status: 401 }) : Response.json(next));
  });
});
afterEach(() => vi.unstubAllGlobals());

test('what was read for a person is forgotten, and the session stays', () => {
  const client = new QueryClient();
  client.setQueryData(SESSION, { staffId: 'stf_b' });
  client.setQueryData(['member', '1873'], { phone: '+8613800138000' });
  forgetAnswers(client);
  expect(client.getQueryData(['member', '1873'])).toBeUndefined();
  expect(client.getQueryData(SESSION)).toEqual({ staffId: 'stf_b' });
});

test.each([
  ['the session ends by itself', ['stf_a', undefined], [1, 2]],
  ['another person signs in in another tab', ['stf_a', 'stf_b'], [1, 2]],
  ['the same person is asked for again', ['stf_a', 'stf_a'], [1, 1]],
])('when %s, the change is seen before the session is shown', async (_, people, changes) => {
  const { sessionQuery, whenPersonChanges } = await import('../api/session');
  let count = 0;
  whenPersonChanges(() => count++);
  const seen: number[] = [];
  for (const staffId of people) {
    answers.push(staffId === undefined ? undefined : { staffId, csrfToken: 't' });
    await (sessionQuery.queryFn as () => Promise<unknown>)();
    seen.push(count);
  }
  expect(seen).toEqual(changes);
});
