import { queryOptions } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { content, csrf, setCsrfToken } from './client';
import { ProblemError } from './problem';

/** What a person of the staff may do, as the session names it. */
export interface Session {
  staffId: string;
  name: string;
  programId: string;
  roles: string[];
  /** The stores that the person is bound to; null for all of them. */
  stores: string[] | null;
  permissions: string[];
  csrfToken: string;
  expiresAt: string;
  mustChangePassword?: boolean;
}

/** The permissions of the gateway that decide what the console shows. */
export type Permission =
  | 'setUp'
  | 'manageKeys'
  | 'manageStaff'
  | 'readAccess'
  | 'readTrail'
  | 'adjust'
  | 'give'
  | 'freeze'
  | 'endMembers'
  | 'reverse'
  | 'review'
  | 'readReviews'
  | 'refund'
  | 'serve'
  | 'keepProfiles'
  | 'listMembers'
  | 'prove'
  | 'readChain'
  | 'readFigures'
  | 'read';

export function may(session: Session, ...permissions: Permission[]): boolean {
  return permissions.every((permission) => session.permissions.includes(permission));
}

export interface SignIn {
  programId?: string;
  name: string;
  password: string;
  code?: string;
}

async function call(method: string, body?: unknown): Promise<Session> {
  const headers: Record<string, string> = {
    ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    ...(method === 'GET' ? {} : csrf()),
  };
  const pending = fetch('/v1/session', {
    method,
    headers,
    credentials: 'same-origin',
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).then(async (response) => {
    const text = await response.text();
    const read: unknown = text === '' ? undefined : safeJson(text);
    return response.ok ? { data: read as Session, response } : { error: read, response };
  });
  const session = await content<Session>(pending);
  setCsrfToken(session?.csrfToken);
  return session;
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const readSession = () => call('GET');
export const signIn = (form: SignIn) => call('POST', form);

const SessionContext = createContext<Session | undefined>(undefined);
export const SessionProvider = SessionContext.Provider;

/** The session of the person who looks at the page. Only below the signed-in part of the tree. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) {
    throw new Error('There is no session here.');
  }
  return session;
}

export const SESSION = ['session'];

/** The session of this browser; null where there is none. */
export const sessionQuery = queryOptions({
  queryKey: SESSION,
  staleTime: 60_000,
  queryFn: async (): Promise<Session | null> => {
    try {
      return await readSession();
    } catch (cause) {
      if (ProblemError.from(cause).status === 401) {
        return null;
      }
      throw cause;
    }
  },
});

/** Ends the session. What was read for the person goes with the page. */
export async function signOut(): Promise<void> {
  await call('DELETE').catch(() => undefined);
  location.assign('/console/');
}
