import { QueryClient } from '@tanstack/react-query';
import { ProblemError } from '../api/problem';
import { SESSION } from '../api/session';

const RETRIES_MAX = 2;

/** For how long what was read, and what was typed into it, waits for its person when the session has ended. */
export const WAITS_MS = 30 * 60_000;

/** One cache of what the gateway answered. Reads are tried again where that may help; writes never by themselves. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      gcTime: WAITS_MS, // Pages that wait for their person show what they had.
      retry: (failures, cause) => failures < RETRIES_MAX && ProblemError.from(cause).mayRetry,
      retryDelay: (failures) => 500 * 2 ** failures + Math.random() * 250,
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false, gcTime: 0 }, // What was sent, such as a password, is not kept.
  },
});

/** Forgets all that was read for a person. The session itself stays: it says whose turn it is. */
export function forgetAnswers(client = queries): void {
  client.removeQueries({ predicate: (query) => query.queryKey[0] !== SESSION[0] });
}
