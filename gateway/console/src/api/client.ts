import createClient, { type Middleware } from 'openapi-fetch';
import type { components, paths } from './generated/schema';
import { ProblemError } from './problem';

export type Schemas = components['schemas'];

/** What every call of a signed-in person carries besides its cookie. */
let csrfToken: string | undefined;
let onSessionChanged: () => void = () => {};

/** Sets the token that proves that a call comes from this page. */
export function setCsrfToken(token: string | undefined): void {
  csrfToken = token;
}

/** Sets what happens when the gateway does not know the session any more, or it may be another person's by now. */
export function whenSessionChanged(action: () => void): void {
  onSessionChanged = action;
}

const SAFE = new Set(['GET', 'HEAD']);

const withSession: Middleware = {
  onRequest({ request }) {
    if (csrfToken !== undefined && !SAFE.has(request.method)) {
      request.headers.set('X-CSRF-Token', csrfToken);
    }
    return request;
  },
  onResponse({ request, response }) {
    // 403: somebody may have signed in in another tab, or the person may do less than a moment ago.
    if ((response.status === 401 || response.status === 403) && !new URL(request.url).pathname.startsWith('/v1/session')) {
      onSessionChanged();
    }
    return undefined;
  },
};

/** Calls of the contract. They name their path and are checked against `openapi.yaml` by the compiler. */
export const api = createClient<paths>({ baseUrl: globalThis.location?.origin ?? '', credentials: 'same-origin' });
api.use(withSession);

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** Waits for a call and returns its content; throws a ProblemError for everything else. */
export async function content<T>(pending: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await pending;
  } catch (cause) {
    throw ProblemError.from(cause);
  }
  if (!answer.response.ok) {
    throw await ProblemError.of(answer.response, answer.error);
  }
  return answer.data as T;
}

/** Something that people edit, and the version of it that was read. */
export interface Versioned<T> {
  value: T;
  tag: string;
}

/** As {@link content}, with the version, so that a change can be refused when somebody else was faster. */
export async function versioned<T>(pending: Promise<Answer<T>>): Promise<Versioned<T>> {
  let tag = '*';
  const value = await content(
    pending.then((answer) => {
      tag = answer.response.headers.get('ETag') ?? '*';
      return answer;
    }),
  );
  return { value, tag };
}
