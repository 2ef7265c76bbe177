import { afterEach, expect, test, vi } from 'vitest';
import { follow } from './follow';

const TIMES = { silentMax: 80, againAfterLoss: 5, againAfterRefusal: 5 };

/** A server that gives one answer after the other; the last one again and again. */
function serve(...answers: ((signal: AbortSignal) => Promise<Response>)[]): { calls: () => number } {
  let calls = 0;
  vi.stubGlobal('fetch', (_: string, { signal }: { signal: AbortSignal }) => answers[Math.min(calls++, answers.length - 1)]!(signal));
  return { calls: () => calls };
}

/** A stream that sends this, and then nothing, without an end. */
const stalls = (text: string) => (signal: AbortSignal) =>
  Promise.resolve(
    new Response(
      new ReadableStream({
        start(stream) {
          stream.enqueue(new TextEncoder().encode(text));
          signal.addEventListener('abort', () => stream.error(new Error('aborted')));
        },
      }),
    ),
  );

/** A stream that sends a heartbeat so often that it never counts as silent. */
const beats = (signal: AbortSignal) =>
  Promise.resolve(
    new Response(
      new ReadableStream({
        start(stream) {
          const timer = setInterval(() => stream.enqueue(new TextEncoder().encode('id: 1\n\n')), 20);
          signal.addEventListener('abort', () => (clearInterval(timer), stream.error(new Error('aborted'))));
        },
      }),
    ),
  );

const refused = () => Promise.resolve(new Response('{}', { status: 503 }));

function listening() {
  const heard: boolean[] = [];
  const changed = vi.fn();
  return { heard, changed, stop: follow({ heard: (now) => heard.push(now), changed }, TIMES) };
}

afterEach(() => vi.unstubAllGlobals());

test('a stream that stalls is noticed and opened anew, and what was missed is read', async () => {
  serve(stalls('retry: 1000\nid: 1\n\n'), beats);
  const { heard, changed, stop } = listening();
  await vi.waitFor(() => expect(heard).toEqual([true, false, true]));
  expect(changed).toHaveBeenCalledTimes(1);
  stop();
});

test('heartbeats keep a stream, and are no news', async () => {
  const { calls } = serve(beats);
  const { heard, changed, stop } = listening();
  await new Promise((resolve) => setTimeout(resolve, 3 * TIMES.silentMax));
  expect(heard).toEqual([true]);
  expect(calls()).toBe(1);
  expect(changed).not.toHaveBeenCalled();
  stop();
});

test('an event is news', async () => {
  serve(stalls('id: 2\ndata: {}\n\n'));
  const { changed, stop } = listening();
  await vi.waitFor(() => expect(changed).toHaveBeenCalledTimes(1));
  stop();
});

test('a gateway that turns the page away is asked again', async () => {
  serve(refused, beats);
  const { heard, stop } = listening();
  await vi.waitFor(() => expect(heard).toEqual([false, true]));
  stop();
});

test('nobody listens after the page is left', async () => {
  const { calls } = serve(stalls(''));
  const { stop } = listening();
  await vi.waitFor(() => expect(calls()).toBe(1));
  stop();
  await new Promise((resolve) => setTimeout(resolve, 3 * TIMES.silentMax));
  expect(calls()).toBe(1);
});
