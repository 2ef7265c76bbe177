import { useEffect, useState } from 'react';
import { api, content, type Schemas } from '../../api/client';
import { ProblemError } from '../../api/problem';

export type Review = Schemas['RuleBookReview'];

/** Bytes of a document that the gateway takes. */
export const BYTES_MAX = 256 * 1024;

/** Waits for a pause in the typing. */
const PAUSE_MS = 400;

/** What the gateway says of a text: of this one, or so far of an earlier one. */
export interface Reviewed {
  /** The text that it is about. */
  text: string | undefined;
  review?: Review;
  problem?: ProblemError;
}

/**
 * Has a document checked while a person types: after a pause, one call at a time, the earlier one given up.
 *
 * @param document what the text says; undefined where there is nothing to check
 */
export function useReview(text: string, document: object | undefined): Reviewed & { again: () => void } {
  const [reviewed, setReviewed] = useState<Reviewed>({ text: undefined });
  const [round, setRound] = useState(0);
  const wanted = document !== undefined;
  useEffect(() => {
    if (document === undefined) {
      return undefined;
    }
    const call = new AbortController();
    const timer = setTimeout(() => {
      content(api.POST('/v1/rule-book-validation', { body: document as Schemas['UncheckedRuleBook'], signal: call.signal })).then(
        (review) => setReviewed({ text, review }),
        (cause: unknown) => call.signal.aborted || setReviewed({ text, problem: ProblemError.from(cause) }),
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      call.abort();
    };
    // The document follows from the text.
  }, [text, wanted, round]);
  return { ...reviewed, again: () => setRound((it) => it + 1) };
}

/** Whether a book as it is, with this review, can be published. */
export const stops = (review: Review | undefined): boolean => review?.publishable !== true;
