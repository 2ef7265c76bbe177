import { useCallback, useRef, useState } from 'react';
import { ProblemError } from './problem';

const PREFIX = 'points.call.';

interface Kept {
  key: string;
  /** The body that was sent with the key, once it was sent. */
  sent?: unknown;
}

function keep(storage: Storage, name: string, kept: Kept): Kept {
  storage.setItem(PREFIX + name, JSON.stringify(kept));
  return kept;
}

/** The call kept under this name; a new one if there is none. */
export function keptCall(storage: Storage, name: string): Kept {
  const text = storage.getItem(PREFIX + name);
  if (text !== null) {
    try {
      const read = JSON.parse(text) as Kept;
      if (typeof read.key === 'string' && read.key !== '') {
        return read;
      }
    } catch {
      // Somebody else's text under our name: a new key replaces it.
    }
  }
  return keep(storage, name, { key: `console/${crypto.randomUUID()}` });
}

/** The name of a person's call: another person in this tab has calls of their own under the same form. */
export const callOf = (staffId: string, name: string): string => `${staffId}/${name}`;

/** Forgets all calls of this tab, when a person signs out. */
export function forgetCalls(storage: Storage): void {
  Object.keys(storage)
    .filter((name) => name.startsWith(PREFIX))
    .forEach((name) => storage.removeItem(name));
}

/**
 * Sends a call under the key that is kept for it, and lets the key go only when its end is known.
 *
 * A call whose answer was lost, or was an error that may come after the commit, keeps its key and its body: the next
 * send repeats that very call, also after a reload of the page. A success ends the key, and so does a refusal; but one
 * that comes before the ledger has looked at the key (401, 403) says nothing about an earlier send of the call.
 */
export async function sendKept<B, T>(
  storage: Storage,
  name: string,
  body: B,
  send: (key: string, body: B) => Promise<T>,
): Promise<T> {
  const kept = keptCall(storage, name);
  // What may have been applied is repeated as it was: other content under its key would be refused.
  const toSend = kept.sent === undefined ? body : (kept.sent as B);
  keep(storage, name, { key: kept.key, sent: toSend });
  try {
    const answer = await send(kept.key, toSend);
    storage.removeItem(PREFIX + name);
    return answer;
  } catch (cause) {
    const problem = ProblemError.from(cause);
    const saysNothing = kept.sent !== undefined && (problem.status === 401 || problem.status === 403);
    if (!problem.mayRetry && !saysNothing) {
      storage.removeItem(PREFIX + name);
    } else if (!problem.inDoubt && kept.sent === undefined) {
      keep(storage, name, { key: kept.key }); // Surely not applied: the form may change.
    }
    throw problem;
  }
}

/** A call of a form, sent at most once at a time and never booked twice. */
export interface KeptCall<B, T> {
  send: (body: B) => Promise<T>;
  sending: boolean;
  /** The body of an earlier send whose end is unknown; the form shows it and can only repeat it. */
  unconfirmed: B | undefined;
  /** Gives an unconfirmed call up, after the person has looked whether it was applied. */
  discard: () => void;
}

/**
 * Keeps the idempotency key of a form from when it opens until its call has a known end, over reloads of the page.
 *
 * @param name of {@link callOf}: the person, and what the call is about, such as `gift/1873`; one open call for each name
 */
export function useKeptCall<B, T>(name: string, call: (key: string, body: B) => Promise<T>): KeptCall<B, T> {
  const [sending, setSending] = useState(false);
  const [unconfirmed, setUnconfirmed] = useState(() => keptCall(sessionStorage, name).sent as B | undefined);
  const running = useRef<Promise<T> | undefined>(undefined);
  const latest = useRef(call);
  latest.current = call;

  const send = useCallback(
    (body: B): Promise<T> => {
      if (running.current !== undefined) {
        return running.current; // The second half of a double click.
      }
      setSending(true);
      const pending = sendKept(sessionStorage, name, body, (key, sent: B) => latest.current(key, sent)).finally(() => {
        running.current = undefined;
        setSending(false);
        const text = sessionStorage.getItem(PREFIX + name);
        setUnconfirmed(text === null ? undefined : ((JSON.parse(text) as Kept).sent as B | undefined));
      });
      running.current = pending;
      return pending;
    },
    [name],
  );
  const discard = useCallback(() => {
    sessionStorage.removeItem(PREFIX + name);
    setUnconfirmed(undefined);
  }, [name]);
  return { send, sending, unconfirmed, discard };
}
