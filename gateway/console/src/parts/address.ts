import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

/** What a person filters by, kept in the address, so that it can be shared and comes back with a reload. */
export function useAddress(): [(name: string) => string | undefined, (changes: Record<string, string | undefined>) => void] {
  const [params, setParams] = useSearchParams();
  const get = useCallback((name: string) => params.get(name) ?? undefined, [params]);
  const set = useCallback(
    (changes: Record<string, string | undefined>) =>
      setParams((before) => {
        const next = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changes)) {
          if (value === undefined || value === '') {
            next.delete(name);
          } else {
            next.set(name, value);
          }
        }
        return next;
      }),
    [setParams],
  );
  return [get, set];
}
