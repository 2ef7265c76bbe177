import { api, content, type Schemas } from '../../api/client';
import { ProblemError } from '../../api/problem';

/** What a request may have, and less of bytes than that, because the text grows on its way. */
export const LINES_MAX = 1_000;
export const BYTES_MAX = 240_000;

/** Greatest file, in megabytes: some hundred thousand products. */
export const FILE_MAX_MB = 50;

const TRIES_MAX = 6;
const REJECTED_SHOWN = 200;

/** A part of a file that goes into one request. */
export interface Part {
  /** The number of its first line in the file, from 1. */
  first: number;
  lines: string[];
}

/** A line that is longer than a request. */
export class LineTooLong extends Error {
  constructor(readonly line: number) {
    super(`line ${line}`);
  }
}

/** Cuts a text into requests, at the ends of lines. */
export function partsOf(text: string, linesMax = LINES_MAX, bytesMax = BYTES_MAX): Part[] {
  const encoder = new TextEncoder();
  const parts: Part[] = [];
  let bytes = 0;
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (lines.at(-1) === '') {
    lines.pop();
  }
  lines.forEach((line, i) => {
    const length = encoder.encode(line).length + 1;
    if (length > bytesMax) {
      throw new LineTooLong(i + 1);
    }
    const last = parts.at(-1);
    if (last === undefined || last.lines.length === linesMax || bytes + length > bytesMax) {
      parts.push({ first: i + 1, lines: [line] });
      bytes = length;
    } else {
      last.lines.push(line);
      bytes += length;
    }
  });
  return parts;
}

export interface Progress {
  done: number;
  created: number;
  changed: number;
  unchanged: number;
  rejected: number;
  /** The first lines that are wrong, by their number in the file. */
  wrong: { line: number; problem: ProblemError }[];
}

export const NOTHING_YET: Progress = { done: 0, created: 0, changed: 0, unchanged: 0, rejected: 0, wrong: [] };

type Put = (body: string, signal: AbortSignal) => Promise<Schemas['ProductsPut']>;

const put: Put = (body, signal) =>
  content(api.PUT('/v1/products', { body, signal, headers: { 'Content-Type': 'application/x-ndjson' }, bodySerializer: (text) => text }));

/**
 * Sends a file part by part, each until the gateway has taken it. Sending one twice does no harm.
 *
 * @param waitMs the wait before the second try of a part; each further one is twice as long
 */
export async function upload(parts: Part[], signal: AbortSignal, onProgress: (now: Progress) => void, send = put, waitMs = 500): Promise<void> {
  let now = NOTHING_YET;
  for (const part of parts) {
    const answer = await tried(() => send(part.lines.join('\n'), signal), signal, waitMs);
    const wrong = answer.rejectedLines.map((it) => ({ line: part.first + it.line - 1, problem: new ProblemError(it.problem.status ?? 422, it.problem) }));
    now = {
      done: now.done + part.lines.length,
      created: now.created + answer.created,
      changed: now.changed + answer.changed,
      unchanged: now.unchanged + answer.unchanged,
      rejected: now.rejected + answer.rejected,
      wrong: [...now.wrong, ...wrong].slice(0, REJECTED_SHOWN),
    };
    onProgress(now);
  }
}

async function tried<T>(call: () => Promise<T>, signal: AbortSignal, waitMs: number): Promise<T> {
  for (let tries = 1; ; tries++) {
    signal.throwIfAborted();
    try {
      return await call();
    } catch (cause) {
      signal.throwIfAborted();
      if (tries >= TRIES_MAX || !ProblemError.from(cause).mayRetry) {
        throw cause;
      }
      await new Promise((resolve) => setTimeout(resolve, waitMs * 2 ** (tries - 1)));
    }
  }
}
