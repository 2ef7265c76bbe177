import { QueryClient } from '@tanstack/react-query';
import { ProblemError } from '../api/problem';
import { SESSION } from '../api/session';

const RETRIES_MAX = 2;

/** One cache of what the gateway answered. Reads are tried again where that may help; writes never by themselves. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
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
